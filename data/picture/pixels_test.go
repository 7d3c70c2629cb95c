package picture

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
	"slices"
	"sort"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/look"
	"github.com/demarc-map/demarc/data/mapcontext"

	"github.com/paulmach/orb"
)

// pixels is the map part of a picture, and what lies at the middle of each pixel.
type pixels struct {
	*sheet
	picture *image.NRGBA
	stated  []*data.Zone // those that do not count
	// at has for each pixel a bit for each party that holds it, and from
	// firstStated one for each zone that is stated there.
	at   []uint64
	line []bool // whether a line touches the pixel
}

const firstStated = 16

// pixelsOf finds from the zones, not from held land, what a picture should show.
func pixelsOf(s *sheet, picture image.Image) *pixels {
	p := &pixels{sheet: s, picture: image.NewNRGBA(picture.Bounds())}
	draw.Draw(p.picture, p.picture.Rect, picture, image.Point{}, draw.Src)
	p.at, p.line = make([]uint64, p.width()*p.height()), make([]bool, p.width()*p.height())
	for _, z := range s.zones {
		bit := firstStated + len(p.stated)
		if data.Counts(s.Snapshot, z) {
			bit = slices.IndexFunc(s.dataset().Parties, func(other data.Party) bool { return other.ID == z.Party })
		} else {
			p.stated = append(p.stated, z)
		}
		p.inside(z.Shape, func(i int) { p.at[i] |= 1 << bit })
		p.touched(s.rings(z.Shape), 2)
	}
	for _, t := range s.territories {
		p.touched(s.rings(t.Shape), 3)
	}
	for _, l := range s.lines {
		p.touched([][]orb.Point{s.path(l.Shape)}, 6)
	}
	for _, one := range s.stretches(s.frame) {
		p.touched(one.paths, one.width)
	}
	for _, l := range s.neighbourShapes() {
		p.touched(s.rings(l), 1)
	}
	for _, t := range s.towns(boundOf(pngPaper()), pngNames, nil) { // SVG is drawn without names
		for y := max(0, int(min(t.box().Min[1], t.dot[1]-6))-2); y < min(p.height(), int(max(t.box().Max[1], t.dot[1]+6))+2); y++ {
			for x := max(0, int(min(t.box().Min[0], t.dot[0]-6))-2); x < min(p.width(), int(max(t.box().Max[0], t.dot[0]+6))+2); x++ {
				p.line[y*p.width()+x] = true
			}
		}
	}
	return p
}

// neighbourShapes is the land of the context, as it is.
func (s *sheet) neighbourShapes() (out []orb.MultiPolygon) {
	for _, f := range s.Context.Layer(mapcontext.Land) {
		if polygon, one := f.Geometry.(orb.Polygon); one {
			out = append(out, orb.MultiPolygon{polygon})
		} else {
			out = append(out, f.Geometry.(orb.MultiPolygon))
		}
	}
	return out
}

func (p *pixels) width() int  { return p.picture.Rect.Dx() }
func (p *pixels) height() int { return p.picture.Rect.Dy() }

// inside calls found with every pixel of the frame whose middle is in a shape.
func (p *pixels) inside(shape orb.MultiPolygon, found func(i int)) {
	rings := p.rings(shape)
	for y := int(p.frame.Min[1]); y < int(p.frame.Max[1]); y++ {
		middle := float64(y) + 0.5
		var crossings []float64
		for _, ring := range rings {
			for k := 1; k < len(ring); k++ {
				a, b := ring[k-1], ring[k]
				if (a[1] <= middle) != (b[1] <= middle) {
					crossings = append(crossings, a[0]+(middle-a[1])/(b[1]-a[1])*(b[0]-a[0]))
				}
			}
		}
		sort.Float64s(crossings)
		for k := 0; k+1 < len(crossings); k += 2 {
			from, to := max(int(math.Ceil(crossings[k]-0.5)), int(p.frame.Min[0])), min(int(math.Ceil(crossings[k+1]-0.5)), int(p.frame.Max[0]))
			for x := from; x < to; x++ {
				found(y*p.width() + x)
			}
		}
	}
}

// touched marks the pixels that lines of a width touch, with those that smoothing
// may tint.
func (p *pixels) touched(lines [][]orb.Point, width float64) {
	reach := width/2 + 1.5
	for _, line := range lines {
		for k := 1; k < len(line); k++ {
			a, b := line[k-1], line[k]
			for y := max(0, int(min(a[1], b[1])-reach)); y <= min(p.height()-1, int(max(a[1], b[1])+reach)); y++ {
				for x := max(0, int(min(a[0], b[0])-reach)); x <= min(p.width()-1, int(max(a[0], b[0])+reach)); x++ {
					if from(orb.Point{float64(x) + 0.5, float64(y) + 0.5}, a, b) <= reach {
						p.line[y*p.width()+x] = true
					}
				}
			}
		}
	}
}

// from is the distance of a point from a stretch.
func from(at, a, b orb.Point) float64 {
	x, y := b[0]-a[0], b[1]-a[1]
	along := 0.0
	if length := x*x + y*y; length > 0 {
		along = math.Min(1, math.Max(0, ((at[0]-a[0])*x+(at[1]-a[1])*y)/length))
	}
	return math.Hypot(at[0]-a[0]-along*x, at[1]-a[1]-along*y)
}

// sample is the colour of a paint in a pixel.
type sample func(paint look.Paint, x, y int) color.NRGBA

// check compares every pixel of the frame that no line touches with what should be
// painted there, by one of the samples.
func (p *pixels) check(samples []sample) error {
	land := make([]bool, len(p.at))
	p.inside(p.territories[0].Shape, func(i int) { land[i] = true })
	neighbour, sea := make([]bool, len(p.at)), len(p.neighbourShapes()) > 0
	for _, l := range p.neighbourShapes() {
		p.inside(l, func(i int) { neighbour[i] = true })
	}
	paints := map[uint64][]look.Paint{}
	for y := int(p.frame.Min[1]); y < int(p.frame.Max[1]); y++ {
		for x := int(p.frame.Min[0]); x < int(p.frame.Max[0]); x++ {
			i := y*p.width() + x
			if p.line[i] {
				continue
			}
			covers, known := paints[p.at[i]]
			if !known {
				covers = p.covers(p.at[i])
				paints[p.at[i]] = covers
			}
			base, got := look.RGB(look.Around), p.picture.NRGBAAt(x, y)
			if sea {
				base = look.RGB(look.Sea)
			}
			if neighbour[i] {
				base = look.RGB(look.Neighbour)
			}
			if land[i] {
				base = look.RGB(look.Land)
			}
			if !slices.ContainsFunc(samples, func(of sample) bool {
				want := base
				for _, paint := range covers {
					want = over(of(paint, x, y), want)
				}
				return alike(got, want)
			}) {
				return fmt.Errorf("at %d, %d, held by %v, the picture has %v, not %v over %v", x, y, p.holders(p.at[i]), got, covers, base)
			}
		}
	}
	return nil
}

// holders names the parties of a pixel.
func (p *pixels) holders(bits uint64) (parties []string) {
	for k, party := range p.dataset().Parties {
		if bits>>k&1 == 1 {
			parties = append(parties, party.ID)
		}
	}
	return parties
}

// covers lists what a pixel is covered with, the lowest first.
func (p *pixels) covers(bits uint64) (out []look.Paint) {
	if parties := p.holders(bits); len(parties) > 0 {
		out = append(out, look.Held(p.Snapshot, p.Share.Basis, parties...).Paint)
	}
	for k, z := range p.stated {
		if bits>>(firstStated+k)&1 == 1 {
			out = append(out, look.NotHeld(z.Status).Paint)
		}
	}
	return out
}

// over lays a colour over an opaque one.
func over(top, under color.NRGBA) color.NRGBA {
	mix := func(a, b uint8) uint8 {
		return uint8(math.Round((float64(a)*float64(top.A) + float64(b)*float64(255-top.A)) / 255))
	}
	return color.NRGBA{mix(top.R, under.R), mix(top.G, under.G), mix(top.B, under.B), 255}
}

func alike(a, b color.NRGBA) bool {
	near := func(x, y uint8) bool { return max(x, y)-min(x, y) <= 3 }
	return near(a.R, b.R) && near(a.G, b.G) && near(a.B, b.B)
}
