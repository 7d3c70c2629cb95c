package tiles

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/demarc-map/demarc/geo/arrange"
)

// What passes as simple is valid by the exact check, and a star, which is
// simple for certain, passes.
func TestSimpleRingsAreRecognised(t *testing.T) {
	w := window{-4, 60}
	accepted := 0
	rapid.Check(t, func(t *rapid.T) {
		var ring []point
		for range rapid.IntRange(3, 40).Draw(t, "corners") {
			ring = append(ring, point{X: rapid.Int64Range(w.lo, w.hi).Draw(t, "x"), Y: rapid.Int64Range(w.lo, w.hi).Draw(t, "y")})
		}
		if doubleArea(ring) <= 0 {
			return
		}
		var s validity
		if s.holds(w, [][]point{ring}, false) {
			accepted++
			if err := checkPolygons(toOrb([]arrange.Polygon{{ring}})); err != nil {
				t.Fatal(err)
			}
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		w := window{-4000, 4000}
		var ring []point
		n := rapid.IntRange(3, 700).Draw(t, "corners")
		for i := range n {
			radius := float64(rapid.IntRange(1000, 3900).Draw(t, "radius"))
			sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
			ring = append(ring, point{X: int64(math.Round(radius * cos)), Y: int64(math.Round(radius * sin))})
		}
		var s validity
		valid := checkPolygons(toOrb([]arrange.Polygon{{ring}})) == nil
		if got := s.holds(w, [][]point{ring}, false); got != valid {
			t.Fatalf("simple %v, valid %v", got, valid)
		}
	})
	t.Logf("%d accepted", accepted)
}
