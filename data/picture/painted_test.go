package picture

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/data/look"
	"github.com/demarc-map/demarc/data/mapcontext"
	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/internal/drawn"
	"github.com/demarc-map/demarc/internal/referee"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

// drawer is a kind of picture: where its map is, how it is drawn, and which colours
// a paint may have in a pixel of it.
type drawer struct {
	name    string
	most    int // pictures a run
	frame   orb.Bound
	draw    func(*sheet) (image.Image, error)
	samples []sample
}

func asPNG() drawer {
	return drawer{"map.png", 3, orb.Bound{Min: orb.Point{640, 36}, Max: orb.Point{pngWidth - 40, pngHeight - 36}},
		func(s *sheet) (image.Image, error) { return NewPlate(s.Statement).with(s.Statement) }, halfPixels()[:1]}
}

// asSVG draws with librsvg, without names and without the scale bar.
func asSVG(t *testing.T) drawer {
	convert := referee.Program(t, "rsvg", "rsvg-convert")
	others := regexp.MustCompile(`<text .*?</text>|<circle [^>]*>|<path d="[^"]*v6h[^>]*>`)
	return drawer{"map.svg", 6, orb.Bound{Min: orb.Point{svgMargin + 60, svgTop + 24}, Max: orb.Point{svgWidth - svgMargin - 60, svgTop + svgMap - 24}},
		func(s *sheet) (image.Image, error) {
			cmd := exec.Command(convert, "--format", "png")
			cmd.Stdin = bytes.NewReader(others.ReplaceAll(s.svg(), nil))
			out, err := cmd.Output()
			if err != nil {
				return nil, err
			}
			return png.Decode(bytes.NewReader(out))
		}, halfPixels()}
}

// halfPixels are the four half pixels of a pixel: which of them a program for SVG
// takes, it may choose, since patterns are drawn in half pixels.
func halfPixels() (out []sample) {
	for k := range 4 {
		out = append(out, func(paint look.Paint, x, y int) color.NRGBA { return paint.At(2*x+k%2, 2*y+k/2) })
	}
	return out
}

// Every pixel that no line touches has the paint of the parties whose zones count
// there and of the zones that do not, found zone by zone; and the pixels so painted
// are the share, in the territory and its districts.
func TestWhatAPictureShowsAsHeldIsWhatCounts(t *testing.T) {
	referee.Figures(t)
	for _, d := range []drawer{asPNG(), asSVG(t)} {
		t.Run(d.name, func(t *testing.T) {
			drawings, wrong := 0, false
			rapid.Check(t, func(t *rapid.T) {
				if drawings++; drawings > d.most && !wrong {
					return
				}
				s, _, err := data.Read(t.Context(), drawn.Dataset(t))
				if err != nil {
					t.Fatal(err)
				}
				if err := d.paintedIsCounted(t.Context(), s, s.FirstDate()+5, nil); err != nil {
					wrong = true // and made smaller as long as it is
					t.Fatal(err)
				}
			})
		})
	}
}

// The datasets whose pictures once painted what does not count, or not what does.
func TestWhatAPictureOfAKnownCaseShowsIsWhatCounts(t *testing.T) {
	referee.Figures(t)
	for _, name := range []string{"two", "three", "counts", "multi"} {
		for _, d := range []drawer{asPNG(), asSVG(t)} {
			t.Run(name+" "+d.name, func(t *testing.T) {
				s, _, err := data.Read(t.Context(), os.DirFS(referee.Case(t, name)))
				if err != nil {
					t.Fatal(err)
				}
				if err := d.paintedIsCounted(t.Context(), s, s.FirstDate(), nil); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// With a context below, each pixel that none of its lines and names touches is as it
// would be over plain land, and as much is painted.
func TestWhatAPictureWithAContextShowsAsHeldIsWhatCounts(t *testing.T) {
	referee.Figures(t)
	s, _, err := data.Read(t.Context(), gaza.Files)
	if err != nil {
		t.Fatal(err)
	}
	around, _, err := mapcontext.Read(t.Context(), gaza.Context, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []drawer{asPNG(), asSVG(t)} {
		t.Run(d.name, func(t *testing.T) {
			if err := d.paintedIsCounted(t.Context(), s, s.FirstDate()+5, around); err != nil {
				t.Error(err)
			}
		})
	}
}

// paintedIsCounted tells where a picture of the default reading shows other land as
// held than the shares of the day count.
func (d *drawer) paintedIsCounted(ctx context.Context, s *data.Snapshot, day data.Date, around *mapcontext.Map) error {
	share, err := s.Share(ctx, data.Query{AsOf: day})
	if err != nil {
		return err
	}
	said, err := Stated(ctx, In("en"), s, share)
	if err != nil {
		return err
	}
	said.Context = around
	sheet := newSheet(said, d.frame)
	picture, err := d.draw(sheet)
	if err != nil {
		return err
	}
	p := pixelsOf(sheet, picture)
	if err := p.check(d.samples); err != nil {
		return err
	}
	for _, of := range sheet.territories {
		for k, party := range s.Dataset.Parties {
			share, err := s.Share(ctx, data.Query{Of: of.ID, Party: party.ID, AsOf: day})
			if err != nil {
				return err
			}
			painted := 0
			p.inside(of.Shape, func(i int) { painted += int(p.at[i] >> k & 1) })
			area := planarArea(sheet, of.Shape)
			bound, err := sheet.bound(ctx, of, party.ID, area)
			if err != nil {
				return err
			}
			if off := math.Abs(100*float64(painted)/area - share.Percent); off > bound {
				return fmt.Errorf("%s of %s: %d of %.0f pixels are painted, %.3f points off the %.3f %% that count; %.3f may be", party.ID, of.ID, painted, area, off, share.Percent, bound)
			}
		}
	}
	return nil
}

// bound is how many points of a percentage the painted pixels may be off. A pixel is
// on the wrong side of a border only within half its diagonal of it, so a border of
// L pixels gives or takes L/√2, and its corners one more. A sheet shortens all
// longitudes as in its middle: land high up is drawn too wide by tan φ·Δφ/2, of which
// a percentage feels at most a quarter.
func (s *sheet) bound(ctx context.Context, of *data.Territory, party string, area float64) (float64, error) {
	var held orb.MultiPolygon
	for _, land := range s.land {
		if slices.Contains(land.Parties, party) {
			held = append(held, land.Shape...)
		}
	}
	parts, err := geo.Partition(ctx, of.Shape, held)
	if err != nil {
		return 0, err
	}
	border := 0.0
	for _, part := range parts {
		if len(part.Layers) < 2 {
			continue
		}
		for _, ring := range s.rings(part.Shape) {
			border += planar.Length(orb.LineString(ring)) + math.Sqrt2
		}
	}
	b := s.Snapshot.Bound()
	radians := math.Pi / 180
	shortening := math.Tan(math.Abs(b.Min[1]+b.Max[1])/2*radians) * (b.Max[1] - b.Min[1]) * radians / 8
	return 100*border/math.Sqrt2/area + 100*shortening, nil
}

func planarArea(s *sheet, shape orb.MultiPolygon) float64 {
	out := 0.0
	for _, polygon := range shape {
		var rings orb.Polygon
		for _, ring := range polygon {
			rings = append(rings, orb.Ring(s.path(ring)))
		}
		out += math.Abs(planar.Area(rings))
	}
	return out
}
