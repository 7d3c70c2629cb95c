package arrange

import (
	"context"
	"slices"
)

// steps remembers which coverage follows when a delta is crossed.
type steps struct {
	few  [16][16]int32 // coverage+1 by coverage and delta, for small numbers
	many map[[2]int32]int32
	sum  []Count
}

func (s *steps) reset() {
	s.few = [16][16]int32{}
	clear(s.many)
}

// across returns the coverage on the left of an edge from the one on its right.
func (a *Arrangement) across(cover, delta int32) int32 {
	s := &a.steps
	small := cover < 16 && delta < 16
	if small {
		if id := s.few[cover][delta]; id > 0 {
			return id - 1
		}
	} else if id, known := s.many[[2]int32{cover, delta}]; known {
		return id
	}
	s.sum = addCounts(s.sum[:0], a.covers.at(cover), a.together(a.deltas.at(delta)))
	id := a.covers.number(s.sum)
	if small {
		s.few[cover][delta] = id + 1
	} else {
		if s.many == nil {
			s.many = map[[2]int32]int32{}
		}
		s.many[[2]int32{cover, delta}] = id
	}
	return id
}

// together counts as one what Together says.
func (a *Arrangement) together(delta Coverage) Coverage {
	if a.Together == nil {
		return delta
	}
	pieces := make([]piece, 0, len(delta))
	for _, n := range delta {
		if n.Class >= 0 {
			pieces = append(pieces, piece{class: int32(a.Together(int(n.Class))), weight: n.Winding})
		}
	}
	return sumPieces(nil, pieces)
}

// spread fills the sweep with all edges of the arrangement.
func (a *Arrangement) spread() *sweep {
	w := &a.sweep
	w.spans = slices.Grow(w.spans[:0], len(a.edges))
	for i := range a.edges {
		w.spans = append(w.spans, spanOf(&a.edges[i]))
	}
	return w
}

// label sets the coverage on both sides of every edge.
func (a *Arrangement) label(ctx context.Context) error {
	return a.spread().run(ctx, len(a.nodes.hot), func(starting []int32, below int32, _ int) {
		cover := int32(0)
		if below >= 0 {
			cover = a.edges[below].left
		}
		for _, i := range starting {
			e := &a.edges[i]
			e.right = cover
			cover = a.across(cover, e.delta)
			e.left = cover
		}
	})
}
