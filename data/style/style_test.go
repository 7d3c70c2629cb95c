package style

import (
	"bytes"
	"context"
	"encoding/json"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/demo"
	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/data/look"
	"github.com/demarc-map/demarc/internal/referee"
)

// embedded is the Gaza snapshot, read once for all tests.
var embedded = sync.OnceValue(func() *data.Snapshot {
	s, _, err := data.Read(context.Background(), gaza.Files)
	if err != nil {
		panic(err)
	}
	return s
})

// drawing is the Gaza edition of the first day.
func drawing(t testing.TB) *Drawing {
	t.Helper()
	return drawn(t, embedded(), edition(t))
}

// invented is the invented dataset's last edition under a reading.
func invented(t testing.TB, basis string) *Drawing {
	t.Helper()
	s, _, err := data.Read(t.Context(), demo.Files())
	if err != nil {
		t.Fatal(err)
	}
	return drawn(t, s, data.Edition{Epoch: s.Epochs[len(s.Epochs)-1], Basis: basis})
}

// restricted is Gaza's reading of restricted land on its last day.
func restricted(t testing.TB) *Drawing {
	t.Helper()
	s := embedded()
	return drawn(t, s, data.Edition{Epoch: s.Epochs[len(s.Epochs)-1], Basis: "restricted"})
}

func drawn(t testing.TB, s *data.Snapshot, e data.Edition) *Drawing {
	t.Helper()
	land, err := s.HeldLand(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	return &Drawing{s, e, land, "en"}
}

func edition(t testing.TB) data.Edition {
	t.Helper()
	e, err := embedded().Edition("", embedded().FirstDate())
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// page reads a file of the web page's map.
func page(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(referee.Root(), "static", "web", "src", "map", name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestColoursAreThoseOfThePageByDay(t *testing.T) {
	var p struct {
		HeldOpacity float64
		Lines       map[string]string
		Light       map[string]string
	}
	if err := json.Unmarshal(page(t, "colours.json"), &p); err != nil {
		t.Fatal(err)
	}
	for name, ours := range map[string]string{"around": look.Around, "land": look.Land, "coast": look.Coast, "district": look.District,
		"text": look.Ink, "halo": look.Halo, "casing": look.Casing} {
		if p.Light[name] != ours {
			t.Errorf("%s is %s, the page's %s", name, ours, p.Light[name])
		}
	}
	for name, ours := range map[string]string{"yellow": look.Yellow, "orange": look.Orange, "other": look.OtherLine} {
		if there, ok := p.Lines[name]; ok && there != ours {
			t.Errorf("the %s line is %s, the page's %s", name, ours, there)
		}
	}
}

func TestLayersLieInTheOrderOfThePage(t *testing.T) {
	var theirs []string
	for _, found := range regexp.MustCompile(`\bid: '([a-z-]+)'`).FindAllSubmatch(page(t, "style.ts"), -1) {
		theirs = append(theirs, string(found[1]))
	}
	last, shared := -1, 0
	for _, m := range drawing(t).marks() {
		at := slices.Index(theirs, m.id)
		if at < 0 {
			continue
		}
		if shared++; at < last {
			t.Errorf("%s lies above %s, not below it as on the page", m.id, theirs[last])
		}
		last = at
	}
	if shared < 12 {
		t.Errorf("only %d layers are called as on the page", shared)
	}
}

func TestEveryPatternIsInTheSprite(t *testing.T) {
	referee.Figures(t)
	for ratio := 1; ratio <= 2; ratio++ {
		picture, index, err := Sprite(ratio)
		if err != nil {
			t.Fatal(err)
		}
		again, _, _ := Sprite(ratio)
		if !bytes.Equal(picture, again) {
			t.Error("two sprites differ")
		}
		var places map[string]struct{ X, Y, Width, Height, PixelRatio int }
		if err := json.Unmarshal(index, &places); err != nil {
			t.Fatal(err)
		}
		sheet, err := png.Decode(bytes.NewReader(picture))
		if err != nil {
			t.Fatal(err)
		}
		seen := 0
		for _, d := range []*Drawing{drawing(t), invented(t, "seen"), restricted(t)} {
			for _, m := range d.marks() {
				if m.paint.Pattern == "" {
					continue
				}
				seen++
				p, ok := places[m.paint.Name()]
				if side := m.paint.Side() * ratio / 2; !ok || p.PixelRatio != ratio || p.Width != side || p.Height != side {
					t.Fatalf("%s lies at %+v", m.paint.Name(), p)
				}
				for y := range p.Height {
					for x := range p.Width {
						if got := color.NRGBAModel.Convert(sheet.At(p.X+x, p.Y+y)); got != m.paint.At(x*2/ratio, y*2/ratio) {
							t.Fatalf("%s at %d, %d is %v", m.paint.Name(), x, y, got)
						}
					}
				}
			}
		}
		if seen < 18 {
			t.Errorf("only %d patterns are looked up", seen)
		}
	}
}

func TestHeldLandIsFilledOnceAndFromHeldLandAlone(t *testing.T) {
	for _, d := range []*Drawing{drawing(t), invented(t, "seen")} {
		fills := map[string]int{}
		for _, m := range d.marks() {
			if m.shape == area && m.section == data.ZonesSection && m.when[0].values[0] == data.HeldMark {
				t.Errorf("%s fills zones that count", m.id)
			}
			if m.shape == area && m.section == data.HeldLayer {
				fills[m.when[0].key+m.when[0].values[0]]++
			}
		}
		for _, land := range d.Land {
			want := "markheld"
			if len(land.Parties) > 1 {
				want = "id" + land.ID()
			}
			if fills[want] != 1 {
				t.Errorf("land of %v is filled %d times", land.Parties, fills[want])
			}
		}
	}
}
