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
	bender    bender
	pieces    []piece
}

// piece is a part of a segment between two nodes, with a before b.
type piece struct {
	a, b          key
	class, weight int32
}

// stride is how many steps of work pass between two looks at the context.
const stride = 1 << 20

func (n *noder) node(ctx context.Context, segs []segment, budget int64, everywhere bool) ([]piece, error) {
	n.pieces = n.pieces[:0]
	if err := ctx.Err(); err != nil || len(segs) == 0 {
		return nil, err
	}
	if !n.cells.build(segs, min(budget/8, 1<<31-1)) {
		return nil, fmt.Errorf("%w: %d segments run across one another", ErrBudget, len(segs))
	}
	if err := n.heat(ctx, segs, budget); err != nil {
		return nil, err
	}
	if err := n.touch(ctx, segs); err != nil {
		return nil, err
	}
	n.pieces = n.bender.bend(n.pieces, segs, n.hot, n.crossings, n.passes, everywhere)
	return n.pieces, nil
}

// heat collects the pixels of all ends and of all crossings, in order.
func (n *noder) heat(ctx context.Context, segs []segment, budget int64) error {
	n.hot, n.crossings = n.hot[:0], n.crossings[:0]
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
					work += 64
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
	for i := range segs {
		n.hot = append(n.hot, segs[i].a.key(), segs[i].b.key())
	}
	n.hot = append(n.hot, n.crossings...)
	slices.Sort(n.hot)
	n.hot = slices.Compact(n.hot)
	return nil
}

// pass says that a segment passes through a hot pixel, and whether through its
// very centre. The ends of a segment are left out.
type pass struct {
	seg    int32
	hot    int32
	centre bool
}

// touch finds the hot pixels that segments pass through, in their order.
func (n *noder) touch(ctx context.Context, segs []segment) error {
	n.passes = n.passes[:0]
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
			s := &segs[i]
			if p != s.a && p != s.b && inPixel(s.a, s.b, p) {
				n.passes = append(n.passes, pass{i, int32(h), orient(s.a, s.b, p) == 0})
			}
		}
	}
	return nil
}
