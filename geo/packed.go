package geo

import (
	"math"
	"slices"
)

// packedTree is an R-tree over boxes, filled completely and never changed: the
// boxes are sorted along a Hilbert curve and packed, packedFan to a node (I.
// Kamel and C. Faloutsos, 1993: On packing R-trees). Boxes are held as
// float32, rounded outward, so a search may find a box that lies beside the
// one asked for by a rounding, about 1e-7 of the coordinate, but never misses one.
type packedTree struct {
	boxes []packedBox // items in curve order, then their parents, …, the root last
	level []int       // where each level ends in boxes
	items []int32     // which item each of the first boxes is
}

const packedFan = 16

type packedBox struct{ west, south, east, north float32 }

func (b packedBox) touches(c packedBox) bool {
	return b.west <= c.east && c.west <= b.east && b.south <= c.north && c.south <= b.north
}

// roundOut returns the least packedBox around an extent.
func roundOut(e extent) packedBox {
	return packedBox{roundDown(e.west), roundDown(e.south), -roundDown(-e.east), -roundDown(-e.north)}
}

func roundDown(v float64) float32 {
	f := float32(v)
	if float64(f) > v {
		f = math.Nextafter32(f, float32(math.Inf(-1)))
	}
	return f
}

// newPackedTree packs n items.
func newPackedTree(n int, at func(item int) extent) *packedTree {
	t := &packedTree{}
	if n == 0 {
		return t
	}
	all := newExtent()
	for i := range n {
		all.join(at(i))
	}
	kx, ky := hilbertScale(all.east-all.west), hilbertScale(all.north-all.south)
	order := make([]uint64, n)
	for i := range order {
		e := at(i)
		x, y := (e.west/2+e.east/2-all.west)*kx, (e.south/2+e.north/2-all.south)*ky
		order[i] = uint64(hilbert(uint32(max(0, x)), uint32(max(0, y))))<<32 | uint64(i)
	}
	slices.Sort(order)

	t.boxes = make([]packedBox, 0, n+n/(packedFan-1)+32)
	t.items = make([]int32, 0, n)
	for _, o := range order {
		item := int32(uint32(o))
		t.items = append(t.items, item)
		t.boxes = append(t.boxes, roundOut(at(int(item))))
	}
	t.level = append(t.level, n)
	for begin, end := 0, n; end-begin > 1; begin, end = end, len(t.boxes) {
		for i := begin; i < end; i += packedFan {
			b := t.boxes[i]
			for _, c := range t.boxes[i+1 : min(i+packedFan, end)] {
				b = packedBox{min(b.west, c.west), min(b.south, c.south), max(b.east, c.east), max(b.north, c.north)}
			}
			t.boxes = append(t.boxes, b)
		}
		t.level = append(t.level, len(t.boxes))
	}
	return t
}

// search calls visit with every item whose box touches the extent, in no
// particular but always the same order, until visit returns false.
func (t *packedTree) search(e extent, visit func(item int32) bool) {
	if len(t.level) > 0 && !e.empty() && e.south <= e.north {
		t.searchNode(roundOut(e), len(t.level)-1, len(t.boxes)-1, visit)
	}
}

func (t *packedTree) searchNode(b packedBox, level, node int, visit func(item int32) bool) bool {
	if !t.boxes[node].touches(b) {
		return true
	}
	if level == 0 {
		return visit(t.items[node])
	}
	begin, end := t.children(level, node)
	for i := begin; i < end; i++ {
		if !t.searchNode(b, level-1, i, visit) {
			return false
		}
	}
	return true
}

// children returns where in boxes the children of a node are.
func (t *packedTree) children(level, node int) (begin, end int) {
	parents, below := t.level[level-1], 0
	if level > 1 {
		below = t.level[level-2]
	}
	begin = below + (node-parents)*packedFan
	return begin, min(begin+packedFan, parents)
}

const hilbertBits = 16

// hilbertScale maps a width to the side of the Hilbert curve.
func hilbertScale(width float64) float64 {
	if !(width > 0) {
		return 0
	}
	return (1<<hilbertBits - 1) / width
}

// hilbert returns how far along the Hilbert curve of order 16 a cell lies
// (after J. Skilling, 2004: Programming the Hilbert curve).
func hilbert(x, y uint32) uint32 {
	x, y = min(x, 1<<hilbertBits-1), min(y, 1<<hilbertBits-1)
	var d uint32
	for s := uint32(1 << (hilbertBits - 1)); s > 0; s >>= 1 {
		var rx, ry uint32
		if x&s != 0 {
			rx = 1
		}
		if y&s != 0 {
			ry = 1
		}
		d += s * s * (3*rx ^ ry)
		if ry == 0 {
			if rx == 1 {
				x, y = s-1-x&(s-1), s-1-y&(s-1)
			}
			x, y = y, x
		}
		x, y = x&(s-1), y&(s-1)
	}
	return d
}
