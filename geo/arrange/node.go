package arrange

import (
	"context"
	"fmt"
	"slices"
)

// noder finds the pixels that matter and bends segments to their centres.
type noder struct {
	cells     cells
	crossings []key
	hot       []key
	passes    []pass
	ends      []int32 // the hot pixels of the ends of every segment: a, b
	bender    bender
	pieces    []piece
}

// stride is how many steps of work pass between two looks at the context.
const stride = 1 << 20

func (n *noder) node(ctx context.Context, segs []segment, budget int64, everywhere bool) ([]piece, error) {
	n.pieces = n.pieces[:0]
	if err := ctx.Err(); err != nil || len(segs) == 0 {
		return nil, err
	}
	n.hot = slices.Grow(n.hot[:0], 2*len(segs))
	for i := range segs {
		n.hot = append(n.hot, segs[i].a.key(), segs[i].b.key())
	}
	most := min(budget/64, 1<<30)
	if !n.cells.build(segs, n.hot, most) {
		return nil, fmt.Errorf("%w: %d segments run across one another", ErrBudget, len(segs))
	}
	if err := n.heat(ctx, segs, budget); err != nil {
		return nil, err
	}
	// Boxes made for the ends are too large where most hot pixels are crossings.
	if len(n.hot) > 8*len(segs) && !n.cells.build(segs, n.hot, most) {
		return nil, fmt.Errorf("%w: %d segments run across one another", ErrBudget, len(segs))
	}
	if err := n.touch(ctx, segs); err != nil {
		return nil, err
	}
	n.bender.load(len(segs), len(n.hot), n.passes)
	n.bender.spread(n.hot, n.crossings, n.passes, everywhere)
	n.bend(segs)
	return n.pieces, nil
}

// heat adds the pixels of all crossings to those of the ends, and sorts them.
func (n *noder) heat(ctx context.Context, segs []segment, budget int64) error {
	n.crossings = n.crossings[:0]
	work, next := int64(0), int64(stride)
	for c := range len(n.cells.ys) {
		items := n.cells.in(c)
		for i, at := range items {
			s := &segs[at]
			lo, hi := min(s.a.Y, s.b.Y), max(s.a.Y, s.b.Y)
			work += int64(len(items) - i)
			for _, other := range items[i+1:] {
				t := &segs[other]
				if s.b.X < t.a.X || t.b.X < s.a.X || hi < min(t.a.Y, t.b.Y) || lo > max(t.a.Y, t.b.Y) {
					continue
				}
				if p, crosses := crossing(s, t); crosses {
					work += crossingWork
					n.crossings = append(n.crossings, p.key())
				}
			}
			if work >= next {
				next = work + stride
				if err := ctx.Err(); err != nil {
					return err
				}
				if work > budget {
					return fmt.Errorf("%w: %d segments", ErrBudget, len(segs))
				}
			}
		}
	}
	slices.Sort(n.crossings)
	n.crossings = slices.Compact(n.crossings)
	n.hot = append(n.hot, n.crossings...)
	slices.Sort(n.hot)
	n.hot = slices.Compact(n.hot)
	return nil
}

// touch finds the hot pixels that segments pass through, in their order, and
// those where they end.
func (n *noder) touch(ctx context.Context, segs []segment) error {
	n.passes = n.passes[:0]
	n.ends = slices.Grow(n.ends[:0], 2*len(segs))[:2*len(segs)]
	work, next := 0, stride
	for h, k := range n.hot {
		p := k.point()
		items := n.cells.at(p)
		if work += len(items); work >= next {
			next = work + stride
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		for _, i := range items {
			switch s := &segs[i]; {
			case p == s.a:
				n.ends[2*i] = int32(h)
			case p == s.b:
				n.ends[2*i+1] = int32(h)
			case inPixel(s.a, s.b, p):
				n.passes = append(n.passes, pass{i, int32(h), orient(s.a, s.b, p) == 0})
			}
		}
	}
	return nil
}

// bend makes the pieces of all segments, segment after segment.
func (n *noder) bend(segs []segment) {
	n.pieces = slices.Grow(n.pieces, len(segs)+len(n.passes))
	for i := range segs {
		s := &segs[i]
		on := n.bender.passesOf(i)
		if s.b.Y < s.a.Y {
			n.reverseColumns(on)
		}
		from := n.ends[2*i]
		for _, k := range on {
			if p := n.passes[k]; p.centre || n.bender.active[p.hot] {
				n.piece(from, p.hot, s)
				from = p.hot
			}
		}
		n.piece(from, n.ends[2*i+1], s)
	}
}

// reverseColumns puts the passes of a falling segment in its order: they come
// by X, then Y, and it meets those of the same X from the highest down.
func (n *noder) reverseColumns(on []int32) {
	column := func(k int32) key { return n.hot[n.passes[k].hot] >> 32 }
	for j := 0; j < len(on); {
		k := j + 1
		for k < len(on) && column(on[k]) == column(on[j]) {
			k++
		}
		slices.Reverse(on[j:k])
		j = k
	}
}

func (n *noder) piece(a, b int32, s *segment) {
	w := s.weight
	if b < a { // a falling segment bent to the vertical
		a, b, w = b, a, -w
	}
	n.pieces = append(n.pieces, piece{a, b, s.class, w})
}
