package tiles

import "github.com/demarc-map/demarc/geo/arrange"

// point is a position in tile units.
type point = arrange.Point

// window is the square of a tile with its buffer. A point is inside when
// lo < x < hi and lo < y < hi; the perimeter counts as outside.
type window struct{ lo, hi int64 }

// side is a set of sides of the window that a point lies on or beyond.
type side uint8

const (
	left side = 1 << iota
	right
	top
	bottom
)

func (w window) side(p point) side {
	var s side
	if p.X <= w.lo {
		s = left
	} else if p.X >= w.hi {
		s = right
	}
	if p.Y <= w.lo {
		s |= top
	} else if p.Y >= w.hi {
		s |= bottom
	}
	return s
}

// clamp returns the point of the window nearest to p.
func (w window) clamp(p point) point {
	return point{X: min(max(p.X, w.lo), w.hi), Y: min(max(p.Y, w.lo), w.hi)}
}

func (w window) length() int64 { return w.hi - w.lo }
func (w window) lap() int64    { return 4 * w.length() }

// along returns how far along the perimeter a point of it is, from 0 at the
// upper left corner to lap, in the direction of positive area: over the upper
// right, lower right and lower left corner.
func (w window) along(p point) int64 {
	switch {
	case p.Y == w.lo:
		return p.X - w.lo
	case p.X == w.hi:
		return w.length() + p.Y - w.lo
	case p.Y == w.hi:
		return 2*w.length() + w.hi - p.X
	}
	return 3*w.length() + w.hi - p.Y
}

// corner returns the corner at k lengths along the perimeter.
func (w window) corner(k int64) point {
	switch k & 3 {
	case 0:
		return point{X: w.lo, Y: w.lo}
	case 1:
		return point{X: w.hi, Y: w.lo}
	case 2:
		return point{X: w.hi, Y: w.hi}
	}
	return point{X: w.lo, Y: w.hi}
}

// towards returns the shorter signed way along the perimeter between two places on it.
func (w window) towards(from, to int64) int64 {
	d := modulo(to-from, w.lap())
	if 2*d > w.lap() {
		d -= w.lap()
	}
	return d
}

// around returns the signed way along the perimeter that a segment goes which
// stays outside: from beyond one side, round one or two corners, beyond another.
func (w window) around(a, b point) int64 {
	d := modulo(w.along(w.clamp(b))-w.along(w.clamp(a)), w.lap())
	// Twice the coordinates from the centre are integers.
	ax, ay := 2*a.X-w.lo-w.hi, 2*a.Y-w.lo-w.hi
	bx, by := 2*b.X-w.lo-w.hi, 2*b.Y-w.lo-w.hi
	if d != 0 && ax*by < ay*bx {
		d -= w.lap()
	}
	return d
}

// crossing returns where a segment enters the inside and where it leaves it,
// on the perimeter rounded to tile units, or the end that is inside itself.
// It reports whether any of the segment is inside. The direction of the
// segment makes no difference to where it is cut.
func (w window) crossing(a, b point) (in, out point, ok bool) {
	enter, leave := fraction{0, 1}, fraction{1, 1}
	enterSide, leaveSide := side(0), side(0)
	dx, dy := b.X-a.X, b.Y-a.Y
	for _, c := range [4]struct {
		to, d int64
		side  side
	}{
		{w.lo - a.X, dx, left}, {a.X - w.hi, -dx, right}, {w.lo - a.Y, dy, top}, {a.Y - w.hi, -dy, bottom},
	} {
		// Inside this side where d·t > to.
		switch {
		case c.d == 0:
			if c.to >= 0 {
				return in, out, false
			}
		case c.d > 0:
			if t := (fraction{c.to, c.d}); enter.less(t) {
				enter, enterSide = t, c.side
			}
		default:
			if t := (fraction{-c.to, -c.d}); t.less(leave) {
				leave, leaveSide = t, c.side
			}
		}
	}
	if !enter.less(leave) {
		return in, out, false
	}
	in, out = a, b
	if w.side(a) != 0 {
		in = w.on(enterSide, a, b, a)
	}
	if w.side(b) != 0 {
		out = w.on(leaveSide, a, b, b)
	}
	return in, out, true
}

// on returns where the line through a and b meets a side. An end that lies on
// the perimeter already is returned as it is.
func (w window) on(s side, a, b, end point) point {
	if w.clamp(end) == end {
		return end
	}
	at := w.lo
	if s == right || s == bottom {
		at = w.hi
	}
	var p point
	if s == left || s == right {
		p = point{X: at, Y: a.Y + roundDivide((b.Y-a.Y)*(at-a.X), b.X-a.X)}
	} else {
		p = point{X: a.X + roundDivide((b.X-a.X)*(at-a.Y), b.Y-a.Y), Y: at}
	}
	return w.clamp(p)
}

// fraction is num/den with den > 0.
type fraction struct{ num, den int64 }

func (f fraction) less(g fraction) bool { return f.num*g.den < g.num*f.den }

// modulo is the remainder from 0 up.
func modulo(v, m int64) int64 {
	if v %= m; v < 0 {
		v += m
	}
	return v
}

// floorDivide rounds down.
func floorDivide(v, d int64) int64 {
	q := v / d
	if v%d != 0 && (v < 0) != (d < 0) {
		q--
	}
	return q
}

// roundDivide rounds to the nearest integer, halves up.
func roundDivide(v, d int64) int64 {
	if d < 0 {
		v, d = -v, -d
	}
	q := floorDivide(v, d)
	if r := v - q*d; r >= d-r {
		q++
	}
	return q
}
