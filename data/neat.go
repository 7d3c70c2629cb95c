package data

import "math"

// neat returns a percentage without the noise of its last bits: a number of at
// most six decimals that lies within 2e-14 of it, relative, or else the
// percentage as it is.
//
// Areas are sums over edges and are promised to 2e-14 (see geo.Overlay): half a
// territory is computed as 49.999999999999986 %. A percentage lies so close to a
// short number by chance about once in 10⁶, and then moves by less than it is
// known to. Areas stay as they are, so that those of parts add up.
func neat(v float64) float64 {
	short := math.Round(v*1e6) / 1e6
	if math.Abs(v-short) <= 2e-14*math.Abs(v) {
		return short
	}
	return v
}
