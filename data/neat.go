package data

import "math"

// neat returns a figure without the noise of its last bits: a number of at most
// six decimals that lies within 1e-12 of it, relative, or else the figure as it is.
//
// Areas are sums over edges whose rounding is some units of 1e-16 each, and are
// promised to 2e-14 (see geo.Overlay): half a territory is computed as
// 49.999999999999986 %. Nothing that is known so exactly lies so close to a
// short number by chance, about once in 10,000 figures, and then it moves by less
// than what it is known to.
func neat(v float64) float64 {
	short := math.Round(v*1e6) / 1e6
	if math.Abs(v-short) <= 1e-12*math.Abs(v) {
		return short
	}
	return v
}
