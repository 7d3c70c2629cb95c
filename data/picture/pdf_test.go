package picture

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/demo"
	"github.com/demarc-map/demarc/data/words"
	"github.com/demarc-map/demarc/internal/referee"
)

// pdfSays is what a reader of files finds on its one page.
func pdfSays(t *testing.T, file []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "map.pdf")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(referee.Program(t, "poppler", "pdftotext"), "-raw", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestThePageToPrintIsOneWithWordsThatAreFoundInEveryLanguage(t *testing.T) {
	embedding := regexp.MustCompile(`[\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]`)
	space := strings.NewReplacer("\u00a0", " ", "\u202f", " ")
	for _, lang := range words.Langs() {
		said := stated(t, "2026-01-20", lang)
		file, err := PDF(said)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(file, []byte("%PDF-")) || bytes.Count(file, []byte("/Type /Page\n")) != 1 || !bytes.Contains(file, []byte("/Lang ("+lang+")")) {
			t.Errorf("%s: %.200s", lang, file)
		}
		if again, err := PDF(said); err != nil || !bytes.Equal(file, again) {
			t.Errorf("%s: drawn again it is another file, %v", lang, err)
		}
		t.Run("read by Poppler in "+lang, func(t *testing.T) {
			text := space.Replace(embedding.ReplaceAllString(pdfSays(t, file), ""))
			for _, want := range []string{space.Replace(embedding.ReplaceAllString(said.Percent(), "")), said.In(said.dataset().Parties[0].Name), "194"} {
				if !strings.Contains(text, want) {
					t.Errorf("%q is not in\n%s", want, text)
				}
			}
		})
	}
}

func TestThePageToPrintShowsPatternsAndKnowsEveryMarkOfTheDrawing(t *testing.T) {
	s, _, err := data.Read(t.Context(), demo.Files())
	if err != nil {
		t.Fatal(err)
	}
	share, err := s.Share(t.Context(), data.Query{AsOf: s.Epochs[len(s.Epochs)-1].From, Basis: s.Dataset.Bases[1].ID})
	if err != nil {
		t.Fatal(err)
	}
	said, err := Stated(t.Context(), In("en"), s, share)
	if err != nil {
		t.Fatal(err)
	}
	d, err := readDrawing(SVG(said))
	if err != nil {
		t.Fatal(err)
	}
	patterned := 0
	for _, m := range d.marks {
		if strings.HasPrefix(m.fill, "url(") {
			patterned++
			if d.patterns[m.fill] == nil || d.patterns[m.fill].NRGBAAt(0, 0) == d.patterns[m.fill].NRGBAAt(d.patterns[m.fill].Bounds().Dx()/2, 0) {
				t.Errorf("%s is no pattern", m.fill)
			}
		}
	}
	file, err := PDF(said)
	if err != nil {
		t.Fatal(err)
	}
	if images := bytes.Count(file, []byte("/Subtype /Image")); patterned == 0 || images < patterned {
		t.Errorf("%d marks have patterns, %d images are in the file", patterned, images)
	}
	if _, err := readDrawing([]byte(`<svg width="1" height="1"><ellipse/></svg>`)); err == nil {
		t.Error("an element that is not known is left out in silence")
	}
}
