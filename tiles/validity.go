package tiles

// validity recognises rings that need no cleaning, which are nearly all: no two
// sides meet, except neighbours in a ring at their common end. It may miss one
// that only touches itself or another in a point; cleaning decides then.
//
// Sides in a row lie close together, so each validityFan of them have a box, each
// validityFan of those have one, and so on; only what lies in boxes that meet is
// compared. Side i leads from point i to point i+1; a ring ends with its first
// point once more, and the side from there is nothing.
type validity struct {
	lo     int64 // of the window
	size   extent
	points []point
	firsts []int                    // where each ring begins
	levels [validityLevels][]extent // boxes of the sides, of each validityFan of them, …
	work   int                      // comparisons left
	proven bool                     // sides inside the window are known not to meet
}

const (
	validityFan    = 8
	validityLevels = 8 // for 8⁸ sides
)

// holds reports whether rings inside the window, each of three points at
// least, are simple and meet nowhere. It gives up, with false, when telling
// takes far more work than there are sides. Where it is proven that the sides
// did not meet before the cut, only those that end on the perimeter, which the
// cut moved or made, are compared with all.
func (s *validity) holds(w window, rings [][]point, proven bool) bool {
	s.proven = proven
	s.lo, s.size = w.lo, everyLane*extent(w.length())
	s.points, s.firsts, s.levels[0] = s.points[:0], s.firsts[:0], s.levels[0][:0]
	for _, r := range rings {
		if !s.add(r) {
			return false
		}
	}
	s.work = 1024 + 256*len(s.points)
	top := 0
	for ; len(s.levels[top]) > 1 && top+1 < validityLevels; top++ {
		above := s.levels[top+1][:0]
		for below := s.levels[top]; len(below) > 0; {
			n := min(validityFan, len(below))
			box := below[0]
			for _, b := range below[1:n] {
				box = box.join(b)
			}
			above, below = append(above, box), below[n:]
		}
		s.levels[top+1] = above
	}
	return top == 0 || s.apart(top, 0)
}

// add adds a ring; false when it turns straight back or has a side of no length.
func (s *validity) add(r []point) bool {
	s.firsts = append(s.firsts, len(s.points))
	s.points = append(append(s.points, r...), r[0])
	p, q := r[len(r)-1], r[0]
	ax, ay := q.X-p.X, q.Y-p.Y
	box := s.at(q)
	for _, next := range s.points[len(s.points)-len(r):] {
		bx, by := next.X-q.X, next.Y-q.Y
		if ax*by == ay*bx && ax*bx+ay*by <= 0 {
			return false
		}
		here := s.at(next)
		s.levels[0] = append(s.levels[0], box.join(here))
		q, ax, ay, box = next, bx, by, here
	}
	s.levels[0] = append(s.levels[0], nothing)
	return true
}

// at is the box of a point inside the window.
func (s *validity) at(p point) extent { return extentAt(uint64(p.X-s.lo), uint64(p.Y-s.lo), s.size) }

// under is the range of what a box of a level covers one level below.
func (s *validity) under(level, i int) (begin, end int) {
	return i * validityFan, min((i+1)*validityFan, len(s.levels[level-1]))
}

// apart reports whether the sides in a box of a level above 0 meet nowhere.
func (s *validity) apart(level, i int) bool {
	if s.proven && !s.levels[level][i].onPerimeter() {
		return true
	}
	below := s.levels[level-1]
	begin, end := s.under(level, i)
	for k := begin; k < end; k++ {
		reach := below[k].reach(s.size)
		if level == 1 {
			for m := begin; m < k-1; m++ { // side k−1 is a neighbour
				if reach.meets(below[m]) && s.meet(k, m) {
					return false
				}
			}
			continue
		}
		if !s.apart(level-1, k) {
			return false
		}
		for m := begin; m < k; m++ {
			if reach.meets(below[m]) && !s.between(level-1, k, m) {
				return false
			}
		}
	}
	return true
}

// between reports whether the sides in one box of a level above 0 meet none of
// those in another; the boxes meet.
func (s *validity) between(level, i, j int) bool {
	if s.work -= validityFan; s.work < 0 {
		return false
	}
	box, below := s.levels[level][j], s.levels[level-1]
	if s.proven && !box.join(s.levels[level][i]).onPerimeter() {
		return true
	}
	begin, end := s.under(level, i)
	from, to := s.under(level, j)
	for k := begin; k < end; k++ {
		reach := below[k].reach(s.size)
		if !reach.meets(box) {
			continue
		}
		for m := from; m < to; m++ {
			if !reach.meets(below[m]) {
				continue
			}
			if level == 1 && s.meet(k, m) || level > 1 && !s.between(level-1, k, m) {
				return false
			}
		}
	}
	return true
}

// meet reports whether sides i and j < i, whose boxes meet, have a point in
// common that they should not. Neighbours, which do not turn straight back,
// meet only where they should.
func (s *validity) meet(i, j int) bool {
	if i-j == 1 || s.levels[0][i] == nothing || s.levels[0][j] == nothing || s.closes(i, j) {
		return false
	}
	if s.proven && !s.levels[0][i].join(s.levels[0][j]).onPerimeter() {
		return false
	}
	a, b, c, d := s.points[i], s.points[i+1], s.points[j], s.points[j+1]
	return !beside(a, b, c, d) && !beside(c, d, a, b)
}

// closes reports whether side i is the last of a ring and side j its first.
func (s *validity) closes(i, j int) bool {
	if s.levels[0][i+1] != nothing {
		return false
	}
	last := len(s.firsts) - 1
	for s.firsts[last] > i {
		last--
	}
	return s.firsts[last] == j
}

// beside reports whether the line from a to b leaves c and d strictly on one side.
func beside(a, b, c, d point) bool {
	dx, dy := b.X-a.X, b.Y-a.Y
	e := dx*(c.Y-a.Y) - dy*(c.X-a.X)
	f := dx*(d.Y-a.Y) - dy*(d.X-a.X)
	return e > 0 && f > 0 || e < 0 && f < 0
}
