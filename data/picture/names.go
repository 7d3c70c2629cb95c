package picture

import (
	"image"
	"math"
	"slices"
	"unicode/utf8"

	"github.com/demarc-map/demarc/data/look"
	"github.com/demarc-map/demarc/data/mapcontext"
	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// town is a name of the context on the paper.
type town struct {
	said   string
	at     orb.Point // the baseline's middle
	dot    orb.Point // where the place is; without one for names of areas
	dotted bool
	size   float64
	colour string
	bold   bool
}

// towns returns the names of the context that there is room for on the paper, the most
// important first: apart from what is taken, and where that can be apart from the
// control lines too. Scale is of the letters.
func (s *sheet) towns(paper orb.Bound, scale float64, taken []orb.Bound) []town {
	places := slices.Clone(s.Context.Layer(mapcontext.Places))
	slices.SortStableFunc(places, func(a, b mapcontext.Feature) int { return a.Rank - b.Rank })
	lines := s.alongLines()
	var out []town
	for _, p := range places {
		if p.Rank > largerTowns {
			break
		}
		one := s.town(&p, scale)
		if !inside(paper, orb.Bound{Min: one.dot, Max: one.dot}) {
			continue
		}
		var free, crossed []orb.Point // where no other name is, and no line or one
		for _, shift := range one.shifts() {
			one.at = orb.Point{one.dot[0] + shift[0], one.dot[1] + shift[1]}
			switch box := one.box(); {
			case !inside(paper, box) || slices.ContainsFunc(taken, box.Intersects):
			case slices.ContainsFunc(lines, box.Intersects):
				crossed = append(crossed, one.at)
			default:
				free = append(free, one.at)
			}
		}
		if free = append(free, crossed...); len(free) > 0 {
			one.at = free[0]
			out, taken = append(out, one), append(taken, one.box())
		}
	}
	return out
}

// town is a place with the look of its name: places of the territory stand out from
// those around.
func (s *sheet) town(p *mapcontext.Feature, scale float64) town {
	at := p.Geometry.(orb.Point)
	one := town{said: s.In(p.Title), dot: s.at(at), dotted: true, size: 12 * scale, colour: look.TownInk}
	switch p.Kind {
	case mapcontext.Country:
		one.dotted, one.bold = false, true
	case mapcontext.Sea:
		one.dotted, one.colour = false, look.SeaInk
	default:
		if s.holds(at) {
			one.colour = look.Ink
			if p.Rank == 1 {
				one.bold, one.size = true, 14*scale
			}
		}
	}
	return one
}

// holds reports whether a place is in the territory.
func (s *sheet) holds(at orb.Point) bool {
	in := false
	for _, polygon := range s.territories[0].Shape {
		for _, ring := range polygon {
			in = in != geo.InRing(ring, at)
		}
	}
	return in
}

// alongLines covers the control lines with boxes.
func (s *sheet) alongLines() []orb.Bound {
	var out []orb.Bound
	for _, l := range s.lines {
		path := s.path(l.Shape)
		for i := 1; i < len(path); i++ {
			a, b := path[i-1], path[i]
			steps := math.Ceil(math.Hypot(b[0]-a[0], b[1]-a[1]) / 8)
			for k := range int(steps) + 1 {
				t := float64(k) / max(steps, 1)
				out = append(out, orb.Point{a[0] + t*(b[0]-a[0]), a[1] + t*(b[1]-a[1])}.Bound().Pad(4))
			}
		}
	}
	return out
}

// shifts are the places that a name may have beside its dot.
func (t *town) shifts() []orb.Point {
	if !t.dotted {
		return []orb.Point{{0, 0}}
	}
	beside := width(t.said, t.size)/2 + 6
	return []orb.Point{{beside, t.size / 3}, {-beside, t.size / 3}, {0, -6}, {0, t.size + 4},
		{beside, -4}, {-beside, -4}, {beside, t.size}, {-beside, t.size}}
}

func (t *town) box() orb.Bound { return box(t.at, t.said, t.size) }

// box is about what a name with the middle of its baseline at a point covers.
func box(at orb.Point, said string, size float64) orb.Bound {
	half := width(said, size) / 2
	return orb.Bound{Min: orb.Point{at[0] - half, at[1] - size}, Max: orb.Point{at[0] + half, at[1] + size/4}}
}

// width is about how wide a text is.
func width(said string, size float64) float64 {
	return 0.58 * size * float64(utf8.RuneCountInString(said))
}

func inside(paper, box orb.Bound) bool {
	return box.Min[0] >= paper.Min[0] && box.Max[0] <= paper.Max[0] && box.Min[1] >= paper.Min[1] && box.Max[1] <= paper.Max[1]
}

// towns writes the names of the context.
func (c *canvas) towns(towns []town) {
	for _, t := range towns {
		if t.dotted {
			c.stroke([][]orb.Point{{t.dot}}, 6, rgba(look.Halo, 1))
			c.stroke([][]orb.Point{{t.dot}}, 4, rgba(t.colour, 1))
		}
		c.name(t.at, t.bold, t.size, rgba(t.colour, 1), t.said)
	}
}

// pngPaper is the part of a small picture that the map fills.
func pngPaper() image.Rectangle { return image.Rect(600, 0, pngWidth, pngHeight) }
