package arrange

// Limit is the largest absolute coordinate: every predicate is exact up to it.
const Limit = 1 << 30

// Point is a grid point.
type Point struct{ X, Y int64 }

// inRange reports whether both coordinates are within ±Limit.
func (p Point) inRange() bool {
	return -Limit <= p.X && p.X <= Limit && -Limit <= p.Y && p.Y <= Limit
}

// key is a point packed so that keys compare as points do: by X, then by Y.
type key uint64

func (p Point) key() key { return key(p.X+1<<31)<<32 | key(p.Y+1<<31) }

func (k key) point() Point { return Point{int64(k>>32) - 1<<31, int64(k&(1<<32-1)) - 1<<31} }

// less orders points by X, then by Y.
func less(a, b Point) bool { return a.X < b.X || a.X == b.X && a.Y < b.Y }

// orient is twice the signed area of the triangle a, b, c: positive when c is
// left of a→b. The two products may wrap around, but the result is at most 2⁶²
// for points within Limit, so the difference is exact.
func orient(a, b, c Point) int64 {
	return (b.X-a.X)*(c.Y-a.Y) - (b.Y-a.Y)*(c.X-a.X)
}

// sign is −1, 0 or 1.
func sign(v int64) int {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}
