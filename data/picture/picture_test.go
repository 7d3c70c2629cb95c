package picture

import (
	"bytes"
	"encoding/xml"
	"image/png"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/gaza"

	"pgregory.net/rapid"
)

// stated returns the default share of the embedded dataset on a day.
func stated(t testing.TB, day, lang string) Statement {
	t.Helper()
	snapshot, _, err := data.Read(t.Context(), gaza.Files)
	if err != nil {
		t.Fatal(err)
	}
	asOf, err := data.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	share, err := snapshot.Share(t.Context(), data.Query{AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	said, err := Stated(t.Context(), In(lang), snapshot, share)
	if err != nil {
		t.Fatal(err)
	}
	return said
}

func TestOneStatementIsOnePictureByteForByte(t *testing.T) {
	said := stated(t, "2026-01-20", "en")
	first, err := PNG(said)
	if err != nil {
		t.Fatal(err)
	}
	again, err := PNG(said)
	if err != nil || !bytes.Equal(first, again) {
		t.Errorf("the PNG differs when drawn again: %v", err)
	}
	if !bytes.Equal(SVG(said), SVG(said)) {
		t.Error("the SVG differs when drawn again")
	}
	if size, err := png.DecodeConfig(bytes.NewReader(first)); err != nil || size.Width != pngWidth || size.Height != pngHeight {
		t.Errorf("the PNG is %d by %d: %v", size.Width, size.Height, err)
	}
}

func TestEveryLanguageSaysEverything(t *testing.T) {
	for _, lang := range []string{"en", "ar", "he"} {
		said := stated(t, "2026-01-20", lang)
		words := reflect.ValueOf(*said.Words)
		for i := range words.NumField() {
			if words.Field(i).IsZero() {
				t.Errorf("%s has no word for %s", lang, words.Type().Field(i).Name)
			}
		}
		for _, text := range []string{said.Title(), said.Held(), said.Areas(), said.Band(), said.Reading(), said.Alt(), said.Age(), said.Date(), said.Words.NotMapped(&data.NotMapped{Day: 1, First: 2})} {
			if text == "" || strings.ContainsAny(text, "{}") {
				t.Errorf("%s: a gap is left in %q", lang, text)
			}
		}
		drawn := xml.NewDecoder(bytes.NewReader(SVG(said)))
		for {
			if _, err := drawn.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", lang, err)
			}
		}
	}
	if In("tlh").Lang != "en" {
		t.Error("a language that is not spoken is not English")
	}
}

func TestWrappingKeepsEveryWordInItsPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, most := rapid.StringMatching(`[a-z \x{627}\x{5D0}]{0,80}`).Draw(t, "text"), rapid.IntRange(1, 20).Draw(t, "most")
		lines := wrapped(text, most)
		if got, want := strings.Join(lines, " "), strings.Join(strings.Fields(text), " "); got != want {
			t.Fatalf("%q becomes %q", want, got)
		}
		for _, line := range lines {
			if len([]rune(line)) > most && strings.Contains(line, " ") {
				t.Fatalf("%q is longer than %d and could be broken", line, most)
			}
		}
	})
}

func TestThePlateOfAnEditionIsThatOfEachOfItsDays(t *testing.T) {
	plate := NewPlate(stated(t, "2026-01-20", "en"))
	for _, day := range []string{"2026-01-20", "2026-03-01", "2026-09-23"} { // of one epoch
		said := stated(t, day, "en")
		whole, err := PNG(said)
		if err != nil {
			t.Fatal(err)
		}
		if beside, err := plate.PNG(said); err != nil || !bytes.Equal(whole, beside) {
			t.Errorf("%s: the words beside a plate of another day are another picture, %v", day, err)
		}
	}
}
