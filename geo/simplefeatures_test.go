package geo

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"
	"pgregory.net/rapid"
)

// simple returns polygons as simplefeatures has them.
func simple(layer orb.MultiPolygon) geom.Geometry {
	var polygons []geom.Polygon
	for _, p := range layer {
		var rings [][]float64
		for _, r := range p {
			var ring []float64
			for _, v := range append(append(orb.Ring{}, openRing(r)...), r[0]) {
				ring = append(ring, v[0], v[1])
			}
			rings = append(rings, ring)
		}
		polygons = append(polygons, geom.NewPolygonXY(rings...))
	}
	return geom.NewMultiPolygon(polygons).AsGeometry()
}

// OverlayNG (M. Davis, 2020) snaps where it must, so a large difference may be
// its own; the oracle of law 28 has no such excuse.
func TestSimplefeaturesAgreesOnOverlays(t *testing.T) {
	refused, asked := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		p := drawRing(t, "p")
		q := drawNear(t, "q", p)
		a, b := simple(layerOf(p)), simple(layerOf(q))
		if a.Validate() != nil || b.Validate() != nil {
			t.Skip("not valid")
		}
		asked++
		got := mustOverlay(t, Options{planar: true}, layerOf(p), layerOf(q))
		both, err := geom.Intersection(a, b)
		either, err2 := geom.Union(a, b)
		if err != nil || err2 != nil {
			refused++
			return
		}
		_, r := middleOf(p)
		tolerance := 1e-12*r*planarPerimeter(p, q) + 2e-14*planarPerimeter(p, q)
		law(t, "39 A∩B = simplefeatures'", got.Of(3)-both.Area(), tolerance)
		law(t, "39 A∪B = simplefeatures'", got.Total()-either.Area(), tolerance)
	})
	t.Logf("asked %d times, refused %d", asked, refused)
}

func TestSimplefeaturesAgreesOnTheShareOfGaza(t *testing.T) {
	strip, _ := readReference(t, "gaza/strip.geojson")
	held, _ := readReference(t, "gaza/held-2025-10-19.geojson")
	both, err := geom.Intersection(simple(all(strip)), simple(all(held)))
	if err != nil {
		t.Fatal(err)
	}
	got := mustOverlay(t, Options{planar: true}, all(strip), all(held)).Of(3)
	if math.Abs(got-both.Area()) > 1e-14 {
		t.Errorf("%.17g square degrees, simplefeatures %.17g", got, both.Area())
	}
}
