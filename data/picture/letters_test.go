package picture

import (
	"fmt"
	"testing"
	"unicode"

	"github.com/demarc-map/demarc/data/words"
)

func typeset(t *testing.T, lang, said string) line {
	t.Helper()
	l, err := newLetters(In(lang))
	if err != nil {
		t.Fatal(err)
	}
	lines := l.set(said, false, 20, 10000)
	if len(lines) != 1 {
		t.Fatalf("%q stands in %d lines", said, len(lines))
	}
	return lines[0]
}

func TestArabicLettersAreJoinedAndRunFromTheRight(t *testing.T) {
	joined := typeset(t, "ar", "سلام")
	apart := 0.0
	for _, letter := range "سلام" {
		apart += typeset(t, "ar", string(letter)).width
	}
	if joined.width >= 0.95*apart || !joined.runs[0].backwards {
		t.Errorf("joined it is %.1f pixels wide, its letters apart %.1f", joined.width, apart)
	}
	// The number stands in the middle and is read from the left; what is said first stands at the right.
	var order []string
	for _, r := range typeset(t, "ar", "في 2025 عام").runs {
		order = append(order, fmt.Sprintf("%v %s", r.backwards, string(r.said)))
	}
	if got, want := fmt.Sprintf("%q", order), `["true  عام" "false 2025" "true في "]`; got != want {
		t.Errorf("the line is %s, not %s", got, want)
	}
	if got := typeset(t, "he", "\u206653.1%\u2069"); string(got.runs[0].said) == "%" {
		t.Error("the sign of percent stands before its number")
	}
}

func TestEveryLetterOfEveryLanguageHasAnOutline(t *testing.T) {
	for _, lang := range words.Langs() {
		w := In(lang)
		l, err := newLetters(w)
		if err != nil {
			t.Fatal(err)
		}
		said := w.Say("map_of", "place", w.Say("district"), "date", w.Say("as_mapped"), "age", w.Count("evidence_age", 3)) + w.Say("band_why") + w.Measure("behind-line").Phrase + w.Status("disputed").Uncounted
		for _, letter := range said {
			for weight, faces := range l.faces {
				gid, ok := faces.ResolveFace(letter).NominalGlyph(letter)
				drawn, _ := faces.ResolveFace(letter).GlyphDataOutline(gid)
				if unicode.Is(unicode.Cf, letter) { // an isolate, which nobody sees
					continue
				}
				if !ok || len(drawn.Segments) == 0 && unicode.IsLetter(letter) {
					t.Errorf("%s, bold %v: %q has no letter", lang, weight, letter)
				}
			}
		}
	}
}
