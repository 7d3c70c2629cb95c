package ledger

import (
	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// surroundings are a cell that is not open yet, and what lies in it or close to it.
type surroundings struct {
	cell   cell
	box    orb.Bound
	beyond orb.Bound // a little more, so that what runs along the border is seen from both sides
	land   orb.MultiPolygon
	zones  []int32 // positions, ascending
	edges  int     // in the cell, at most
	reachM float64 // the accuracy of the least exact zone
}

// beside is the part of its size by which a cell looks beyond itself.
const beside = 64

func newSurroundings(c cell) *surroundings {
	return &surroundings{cell: c, box: c.bound(), beyond: padded(c.bound(), c.size()/beside, 0)}
}

// add adds a zone that reaches a cell or comes close to it.
func (s *surroundings) add(st *stock, i int32) {
	z := &st.zones[i]
	s.zones, s.reachM = append(s.zones, i), max(s.reachM, z.accuracyM)
	if within(z.bound, s.box) {
		s.edges += z.edges
	} else {
		s.edges += edgesIn(z.shape, s.box)
	}
}

// part is what of them reaches one of the four cells of the cell.
func (s *surroundings) part(st *stock, c cell) *surroundings {
	out := newSurroundings(c)
	for _, i := range s.zones {
		if st.zones[i].bound.Intersects(out.beyond) {
			out.add(st, i)
		}
	}
	// The front is told from the land's own border within the accuracy.
	out.land = geo.Cropped(s.land, padded(out.box, c.size()/beside, out.reachM))
	out.edges += edgesIn(out.land, out.box)
	return out
}

// shapes are the zones, with few positions beyond the cell.
func (s *surroundings) shapes(st *stock) (shapes []orb.MultiPolygon, accuracies []float64) {
	for _, i := range s.zones {
		z := &st.zones[i]
		shape := z.shape
		if !within(z.bound, s.beyond) {
			shape = geo.Cropped(shape, s.beyond)
		}
		if len(shape) > 0 {
			shapes, accuracies = append(shapes, shape), append(accuracies, z.accuracyM)
		}
	}
	return shapes, accuracies
}
