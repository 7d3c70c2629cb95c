package tiles

import "slices"

// simple recognises rings that need no cleaning, which are nearly all: no two
// sides meet, except neighbours in a ring at their common end. It may miss one
// that only touches itself or another in a point; cleaning decides then.
type simple struct {
	window
	sides  []segment
	least  []uint64 // the boxes of the sides, see pack
	most   []uint64
	order  []uint64
	active []int32
}

// segment is a side of a ring, and the rightmost x of it.
type segment struct {
	a, b  point
	right int64
	ring  int32
	index int32 // its place in the ring
	last  int32 // the last place there
}

// fewSides is how many sides are compared each with each.
const fewSides = 48

// disjoint reports whether rings inside the window, each of three points at
// least, are simple and meet nowhere.
func (s *simple) disjoint(w window, rings [][]point) bool {
	s.window, s.sides, s.least, s.most = w, s.sides[:0], s.least[:0], s.most[:0]
	for i, r := range rings {
		if !s.add(r, int32(i)) {
			return false
		}
	}
	if len(s.sides) > fewSides {
		return s.sweep()
	}
	for i := range s.sides {
		most := s.most[i] | laneTops
		for j, least := range s.least[:i] {
			if (most-least)&laneTops == laneTops && s.sides[i].meets(&s.sides[j]) {
				return false
			}
		}
	}
	return true
}

// add adds the sides of a ring; false when one turns straight back or has no length.
func (s *simple) add(r []point, number int32) bool {
	n := len(r)
	p, q := r[n-2], r[n-1]
	for i, next := range r {
		ax, ay, bx, by := q.X-p.X, q.Y-p.Y, next.X-q.X, next.Y-q.Y
		if ax*by == ay*bx && ax*bx+ay*by <= 0 {
			return false
		}
		s.sides = append(s.sides, segment{q, next, max(q.X, next.X), number, int32(i), int32(n - 1)})
		least, most := s.pack(q, next)
		s.least, s.most = append(s.least, least), append(s.most, most)
		p, q = q, next
	}
	return true
}

// laneTops are the highest bits of four lanes of 16 bits.
const laneTops = 0x8000_8000_8000_8000

// pack puts the box of a side into four lanes of 15 bits, so that two boxes
// meet when each lane of one's most is at least the lane of the other's least:
// one subtraction tells.
func (s *simple) pack(a, b point) (least, most uint64) {
	x0, x1 := uint64(min(a.X, b.X)-s.lo), uint64(max(a.X, b.X)-s.lo)
	y0, y1 := uint64(min(a.Y, b.Y)-s.lo), uint64(max(a.Y, b.Y)-s.lo)
	n := uint64(s.length())
	return x0 | (n-x1)<<16 | y0<<32 | (n-y1)<<48, x1 | (n-x0)<<16 | y1<<32 | (n-y0)<<48
}

// sweep compares the sides that share an x. It gives up, with false, when that
// is far more work than there are sides.
func (s *simple) sweep() bool {
	s.order = s.order[:0]
	for i, least := range s.least {
		s.order = append(s.order, least<<48|uint64(i))
	}
	slices.Sort(s.order)
	budget := 1024 + 256*len(s.sides)
	s.active = s.active[:0]
	for _, key := range s.order {
		i := int32(key)
		d, most := &s.sides[i], s.most[i]|laneTops
		if budget -= len(s.active); budget < 0 {
			return false
		}
		left := min(d.a.X, d.b.X)
		kept := s.active[:0]
		for _, j := range s.active {
			e := &s.sides[j]
			if e.right < left {
				continue
			}
			kept = append(kept, j)
			if (most-s.least[j])&laneTops == laneTops && d.meets(e) {
				return false
			}
		}
		s.active = append(kept, i)
	}
	return true
}

// meets reports whether two sides whose boxes meet have a point in common that
// they should not. Neighbours, which do not turn straight back, meet only where
// they should.
func (d *segment) meets(e *segment) bool {
	if d.ring == e.ring {
		step := d.index - e.index
		if step == 1 || step == -1 || step == d.last || step == -d.last {
			return false
		}
	}
	return !d.beside(e) && !e.beside(d)
}

// beside reports whether the line through d leaves e strictly on one side.
func (d *segment) beside(e *segment) bool {
	dx, dy := d.b.X-d.a.X, d.b.Y-d.a.Y
	a := dx*(e.a.Y-d.a.Y) - dy*(e.a.X-d.a.X)
	b := dx*(e.b.Y-d.a.Y) - dy*(e.b.X-d.a.X)
	return a > 0 && b > 0 || a < 0 && b < 0
}
