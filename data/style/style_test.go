package style

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/gaza"
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
	for name, ours := range map[string]string{"around": Around, "land": Land, "coast": Coast, "district": District, "held": Held, "heldOutline": HeldOutline,
		"disputed": Disputed, "disputedOutline": DisputedOutline, "text": Ink, "halo": Halo, "casing": Casing} {
		if p.Light[name] != ours {
			t.Errorf("%s is %s, the page's %s", name, ours, p.Light[name])
		}
	}
	for name, ours := range map[string]string{"yellow": Yellow, "orange": Orange, "other": OtherLine} {
		if p.Lines[name] != ours {
			t.Errorf("the %s line is %s, the page's %s", name, ours, p.Lines[name])
		}
	}
	if p.HeldOpacity != HeldOpacity {
		t.Errorf("held land has an opacity of %v, the page's %v", HeldOpacity, p.HeldOpacity)
	}
}

func TestLayersLieInTheOrderOfThePage(t *testing.T) {
	var theirs []string
	for _, found := range regexp.MustCompile(`\bid: '([a-z-]+)'`).FindAllSubmatch(page(t, "style.ts"), -1) {
		theirs = append(theirs, string(found[1]))
	}
	last, shared := -1, 0
	for _, m := range marks(embedded(), edition(t)) {
		at := slices.Index(theirs, m.id)
		if at < 0 {
			continue
		}
		if shared++; at < last {
			t.Errorf("%s lies above %s, not below it as on the page", m.id, theirs[last])
		}
		last = at
	}
	if shared < 15 {
		t.Errorf("only %d layers are called as on the page", shared)
	}
}

func TestEveryPatternIsInTheSpriteAndRepeatsWithoutASeam(t *testing.T) {
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
		for _, m := range marks(embedded(), edition(t)) {
			if m.pattern == "" {
				continue
			}
			p, ok := places[m.pattern]
			if !ok || p.PixelRatio != ratio || p.Width != patternSize*ratio {
				t.Fatalf("%s lies at %+v", m.pattern, p)
			}
			ink := 0
			for y := range p.Height {
				for x := range p.Width {
					if _, _, _, alpha := sheet.At(p.X+x, p.Y+y).RGBA(); alpha > 0 {
						ink++
					}
				}
			}
			if share := float64(ink) / float64(p.Width*p.Height); share < 0.05 || share > 0.4 {
				t.Errorf("%s at %d×: %.2f of it is ink", m.pattern, ratio, share)
			}
			seamless(t, m.pattern, sheet, image.Rect(p.X, p.Y, p.X+p.Width, p.Y+p.Height))
		}
	}
}

// seamless checks that across the edges of a pattern ink goes on as it does inside:
// each row is the row above moved by a pixel to either side, the first after the last.
func seamless(t *testing.T, name string, sheet image.Image, r image.Rectangle) {
	t.Helper()
	if name == "proposed" || name == "disputed" {
		return // rows of two kinds
	}
	at := func(x, y int) color.Color {
		return sheet.At(r.Min.X+(x+r.Dx())%r.Dx(), r.Min.Y+(y+r.Dy())%r.Dy())
	}
	for y := range r.Dy() {
		for x := range r.Dx() {
			if at(x, y) != at(x+1, y-1) {
				t.Fatalf("%s has a seam at %d, %d", name, x, y)
			}
		}
	}
}

func TestEachPartyHasAColourOfItsOwnAndTheDefaultOneThePagesBlue(t *testing.T) {
	d := embedded().Dataset
	d.Parties = []data.Party{{ID: "first"}, {ID: d.Party}, {ID: "second"}}
	fills, outlines := partyColours(&d)
	if fills.usual != Held || outlines.usual != HeldOutline || len(fills.cases) != 2 {
		t.Fatalf("%+v", fills)
	}
	seen := map[string]bool{fills.usual: true}
	for i, c := range fills.cases {
		if seen[c.colour] || c.when.values[0] == d.Party || outlines.cases[i].colour == c.colour {
			t.Errorf("%+v", c)
		}
		seen[c.colour] = true
	}
}
