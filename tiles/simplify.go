package tiles

import (
	"context"
	"math"
	"slices"
)

// Simplification keeps the vertices of a border alike on both sides of it.
//
// Every run of vertices between two junctions, an arc, is simplified on its own
// by the method of Visvalingam and Whyatt ("Line generalisation by repeated
// elimination of points", 1993): the vertex whose triangle with its neighbours
// is smallest goes first, and its weight is that area, or that of an earlier
// one if larger. It is kept at the zooms at which its weight reaches
// Options.Tolerance. Junctions, where the neighbours of a position differ from
// one ring or line to another, of any layer, are kept at every zoom. An arc is
// gone through in a direction that depends on its positions alone, with exact
// areas, so two zones that share it, and the line that bounds them, are
// simplified alike.

// simplify sets the zoom from which each vertex is kept; maxZoom keeps all.
func (p *prepared) simplify(ctx context.Context, o *Options) error {
	p.keep = make([]uint8, len(p.vertices))
	pinned := p.junctions()
	s := simplifier{least: o.leastTriangles(), balancer: newBalancer(p, o)}
	for i := range p.parts {
		if err := ended(ctx, i); err != nil {
			return err
		}
		closed := p.features[p.parts[i].feature].kind == polygons
		s.balanced = p.held(&p.parts[i])
		for _, r := range p.rings[p.parts[i].ring:p.parts[i].end] {
			s.balancer.first = r.begin
			s.ring(p.vertices[r.begin:r.end], pinned[r.begin:r.end], p.keep[r.begin:r.end], closed)
		}
	}
	p.moves = s.balancer.result()
	return nil
}

// leastTriangles returns, for each zoom, twice the area in square grid units of
// the least triangle that a vertex is kept for.
func (o *Options) leastTriangles() []int64 {
	least := make([]int64, o.MaxZoom+1)
	for z := range least {
		least[z] = int64(min(math.Ceil(math.Ldexp(2*o.Tolerance, 2*o.shift(uint32(z)))), 1<<62)) // no triangle is as large
	}
	return least
}

// simplifier simplifies arcs, with memory kept from one to the next.
type simplifier struct {
	least      []int64  // by zoom, see leastTriangles
	arc        []uint32 // indices into the ring, in canonical direction
	heap       heap
	prev, next []uint32 // of each place in the arc, among those not yet taken out
	balancer   balancer
	balanced   bool // the ring is balanced
}

// ring simplifies one ring or line.
func (s *simplifier) ring(vs []vertex, pinned []bool, keep []uint8, closed bool) {
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
	s.arc = append(s.arc[:0], uint32(start))
	for k := 1; k <= last; k++ {
		i := (start + k) % n
		s.arc = append(s.arc, uint32(i))
		if pinned[i] || k == last {
			s.simplifyArc(vs, keep)
			s.arc = append(s.arc[:0], uint32(i))
		}
	}
}

// simplifyArc simplifies s.arc, whose ends are kept always. An arc that ends where it
// began is cut in two at the vertex farthest from there.
func (s *simplifier) simplifyArc(vs []vertex, keep []uint8) {
	arc := s.arc
	first, end := vs[arc[0]], vs[arc[len(arc)-1]]
	if first != end || len(arc) < 3 {
		s.simplifyOpen(arc, vs, keep)
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
	s.simplifyOpen(arc[:far+1], vs, keep)
	s.simplifyOpen(arc[far:], vs, keep)
}

func (s *simplifier) simplifyOpen(arc []uint32, vs []vertex, keep []uint8) {
	n := len(arc)
	keep[arc[0]], keep[arc[n-1]] = 0, 0
	if n < 3 {
		return
	}
	if backward(arc, vs) {
		slices.Reverse(arc)
		defer slices.Reverse(arc)
	}
	s.prev, s.next = grow(s.prev, n), grow(s.next, n)
	s.heap.where, s.heap.items = grow(s.heap.where, n), s.heap.items[:0]
	for k := range n {
		s.prev[k], s.next[k] = uint32(max(k, 1)-1), uint32(k+1)
		if k > 0 && k < n-1 {
			s.heap.items = append(s.heap.items, weight{triangle(vs[arc[k-1]], vs[arc[k]], vs[arc[k+1]]), uint32(k)})
		}
	}
	s.heap.order()
	zoom := len(s.least) - 1 // from which the heaviest so far is kept
	for len(s.heap.items) > 0 {
		least := s.heap.pop()
		for zoom > 0 && least.size >= s.least[zoom-1] {
			zoom--
		}
		keep[arc[least.place]] = uint8(zoom)
		a, b := s.prev[least.place], s.next[least.place]
		s.next[a], s.prev[b] = b, a
		for _, m := range [2]uint32{a, b} {
			if m > 0 && int(m) < n-1 {
				s.heap.change(weight{triangle(vs[arc[s.prev[m]]], vs[arc[m]], vs[arc[s.next[m]]]), m})
			}
		}
	}
	if s.balanced {
		s.balancer.arc(arc, vs, keep)
	}
}

// backward reports whether an arc is gone through from its other end.
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
