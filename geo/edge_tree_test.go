package geo

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/demarc-map/demarc/geo/rtree"
)

// The nearest place is looked for by the rounded boxes: what sticks out of one
// could be passed over.
func TestTheRoundedBoxOfAnEdgeHoldsIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Float64Range(-540, 540)
		x1, x2, y1, y2 := v.Draw(t, "x1"), v.Draw(t, "x2"), v.Draw(t, "y1"), v.Draw(t, "y2")
		b := rtree.Box[float64]{MinX: min(x1, x2), MinY: min(y1, y2), MaxX: max(x1, x2), MaxY: max(y1, y2)}
		r := roundOut(b)
		if float64(r.MinX) > b.MinX || float64(r.MinY) > b.MinY || float64(r.MaxX) < b.MaxX || float64(r.MaxY) < b.MaxY {
			t.Fatalf("%v sticks out of %v", b, r)
		}
		if grown := max(b.MinX-float64(r.MinX), float64(r.MaxX)-b.MaxX); grown > math.Ldexp(1, 10-23) {
			t.Fatalf("%v grows by %g", b, grown)
		}
	})
}
