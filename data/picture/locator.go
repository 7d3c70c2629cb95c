package picture

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/mapcontext"
	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"github.com/paulmach/orb/simplify"
)

// The inset is so many pixels wide and high, and an island or a lake of fewer square
// pixels is left out.
const (
	locatorWidth, locatorHeight = 144.0, 116.0
	leastIsland                 = 3.0
	fewestPixels                = 5.0 // a smaller territory gets a ring around it
)

// locatorLook is the colours of an inset.
type locatorLook struct{ sea, land, border, ink, mark, halo string }

func locatorLooks(dark bool) locatorLook {
	if dark {
		return locatorLook{"#0f1c26", "#2b3138", "#59636c", "#c3ccd4", "#ff8a7a", "#1b2127"}
	}
	return locatorLook{"#d4e3ec", "#f6f4ef", "#b3aa9b", "#4c545b", "#b3261e", "#ffffff"}
}

// inset is a map of the region, laid out like a sheet.
type inset struct {
	sheet
	look  locatorLook
	paper orb.Bound
}

// Locator draws where on earth the territory of a dataset is, as a small SVG in a
// language, for a light or a dark page; nil when the context has no inset.
func Locator(words *Words, s *data.Snapshot, m *mapcontext.Map, dark bool) []byte {
	if m == nil || len(m.Locator) == 0 {
		return nil
	}
	box := m.Locator[0].Geometry.Bound()
	for _, f := range m.Locator {
		box = box.Union(f.Geometry.Bound())
	}
	paper := orb.Bound{Max: orb.Point{locatorWidth, locatorHeight}}
	territory, _ := s.TerritoryByID(s.Dataset.Territory)
	i := inset{sheet: sheet{Statement: Statement{Words: words, Snapshot: s, Context: m}, frame: paper}, look: locatorLooks(dark), paper: paper}
	middle := territory.Shape.Bound().Center()
	i.scaleX = locatorWidth / (box.Max[0] - box.Min[0])
	i.scaleY = i.scaleX / math.Cos(middle[1]*math.Pi/180)
	// As wide as the file, and as much to the north as to the south where it goes so far.
	north := math.Min(box.Max[1], math.Max(middle[1]+locatorHeight/2/i.scaleY, box.Min[1]+locatorHeight/i.scaleY))
	i.origin = orb.Point{box.Min[0], north}
	return i.svg(territory)
}

func (i *inset) svg(territory *data.Territory) []byte {
	out := &svgText{words: i.Words}
	fmt.Fprintf(out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" width="%g" height="%g" lang="%s" role="img" font-family="system-ui, 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans Hebrew', sans-serif">`,
		locatorWidth, locatorHeight, locatorWidth, locatorHeight, i.Words.Lang)
	fmt.Fprintf(out, `<title>%s</title><rect width="100%%" height="100%%" fill="%s"/>`, escaped(i.In(territory.Name)), i.look.sea)
	var lands []mapcontext.Feature
	for _, f := range i.Context.Locator {
		colour := i.look.land
		if f.Kind == "water" {
			colour = i.look.sea
		} else {
			lands = append(lands, f)
		}
		if path := i.outline(f.Geometry); path != "" {
			fmt.Fprintf(out, `<path d="%s" fill="%s" stroke="%s" stroke-width="0.6" fill-rule="evenodd"/>`, path, colour, i.look.border)
		}
	}
	taken := i.mark(out, territory)
	slices.SortStableFunc(lands, func(a, b mapcontext.Feature) int { return a.Rank - b.Rank })
	for _, f := range lands {
		i.name(out, &f, &taken)
	}
	out.WriteString("</svg>\n")
	return out.Bytes()
}

// outline is path data of the parts of a land that can be seen.
func (i *inset) outline(g orb.Geometry) string {
	var out [][]orb.Point
	for _, polygon := range i.cut(g, i.paper) {
		for _, ring := range polygon {
			drawn := make(orb.Ring, len(ring))
			for k, p := range ring {
				drawn[k] = i.at(p)
			}
			if drawn = simplify.DouglasPeucker(0.5).Ring(drawn); len(drawn) > 3 && math.Abs(planar.Area(drawn)) >= leastIsland {
				out = append(out, drawn)
			}
		}
	}
	return d(out, true)
}

// mark draws the territory with its name and returns what they cover.
func (i *inset) mark(out *svgText, territory *data.Territory) []orb.Bound {
	box := territory.Shape.Bound()
	a, b := i.at(orb.Point{box.Min[0], box.Max[1]}), i.at(orb.Point{box.Max[0], box.Min[1]})
	at := orb.Point{(a[0] + b[0]) / 2, (a[1] + b[1]) / 2}
	fmt.Fprintf(out, `<path d="%s" fill="%s" stroke="%s" stroke-width="1.5" stroke-linejoin="round"/>`, d(i.rings(territory.Shape), true), i.look.mark, i.look.mark)
	radius := 0.0
	if max(b[0]-a[0], b[1]-a[1]) < fewestPixels {
		radius = 7
		fmt.Fprintf(out, `<circle cx="%.1f" cy="%.1f" r="%g" fill="none" stroke="%s" stroke-width="1.5"/>`, at[0], at[1], radius, i.look.mark)
	}
	one := town{said: i.In(territory.Name), dot: at, dotted: true, size: 11}
	taken := []orb.Bound{orb.Bound{Min: a, Max: a}.Union(b.Bound()).Pad(radius)}
	for _, shift := range []orb.Point{{-width(one.said, one.size)/2 - 6 - radius, -2}, {0, -8 - radius}, {width(one.said, one.size)/2 + 6 + radius, 4}} {
		one.at = orb.Point{at[0] + shift[0], at[1] + shift[1]}
		if inside(i.paper, one.box()) {
			break
		}
	}
	i.write(out, one.at, one.size, 700, i.look.mark, one.said)
	return append(taken, one.box())
}

// name writes the name of a land where most of it is around, unless something is there.
func (i *inset) name(out *svgText, f *mapcontext.Feature, taken *[]orb.Bound) {
	const size, step = 9.0, 6.0
	said := i.In(f.Title)
	index, err := geo.NewIndex(f.Geometry)
	if err != nil || said == "" {
		return
	}
	inland := func(p orb.Point) bool {
		return index.Contains(orb.Point{i.origin[0] + p[0]/i.scaleX, i.origin[1] - p[1]/i.scaleY})
	}
	best, room := orb.Point{}, 0
	for y := size; y < locatorHeight-2; y += step / 2 {
		for x := step; x < locatorWidth; x += step / 2 {
			at := orb.Point{x, y}
			covered := box(at, said, size)
			if !inside(i.paper, covered.Pad(2)) || slices.ContainsFunc(*taken, covered.Intersects) {
				continue
			}
			land := 0
			for dx := -24.0; dx <= 24; dx += step {
				for dy := -24.0; dy <= 24; dy += step {
					if inland(orb.Point{x + dx, y - size/3 + dy}) {
						land++
					}
				}
			}
			if land > room && inland(orb.Point{x, y - size/3}) {
				best, room = at, land
			}
		}
	}
	if room == 0 || f.Rank > 1 && float64(room)*step*step < width(said, size)*size {
		return
	}
	i.write(out, best, size, 400, i.look.ink, said)
	*taken = append(*taken, box(best, said, size))
}

func (i *inset) write(out *svgText, at orb.Point, size float64, weight int, colour, said string) {
	fmt.Fprintf(out, `<text x="%.1f" y="%.1f" text-anchor="middle" font-size="%g" font-weight="%d" fill="%s" stroke="%s" stroke-width="2" stroke-linejoin="round" paint-order="stroke">%s</text>`,
		at[0], at[1], size, weight, colour, i.look.halo, escaped(strings.TrimSpace(said)))
}
