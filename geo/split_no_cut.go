package geo

import (
	"context"
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/demarc-map/demarc/geo/arrange"
)

// noCut says why a line does not cut: it comes back on itself, or its ends are
// that far from the boundary. Dangling is how many metres of it, in the
// territory, separate nothing.
func (s *splitter) noCut(ctx context.Context, dangling float64) error {
	if dangling == 0 { // it is not short of the boundary: it goes through, or stays outside
		place, found, err := s.comesBack(ctx)
		if err != nil {
			return err
		}
		if found {
			return fmt.Errorf("%w: it comes back on itself near [%.7g %.7g], and a run both ways separates nothing", ErrNoCut, place[0], place[1])
		}
	}
	var metres [2]float64
	for i, end := range []orb.Point{s.line[0], s.line[len(s.line)-1]} {
		metres[i] = math.Inf(1)
		for _, polygon := range s.polygons {
			for _, r := range polygon.rings {
				for k, p := range r {
					metres[i] = min(metres[i], distanceToSegment(end, p, r[(k+1)%len(r)]))
				}
			}
		}
	}
	return fmt.Errorf("%w: its ends are %.0f m and %.0f m from the boundary", ErrNoCut, metres[0], metres[1])
}

// comesBack returns a place in the territory where the line runs as often
// forward as backward, if there is one. The arrangement forgets such runs, so it
// is noded again with the line's segments turned eastward, which do not cancel.
func (s *splitter) comesBack(ctx context.Context) (place orb.Point, found bool, err error) {
	line := s.grid.points(s.line)
	for i, q := range line[1:] {
		p := line[i]
		if q.X < p.X || q.X == p.X && q.Y < p.Y {
			p, q = q, p
		}
		s.arr.AddLine([]arrange.Point{p, q}, linePasses)
	}
	if err := s.node(ctx); err != nil {
		return orb.Point{}, false, err
	}
	if err := s.side(ctx); err != nil {
		return orb.Point{}, false, err
	}
	for i, e := range s.arr.Edges() {
		inside := s.inside[s.faces.Left[i]] && s.inside[s.faces.Right[i]]
		if inside && s.weight(e) == 0 && s.arr.LineWeight(e, linePasses) != 0 {
			return s.grid.place(e.A), true, nil
		}
	}
	return orb.Point{}, false, nil
}
