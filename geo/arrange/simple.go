package arrange

import (
	"cmp"
	"slices"
)

// simple recognises polygons that need no cleaning.
type simple struct {
	sides  []side
	active []int32
}

// side is a segment of a ring with a before b.
type side struct {
	a, b   Point
	lo, hi int64 // range of Y
	ring   int32
	index  int32 // its place in the ring
	last   int32 // the last place in the ring
}

func (s *simple) polygon(rings [][]Point) bool {
	s.sides = s.sides[:0]
	for i, r := range rings {
		if !s.ring(r, int32(i)) {
			return false
		}
	}
	if len(rings) == 0 || (len(rings)-1)*len(s.sides) > mostLooks || !s.disjoint() {
		return false
	}
	for i, hole := range rings[1:] {
		if !within(hole[0], rings[0]) {
			return false
		}
		for j, other := range rings[1:] {
			if i != j && within(hole[0], other) {
				return false
			}
		}
	}
	return true
}

// mostLooks is up to how many sides are looked at to tell where holes lie: each
// hole looks at all. A polygon with more is arranged, which takes less.
const mostLooks = 20_000_000

// ring adds the sides of a ring; false when it is out of range, has fewer than
// three corners, repeats a point or turns straight back.
func (s *simple) ring(r []Point, number int32) bool {
	r = open(r)
	n := len(r)
	if n < 3 {
		return false
	}
	for i, p := range r {
		if !p.inRange() {
			return false
		}
		q := r[(i+1)%n]
		if p == q {
			return false
		}
		if next := r[(i+2)%n]; orient(p, q, next) == 0 &&
			(sign(q.X-p.X) != sign(next.X-q.X) || sign(q.Y-p.Y) != sign(next.Y-q.Y)) {
			return false
		}
		d := side{a: p, b: q, lo: min(p.Y, q.Y), hi: max(p.Y, q.Y), ring: number, index: int32(i), last: int32(n - 1)}
		if less(q, p) {
			d.a, d.b = q, p
		}
		s.sides = append(s.sides, d)
	}
	return true
}

// open returns a ring without a repeated last point.
func open(r []Point) []Point {
	for len(r) > 1 && r[0] == r[len(r)-1] {
		r = r[:len(r)-1]
	}
	return r
}

// disjoint reports whether no two sides meet, neighbours aside. It gives up,
// with false, when that takes far more work than there are sides.
func (s *simple) disjoint() bool {
	slices.SortFunc(s.sides, func(p, q side) int { return cmp.Compare(p.a.X, q.a.X) })
	budget := 1024 + 256*len(s.sides)
	s.active = s.active[:0]
	for i := range s.sides {
		p := &s.sides[i]
		kept := s.active[:0]
		if budget -= len(s.active); budget < 0 {
			return false
		}
		for _, j := range s.active {
			q := &s.sides[j]
			if q.b.X < p.a.X {
				continue
			}
			kept = append(kept, j)
			if p.lo <= q.hi && q.lo <= p.hi && !neighbours(p, q) && meet(p, q) {
				return false
			}
		}
		s.active = append(kept, int32(i))
	}
	return true
}

// neighbours reports whether two sides follow each other in a ring. Those of a
// triangle all do, and with three different corners meet nowhere else.
func neighbours(p, q *side) bool {
	if p.ring != q.ring {
		return false
	}
	d := p.index - q.index
	return d == 1 || d == -1 || d == p.last || d == -p.last
}

// meet reports whether two sides whose boxes overlap have a point in common.
func meet(p, q *side) bool {
	return sign(orient(p.a, p.b, q.a))*sign(orient(p.a, p.b, q.b)) <= 0 &&
		sign(orient(q.a, q.b, p.a))*sign(orient(q.a, q.b, p.b)) <= 0
}

// within reports whether p, which is on no side of the ring, is inside it.
func within(p Point, ring []Point) bool {
	inside := false
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		if (a.Y > p.Y) != (b.Y > p.Y) && (orient(a, b, p) > 0) == (b.Y > a.Y) {
			inside = !inside
		}
	}
	return inside
}
