package arrange

import "math/bits"

// crossing returns the pixel in which two segments cross in their interiors.
// An end on the other segment is no crossing: ends are hot already.
func crossing(s, t *segment) (Point, bool) {
	a, b := orient(s.a, s.b, t.a), orient(s.a, s.b, t.b)
	if a == 0 || b == 0 || (a > 0) == (b > 0) {
		return Point{}, false
	}
	c, d := orient(t.a, t.b, s.a), orient(t.a, t.b, s.b)
	if c == 0 || d == 0 || (c > 0) == (d > 0) {
		return Point{}, false
	}
	// The crossing is t.a + (t.b−t.a)·|a|/(|a|+|b|). The sum is twice the area of
	// a quadrilateral within the grid, at most 2⁶³: unsigned arithmetic holds it.
	num, den := magnitude(a), magnitude(a)+magnitude(b)
	return Point{
		t.a.X + mulDivRound(t.b.X-t.a.X, num, den),
		t.a.Y + mulDivRound(t.b.Y-t.a.Y, num, den),
	}, true
}

func magnitude(v int64) uint64 {
	if v < 0 {
		return uint64(-v)
	}
	return uint64(v)
}

// mulDivRound returns ⌊v·num/den + ½⌋ for num ≤ den: the half-open pixel.
func mulDivRound(v int64, num, den uint64) int64 {
	hi, lo := bits.Mul64(magnitude(v), num)
	q, rem := bits.Div64(hi, lo, den)
	if v < 0 { // half rounds up, which is towards zero here
		if rem > den-rem {
			q++
		}
		return -int64(q)
	}
	if rem >= den-rem {
		q++
	}
	return int64(q)
}

// inPixel reports whether a segment passes through the half-open pixel of p.
func inPixel(a, b, p Point) bool {
	// The segment ends on integers and the pixel on halves, so boxes that
	// overlap at all overlap in their interiors.
	if max(a.X, b.X) < p.X || min(a.X, b.X) > p.X || max(a.Y, b.Y) < p.Y || min(a.Y, b.Y) > p.Y {
		return false
	}
	// Twice the orientation of the corner p + (x, y)/2 is 2·orient(p) + dx·y − dy·x;
	// its sign is that of orient(p) when that is too large for the corner to matter.
	dx, dy := b.X-a.X, b.Y-a.Y
	o := orient(a, b, p)
	if o > 1<<33 || o < -1<<33 {
		return false
	}
	o *= 2
	lowerLeft, lowerRight := o-dx+dy, o-dx-dy
	upperLeft, upperRight := o+dx+dy, o+dx-dy
	least := min(lowerLeft, lowerRight, upperLeft, upperRight)
	most := max(lowerLeft, lowerRight, upperLeft, upperRight)
	if least < 0 && most > 0 {
		return true
	}
	// What only touches touches in a corner, and of these the pixel owns one.
	// The corner lies between the ends, or the boxes would not overlap.
	return lowerLeft == 0 && min(a.X, b.X) < p.X && min(a.Y, b.Y) < p.Y
}
