package geojson

import (
	"math"
	"math/big"

	"github.com/paulmach/orb"
)

// turnOf tells which way a closed ring turns: positive counter-clockwise,
// negative clockwise, 0 when it encloses as much on one side as on the other.
// It is exact: a ring whose corners lie nearly on a line turns the same way
// however it is written, so that reversing it is done once.
func turnOf(r orb.Ring) int {
	sum, size := 0.0, 0.0
	for i := 1; i < len(r); i++ {
		left, right := (r[i-1][0]-r[0][0])*(r[i][1]-r[0][1]), (r[i][0]-r[0][0])*(r[i-1][1]-r[0][1])
		sum += left - right
		size += math.Abs(left) + math.Abs(right)
	}
	if bound := float64(len(r)+8) * 0x1p-52 * size; math.Abs(sum) > bound+0x1p-1000 { // what underflows is below the second
		return int(math.Copysign(1, sum))
	}
	return exactTurn(r)
}

// exactTurn is the sign of twice the area in square degrees. Differences of
// degrees fit 1,100 bits, their products twice as many.
func exactTurn(r orb.Ring) int {
	minus := func(u, v float64) *big.Float {
		f := new(big.Float).SetPrec(1100).SetFloat64(u)
		return f.Sub(f, big.NewFloat(v))
	}
	product := func(a, b *big.Float) *big.Float { return new(big.Float).SetPrec(2300).Mul(a, b) }
	sum := new(big.Float).SetPrec(2400)
	for i := 1; i < len(r); i++ {
		sum.Add(sum, product(minus(r[i-1][0], r[0][0]), minus(r[i][1], r[0][1])))
		sum.Sub(sum, product(minus(r[i][0], r[0][0]), minus(r[i-1][1], r[0][1])))
	}
	return sum.Sign()
}
