package gen

import "math"

// noise returns a number in [-1, 1) that depends on its arguments alone, so that
// any border can be made on its own. Mixing by splitmix64 (Steele, Lea and Flood, 2014).
func noise(seed uint64, keys ...int) float64 {
	h := mix(seed)
	for _, k := range keys {
		h = mix(h ^ uint64(k))
	}
	return float64(int64(h)>>11) / (1 << 52)
}

func mix(h uint64) uint64 {
	h += 0x9e3779b97f4a7c15
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// round returns degrees on the grid of 1e-7 that the files are written on.
func round(degrees float64) float64 { return math.Round(degrees*1e7) / 1e7 }
