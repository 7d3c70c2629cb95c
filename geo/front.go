package geo

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"

	"github.com/demarc-map/demarc/geo/arrange"
)

// Front returns, for each zone, the parts of its boundary that face land of the
// territory held by no zone: they bound the union of the zones, lie inside the
// territory, and are farther than withinM[i] metres from the territory's own
// boundary. What is nearer follows the border as well as its accuracy allows,
// and is no front. To first order a zone whose positions are accurate to σ metres
// has an area that is uncertain by σ times the length of its front.
//
// A stretch that several zones share belongs to the first of them, so lengths
// add up. Lines have the zone on their left and are broken where the distance
// from the border falls below the limit, to a thousandth of it for limits up to
// ten kilometres. WithinM must be as long as zones. Borders between parts of the territory are not its boundary.
//
// The error is that of [Union].
func Front(ctx context.Context, territory orb.MultiPolygon, zones []orb.MultiPolygon, withinM []float64) ([]orb.MultiLineString, error) {
	_, fronts, err := front(ctx, territory, zones, withinM)
	return fronts, err
}

// FrontArea is Front with the area, in m², of the territory that the zones
// hold, measured on the geometry of the same arrangement. It shares nothing
// with [Overlay], which finds the same area without geometry.
func FrontArea(ctx context.Context, territory orb.MultiPolygon, zones []orb.MultiPolygon, withinM []float64) ([]orb.MultiLineString, float64, error) {
	l, fronts, err := front(ctx, territory, zones, withinM)
	if err != nil {
		return nil, 0, err
	}
	held := l.grid.write(l.arr.Polygons(func(c arrange.Coverage) bool {
		inside, zone := l.heldAt(c)
		return inside && zone > 0
	}))
	area, err := Area(held)
	return fronts, area, err
}

func front(ctx context.Context, territory orb.MultiPolygon, zones []orb.MultiPolygon, withinM []float64) (*layers, []orb.MultiLineString, error) {
	if len(withinM) != len(zones) {
		return nil, nil, fmt.Errorf("geo: %d distances for %d zones", len(withinM), len(zones))
	}
	l, err := newLayers(NonZero, append([]orb.MultiPolygon{territory}, zones...)...)
	if err != nil {
		return nil, nil, err
	}
	l.arr.Together = func(class int) int {
		if class < l.n { // the others are a window and polygons that are not valid
			return min(class, anyZone)
		}
		return class
	}
	if err := l.place(); err != nil {
		return nil, nil, err
	}
	if err := l.node(ctx); err != nil {
		return nil, nil, err
	}
	stretches, border := l.fronts()
	index, err := NewIndex(border)
	if err != nil {
		return nil, nil, err
	}
	fronts := make([]orb.MultiLineString, len(zones))
	for i, stretch := range stretches {
		if err := context.Cause(ctx); err != nil {
			return nil, nil, err
		}
		f := farther{index: index, limit: withinM[i]}
		var kept []directed
		for _, s := range stretch {
			kept = f.append(kept, s)
		}
		fronts[i] = chained(kept)
	}
	return l, fronts, nil
}

// fronts returns, by zone, the edges in the territory that have land of the zone
// on their left and land of no zone on their right, and the territory's boundary.
func (l *layers) fronts() (stretches [][]directed, border orb.MultiLineString) {
	stretches = make([][]directed, l.n-1)
	for _, e := range l.arr.Edges() {
		inLeft, left := l.heldAt(l.arr.Left(e))
		inRight, right := l.heldAt(l.arr.Right(e))
		if inLeft == inRight && (!inLeft || (left == 0) == (right == 0)) {
			continue
		}
		a, b := l.grid.place(e.A), l.grid.place(e.B)
		switch {
		case inLeft != inRight:
			border = append(border, orb.LineString{a, b})
		case left > 0:
			zone := l.firstAcross(e, left, 1)
			stretches[zone-1] = append(stretches[zone-1], directed{a, b})
		default:
			zone := l.firstAcross(e, right, -1)
			stretches[zone-1] = append(stretches[zone-1], directed{b, a})
		}
	}
	return stretches, border
}

// heldAt tells whether a place is in the territory, and which zone holds it:
// anyZone when valid polygons do, else the first whose polygon is not, 0 when none.
func (l *layers) heldAt(c arrange.Coverage) (inside bool, zone int) {
	l.eachCovering(c, func(layer int) {
		switch {
		case layer == 0:
			inside = true
		case zone == 0 || layer < zone:
			zone = layer
		}
	})
	return inside, zone
}

// anyZone is the class that valid polygons of all zones count as.
const anyZone = 1

// firstAcross returns the first of the zones that begin on one side of an edge
// whose other side no zone holds, so that what holds the place begins there.
func (l *layers) firstAcross(e arrange.Edge, held, sign int) int {
	for _, n := range l.arr.Across(e) {
		if class := int(n.Class); anyZone <= class && class < l.n && int(n.Winding)*sign > 0 {
			return class
		}
	}
	return held
}

// chained joins stretches end to end into lines, and closed lines. Where more
// than two meet, lines end.
func chained(stretches []directed) orb.MultiLineString {
	starting, ending := map[orb.Point][]int{}, map[orb.Point]int{}
	for i, s := range stretches {
		starting[s.from] = append(starting[s.from], i)
		ending[s.to]++
	}
	used := make([]bool, len(stretches))
	var lines orb.MultiLineString
	walk := func(i int) {
		line := orb.LineString{stretches[i].from}
		for {
			used[i] = true
			to := stretches[i].to
			line = append(line, to)
			next := starting[to]
			if len(next) != 1 || ending[to] != 1 || used[next[0]] {
				break
			}
			i = next[0]
		}
		lines = append(lines, line)
	}
	for i, s := range stretches {
		if ending[s.from] != 1 || len(starting[s.from]) != 1 {
			walk(i)
		}
	}
	for i := range stretches { // what is left goes round
		if !used[i] {
			walk(i)
		}
	}
	return lines
}
