package tiles

import (
	"math/bits"
	"slices"
)

// Simplification keeps the vertices of a border alike on both sides of it.
//
// Every run of vertices between two junctions, an arc, is weighed on its own by
// the method of Visvalingam and Whyatt ("Line generalisation by repeated
// elimination of points", 1993): the vertex whose triangle with its neighbours
// is smallest goes first, and its weight is that area, or that of an earlier
// one if larger. Junctions, where the neighbours of a position differ from one
// ring or line to another, of any layer, are kept at every zoom. An arc is
// weighed in a direction that depends on its positions alone, with exact areas,
// so two zones that share it, and the line that bounds them, weigh it alike.

// leastTriangle is twice the area, in square tile units, of the smallest
// triangle that a vertex is kept for: one square unit, a 64th of a pixel where
// a tile is drawn at 512 pixels.
const leastTriangle = 2

// weigh sets the zoom from which each vertex is kept; maxZoom keeps all.
func (p *prepared) weigh(o *Options) {
	p.keep = make([]uint8, len(p.vertices))
	pinned := p.junctions()
	var w weigher
	for i := range p.parts {
		closed := p.features[p.parts[i].feature].kind == polygons
		for _, r := range p.rings[p.parts[i].ring:p.parts[i].end] {
			w.ring(p.vertices[r.begin:r.end], pinned[r.begin:r.end], p.keep[r.begin:r.end], closed, o)
		}
	}
}

// weigher weighs arcs, with memory kept from one to the next.
type weigher struct {
	arc        []uint32 // indices into the ring, in canonical direction
	heap       heap
	prev, next []uint32 // of each place in the arc, among those not yet taken out
}

// ring weighs one ring or line.
func (w *weigher) ring(vs []vertex, pinned []bool, keep []uint8, closed bool, o *Options) {
	n := len(vs)
	start := slices.Index(pinned, true)
	if start < 0 { // an island: it is cut at its lowest vertex and the one farthest from that
		start = 0
		for i := range vs {
			if vs[i].less(vs[start]) {
				start = i
			}
		}
	}
	last := n - 1
	if closed {
		last = n
	}
	w.arc = append(w.arc[:0], uint32(start))
	for k := 1; k <= last; k++ {
		i := (start + k) % n
		w.arc = append(w.arc, uint32(i))
		if pinned[i] || k == last {
			w.weighArc(vs, keep, o)
			w.arc = append(w.arc[:0], uint32(i))
		}
	}
}

// weighArc weighs w.arc, whose ends are kept always. An arc that ends where it
// began is cut in two at the vertex farthest from there.
func (w *weigher) weighArc(vs []vertex, keep []uint8, o *Options) {
	arc := w.arc
	first, end := vs[arc[0]], vs[arc[len(arc)-1]]
	if first != end || len(arc) < 3 {
		w.weighOpen(arc, vs, keep, o)
		return
	}
	far, distance := 0, int64(-1)
	for k, i := range arc {
		dx, dy := int64(vs[i].x-first.x), int64(vs[i].y-first.y)
		d := dx*dx + dy*dy
		if d > distance || d == distance && vs[i].less(vs[arc[far]]) {
			far, distance = k, d
		}
	}
	w.weighOpen(arc[:far+1], vs, keep, o)
	w.weighOpen(arc[far:], vs, keep, o)
}

func (w *weigher) weighOpen(arc []uint32, vs []vertex, keep []uint8, o *Options) {
	n := len(arc)
	keep[arc[0]], keep[arc[n-1]] = 0, 0
	if n < 3 {
		return
	}
	if backward(arc, vs) {
		slices.Reverse(arc)
		defer slices.Reverse(arc)
	}
	w.prev, w.next = grow(w.prev, n), grow(w.next, n)
	w.heap.where, w.heap.items = grow(w.heap.where, n), w.heap.items[:0]
	for k := range n {
		w.prev[k], w.next[k] = uint32(max(k, 1)-1), uint32(k+1)
		if k > 0 && k < n-1 {
			w.heap.items = append(w.heap.items, weight{triangle(vs[arc[k-1]], vs[arc[k]], vs[arc[k+1]]), uint32(k)})
		}
	}
	w.heap.order()
	var heaviest int64
	for len(w.heap.items) > 0 {
		least := w.heap.pop()
		heaviest = max(heaviest, least.size)
		keep[arc[least.place]] = o.zoomFor(heaviest)
		a, b := w.prev[least.place], w.next[least.place]
		w.next[a], w.prev[b] = b, a
		for _, m := range [2]uint32{a, b} {
			if m > 0 && int(m) < n-1 {
				w.heap.change(weight{triangle(vs[arc[w.prev[m]]], vs[arc[m]], vs[arc[w.next[m]]]), m})
			}
		}
	}
}

// backward reports whether an arc should be weighed from its other end.
func backward(arc []uint32, vs []vertex) bool {
	for i, j := 0, len(arc)-1; i < j; i, j = i+1, j-1 {
		if a, b := vs[arc[i]], vs[arc[j]]; a != b {
			return b.less(a)
		}
	}
	return false
}

// triangle is twice the area of a triangle; within the grid it is exact.
func triangle(a, b, c vertex) int64 {
	v := int64(b.x-a.x)*int64(c.y-a.y) - int64(c.x-a.x)*int64(b.y-a.y)
	return max(v, -v)
}

// zoomFor returns the first zoom at which a vertex of this weight is kept.
func (o *Options) zoomFor(size int64) uint8 {
	// Kept at z when size ≥ leastTriangle · 4^shift(z).
	if size < leastTriangle {
		return uint8(o.MaxZoom)
	}
	halvings := (bits.Len64(uint64(size)/leastTriangle) - 1) / 2
	return uint8(min(max(o.shift(0)-halvings, 0), int(o.MaxZoom)))
}
