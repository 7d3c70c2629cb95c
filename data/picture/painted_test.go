package picture

import (
	"bytes"
	"image/color"
	"image/png"
	"math"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/look"
	"github.com/demarc-map/demarc/internal/drawn"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

// mostDrawings are enough for one run: each has 750,000 pixels.
const mostDrawings = 8

// What map.png paints as held is what the share counts: of every pixel of the
// territory that no outline touches, the paint is that of the parties whose
// zones count there, found zone by zone; and what is left unpainted by outlines
// bounds how far the painted part may be from the share.
func TestWhatAPictureShowsAsHeldIsWhatCounts(t *testing.T) {
	drawings := 0
	rapid.Check(t, func(t *rapid.T) {
		if drawings++; drawings > mostDrawings {
			return
		}
		s, _, err := data.Read(t.Context(), drawn.Dataset(t))
		if err != nil {
			t.Fatal(err)
		}
		day := s.FirstDate() + 5
		said := paintedStatement(t, s, day)
		text, err := PNG(said)
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		sheet := newSheet(said, orb.Bound{Min: orb.Point{640, 36}, Max: orb.Point{pngWidth - 40, pngHeight - 36}})
		counted, held := 0, 0
		for y := 36; y < pngHeight-36; y += 3 {
			for x := 640; x < pngWidth-40; x += 3 {
				at := orb.Point{sheet.origin[0] + (float64(x)+0.5-sheet.frame.Min[0])/sheet.scaleX, sheet.origin[1] - (float64(y)+0.5-sheet.frame.Min[1])/sheet.scaleY}
				if !planar.MultiPolygonContains(sheet.territories[0].Shape, at) {
					continue
				}
				counted++
				parties, stated := holdersAt(sheet, at)
				for _, p := range parties {
					if p == said.Share.Party {
						held++
					}
				}
				if stated || nearOutline(sheet, orb.Point{float64(x) + 0.5, float64(y) + 0.5}) {
					continue
				}
				want := look.RGB(look.Land)
				switch {
				case len(parties) == 1:
					want = look.RGB(look.Blend(look.OfParty(&s.Dataset, parties[0]).Fill, look.Land, look.Opacity))
				case len(parties) > 1:
					want = over(look.Held(s, said.Share.Basis, parties...).Paint.At(2*x, 2*y), want)
				}
				if got := color.NRGBAModel.Convert(picture.At(x, y)).(color.NRGBA); !alike(got, want) {
					t.Fatalf("at %d, %d, held by %v, the picture has %v, not %v", x, y, parties, got, want)
				}
			}
		}
		// A lattice of every third pixel: a border of a zone may put one row of it on
		// the wrong side, of which there are at most 20 of 0.4 degrees.
		if share := 100 * float64(held) / float64(counted); math.Abs(share-said.Share.Percent) > 4 {
			t.Fatalf("%.2f %% is painted, %.2f %% counts", share, said.Share.Percent)
		}
	})
}

func paintedStatement(t *rapid.T, s *data.Snapshot, day data.Date) Statement {
	share, err := s.Share(t.Context(), data.Query{AsOf: day})
	if err != nil {
		t.Fatal(err)
	}
	said, err := Stated(t.Context(), In("en"), s, share)
	if err != nil {
		t.Fatal(err)
	}
	return said
}

// holdersAt lists the parties whose zones count at a position, and tells whether
// there is one that does not count, whose hatch lies above.
func holdersAt(s *sheet, at orb.Point) (parties []string, stated bool) {
	for _, p := range s.dataset().Parties {
		for _, z := range s.zones {
			if z.Party != p.ID || !planar.MultiPolygonContains(z.Shape, at) {
				continue
			}
			if !data.Counts(s.Snapshot, z) {
				stated = true
			} else if len(parties) == 0 || parties[len(parties)-1] != p.ID {
				parties = append(parties, p.ID)
			}
		}
	}
	return parties, stated
}

// nearOutline tells whether a pixel is within 4 pixels of anything that has a line.
func nearOutline(s *sheet, at orb.Point) bool {
	near := func(path []orb.Point) bool { return planar.DistanceFrom(orb.LineString(path), at) < 4 }
	for _, z := range s.zones {
		for _, ring := range s.rings(z.Shape) {
			if near(ring) {
				return true
			}
		}
	}
	for _, t := range s.territories {
		for _, ring := range s.rings(t.Shape) {
			if near(ring) {
				return true
			}
		}
	}
	for _, l := range s.lines {
		if near(s.path(l.Shape)) {
			return true
		}
	}
	return false
}

// over lays a colour over an opaque one.
func over(top, under color.NRGBA) color.NRGBA {
	mix := func(a, b uint8) uint8 {
		return uint8(math.Round((float64(a)*float64(top.A) + float64(b)*float64(255-top.A)) / 255))
	}
	return color.NRGBA{mix(top.R, under.R), mix(top.G, under.G), mix(top.B, under.B), 255}
}

func alike(a, b color.NRGBA) bool {
	near := func(x, y uint8) bool { return max(x, y)-min(x, y) <= 2 }
	return near(a.R, b.R) && near(a.G, b.G) && near(a.B, b.B)
}
