package ledger

import (
	"context"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// stretch is a straight part of the front.
type stretch struct {
	from, to           orb.Point
	accuracyM, lengthM float64
}

const bytesAStretch = 48

// frontOf returns the front in a cell. Its stretches are no longer than a tenth of a
// degree, so that their parts are longer than they are by 1e-7 only. What runs along a border of cells belongs to
// the cell east or north of it.
func frontOf(ctx context.Context, near *surroundings, shapes []orb.MultiPolygon, accuracies []float64) (out []stretch, err error) {
	fronts, err := geo.Front(ctx, near.land, shapes, accuracies)
	if err != nil {
		return nil, err
	}
	for i, lines := range fronts {
		for _, line := range lines {
			for k := 1; k < len(line); k++ {
				from, to, some := clipped(line[k-1], line[k], near.box)
				if !some {
					continue
				}
				out = append(out, stretch{from, to, accuracies[i], geo.Distance(from, to)})
			}
		}
	}
	return out, nil
}

// clipped returns the part of an edge in a box that is open to the north and east
// (Y.-D. Liang and B. Barsky, 1984).
func clipped(from, to orb.Point, box orb.Bound) (orb.Point, orb.Point, bool) {
	begin, end := 0.0, 1.0
	for k := range 2 {
		d := to[k] - from[k]
		if d == 0 {
			if from[k] < box.Min[k] || from[k] >= box.Max[k] {
				return from, to, false
			}
			continue
		}
		u, v := (box.Min[k]-from[k])/d, (box.Max[k]-from[k])/d
		begin, end = max(begin, min(u, v)), min(end, max(u, v))
	}
	at := func(t float64) orb.Point {
		switch t {
		case 0:
			return from
		case 1:
			return to
		}
		return orb.Point{from[0] + t*(to[0]-from[0]), from[1] + t*(to[1]-from[1])}
	}
	return at(begin), at(end), begin < end
}
