package served

import (
	"image/color"
	"math"
)

// Distance is the largest difference of a channel.
func Distance(a, b color.RGBA) float64 {
	d := func(a, b uint8) float64 { return math.Abs(float64(a) - float64(b)) }
	return max(d(a.R, b.R), d(a.G, b.G), d(a.B, b.B))
}
