package geo

import (
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// Points of a grid, moved by a few units in the last place, are often on one line,
// or nearly: where rounding would decide.
func TestTheQuickOrientationIsTheExactOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.Custom(func(t *rapid.T) float64 {
			n := float64(rapid.IntRange(-3, 3).Draw(t, "grid")) * rapid.SampledFrom([]float64{1, 0.1, 1e-170}).Draw(t, "size")
			return n * (1 + 0x1p-52*float64(rapid.IntRange(-1, 1).Draw(t, "ulps")))
		})
		point := rapid.Custom(func(t *rapid.T) orb.Point { return orb.Point{number.Draw(t, "x"), number.Draw(t, "y")} })
		a, b, p := point.Draw(t, "a"), point.Draw(t, "b"), point.Draw(t, "p")
		if quick, exact := orientation(a, b, p), exactOrientation(a, b, p); quick != exact {
			t.Fatalf("%v, %v, %v: %d, exactly %d", a, b, p, quick, exact)
		}
	})
}
