package tiles

// simple recognises rings that need no cleaning, which are nearly all: no two
// sides meet, except neighbours in a ring at their common end. It may miss one
// that only touches itself or another in a point; cleaning decides then.
//
// Sides in a row lie close together, so each simpleFan of them have a box, each
// simpleFan of those have one, and so on; only what lies in boxes that meet is
// compared.
type simple struct {
	window
	sides  []segment
	levels [simpleLevels][]packed // boxes of the sides, of each simpleFan of them, …
	work   int                    // comparisons left
}

const (
	simpleFan    = 8
	simpleLevels = 8 // for 8⁸ sides
)

// segment is a side of a ring.
type segment struct {
	a, b  point
	ring  int32
	index int32 // its place in the ring
	last  int32 // the last place there
}

// packed is a box in four lanes of 15 bits, so that two boxes meet when each
// lane of one's most is at least the lane of the other's least: one subtraction tells.
type packed struct{ least, most uint64 }

// laneTops are the highest bits of four lanes of 16 bits.
const laneTops = 0x8000_8000_8000_8000

func (p packed) meets(q packed) bool { return (p.most|laneTops-q.least)&laneTops == laneTops }

// pack packs the box of two points inside the window.
func (s *simple) pack(a, b point) packed {
	x0, x1 := uint64(min(a.X, b.X)-s.lo), uint64(max(a.X, b.X)-s.lo)
	y0, y1 := uint64(min(a.Y, b.Y)-s.lo), uint64(max(a.Y, b.Y)-s.lo)
	n := uint64(s.length())
	return packed{x0 | (n-x1)<<16 | y0<<32 | (n-y1)<<48, x1 | (n-x0)<<16 | y1<<32 | (n-y0)<<48}
}

// join is the box around two boxes.
func (p packed) join(q packed) packed {
	smaller := lanesFrom(q.least, p.least) // where p.least ≤ q.least
	larger := lanesFrom(p.most, q.most)
	return packed{p.least&smaller | q.least&^smaller, p.most&larger | q.most&^larger}
}

// lanesFrom has all bits of the lanes where a ≥ b.
func lanesFrom(a, b uint64) uint64 {
	tops := (a | laneTops - b) & laneTops
	return tops - tops>>15 | tops
}

// disjoint reports whether rings inside the window, each of three points at
// least, are simple and meet nowhere. It gives up, with false, when telling
// takes far more work than there are sides.
func (s *simple) disjoint(w window, rings [][]point) bool {
	s.window, s.sides, s.levels[0] = w, s.sides[:0], s.levels[0][:0]
	for i, r := range rings {
		if !s.add(r, int32(i)) {
			return false
		}
	}
	s.work = 1024 + 256*len(s.sides)
	top := 0
	for ; len(s.levels[top]) > 1 && top+1 < simpleLevels; top++ {
		above := s.levels[top+1][:0]
		for below := s.levels[top]; len(below) > 0; {
			n := min(simpleFan, len(below))
			box := below[0]
			for _, b := range below[1:n] {
				box = box.join(b)
			}
			above, below = append(above, box), below[n:]
		}
		s.levels[top+1] = above
	}
	return s.apart(top, 0)
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
		s.sides = append(s.sides, segment{q, next, number, int32(i), int32(n - 1)})
		s.levels[0] = append(s.levels[0], s.pack(q, next))
		p, q = q, next
	}
	return true
}

// under is the range of what a box of a level covers one level below.
func (s *simple) under(level, i int) (begin, end int) {
	return i * simpleFan, min((i+1)*simpleFan, len(s.levels[level-1]))
}

// apart reports whether the sides in a box meet nowhere.
func (s *simple) apart(level, i int) bool {
	if level == 0 {
		return true
	}
	begin, end := s.under(level, i)
	for k := begin; k < end; k++ {
		if !s.apart(level-1, k) {
			return false
		}
		for m := begin; m < k; m++ {
			if s.levels[level-1][k].meets(s.levels[level-1][m]) && !s.between(level-1, k, m) {
				return false
			}
		}
	}
	return true
}

// between reports whether the sides in one box meet none of those in another;
// the boxes meet.
func (s *simple) between(level, i, j int) bool {
	if level == 0 {
		return !s.sides[i].meets(&s.sides[j])
	}
	if s.work -= simpleFan; s.work < 0 {
		return false
	}
	box, below := s.levels[level][j], s.levels[level-1]
	begin, end := s.under(level, i)
	from, to := s.under(level, j)
	for k := begin; k < end; k++ {
		if !below[k].meets(box) {
			continue
		}
		for m := from; m < to; m++ {
			if below[k].meets(below[m]) && !s.between(level-1, k, m) {
				return false
			}
		}
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
