package geo

import (
	"math"
	"math/big"

	"github.com/paulmach/orb"
)

// orientation tells on which side of the line from a to b the point p lies:
// +1 left, -1 right, 0 exactly on it. It is exact: where the rounded
// determinant may have the wrong sign (J. R. Shewchuk, 1997: Adaptive
// precision floating-point arithmetic, bound A) it is computed in rationals.
func orientation(a, b, p orb.Point) int {
	left := (b[0] - a[0]) * (p[1] - a[1])
	right := (b[1] - a[1]) * (p[0] - a[0])
	det := left - right
	const bound = (3 + 16*0x1p-53) * 0x1p-53
	if math.Abs(det) > bound*(math.Abs(left)+math.Abs(right)) {
		if det > 0 {
			return +1
		}
		return -1
	}
	if (a[0] == b[0] || a[1] == p[1]) && (a[1] == b[1] || a[0] == p[0]) {
		return 0 // both products are exactly 0, as of points on a line along an axis
	}
	return exactOrientation(a, b, p)
}

func exactOrientation(a, b, p orb.Point) int {
	minus := func(u, v float64) *big.Rat {
		var x, y big.Rat
		x.SetFloat64(u)
		y.SetFloat64(v)
		return x.Sub(&x, &y)
	}
	left := minus(b[0], a[0])
	left.Mul(left, minus(p[1], a[1]))
	right := minus(b[1], a[1])
	right.Mul(right, minus(p[0], a[0]))
	return left.Cmp(right)
}
