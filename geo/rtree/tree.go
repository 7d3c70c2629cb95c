// Package rtree finds boxes that meet a box, or lie nearest to a place.
//
// A [Tree] is an R-tree that is filled completely and never changed: the boxes
// are sorted along a Hilbert curve and packed, sixteen to a node (I. Kamel and
// C. Faloutsos, 1993: On packing R-trees). It is safe for concurrent use.
package rtree

import (
	"slices"

	"github.com/demarc-map/demarc/geo/hilbert"
)

// Tree holds boxes, called items by their numbers from 0, with coordinates N.
type Tree[N Number] struct {
	boxes []Box[N] // of the items in the order of the curve, then of their parents, …, of the root last
	ends  []int    // where each level ends in boxes
	items []uint32 // which item each of the first boxes is
}

// fan is how many children a node has.
const fan = 16

// New packs n items, fewer than 2³². At returns the box of an item, which must
// not be empty. Hold turns it into the box that the tree keeps, which must hold
// it: one that is larger by a rounding makes a search find an item beside what
// was asked for, and never miss one.
func New[N Number](n int, at func(item int) Box[float64], hold func(Box[float64]) Box[N]) *Tree[N] {
	t := &Tree[N]{}
	if n == 0 {
		return t
	}
	t.boxes = make([]Box[N], 0, n+n/(fan-1)+32)
	t.items = make([]uint32, 0, n)
	for _, o := range order(n, at) {
		item := uint32(o)
		t.items = append(t.items, item)
		t.boxes = append(t.boxes, hold(at(int(item))))
	}
	t.ends = append(t.ends, n)
	for begin, end := 0, n; end-begin > 1; begin, end = end, len(t.boxes) {
		for i := begin; i < end; i += fan {
			b := t.boxes[i]
			for _, c := range t.boxes[i+1 : min(i+fan, end)] {
				b = b.Union(c)
			}
			t.boxes = append(t.boxes, b)
		}
		t.ends = append(t.ends, len(t.boxes))
	}
	return t
}

// curveOrder is the order of the curve that is laid over all boxes.
const curveOrder = 16

// order sorts the items by where their centres lie along the curve, then by
// number: it returns the one in the high and the other in the low 32 bits.
func order(n int, at func(item int) Box[float64]) []uint64 {
	all := at(0)
	for i := 1; i < n; i++ {
		all = all.Union(at(i))
	}
	kx, ky := cells(all.MaxX-all.MinX), cells(all.MaxY-all.MinY)
	order := make([]uint64, n)
	for i := range order {
		b := at(i)
		x, y := (b.MinX/2+b.MaxX/2-all.MinX)*kx, (b.MinY/2+b.MaxY/2-all.MinY)*ky
		order[i] = hilbert.Number(curveOrder, cell(x), cell(y))<<32 | uint64(i)
	}
	slices.Sort(order)
	return order
}

// cells returns the cells of the curve in a unit of a width.
func cells(width float64) float64 {
	if !(width > 0) {
		return 0
	}
	return (1<<curveOrder - 1) / width
}

func cell(v float64) uint32 { return uint32(min(max(0, v), 1<<curveOrder-1)) }

// Bounds returns the box around all items, and false when there are none.
func (t *Tree[N]) Bounds() (b Box[N], ok bool) {
	if len(t.boxes) == 0 {
		return b, false
	}
	return t.boxes[len(t.boxes)-1], true
}

// children returns where in boxes the children of a node above level 0 are.
func (t *Tree[N]) children(level, node int) (begin, end int) {
	parents, below := t.ends[level-1], 0
	if level > 1 {
		below = t.ends[level-2]
	}
	begin = below + (node-parents)*fan
	return begin, min(begin+fan, parents)
}
