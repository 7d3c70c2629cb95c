package geo

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// drawnPolygon is a polygon around a place, with a hole sometimes, which may be a sliver.
func drawnPolygon(t *rapid.T, name string) orb.Polygon {
	n := rapid.IntRange(3, 12).Draw(t, name+" vertices")
	flatness := rapid.SampledFrom([]float64{1, 1, 0.1, 1e-6}).Draw(t, name+" flatness")
	east := rapid.Float64Range(-0.05, 0.05).Draw(t, name+" east")
	ring := func(scale float64) orb.Ring {
		var out orb.Ring
		for i := range n {
			sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
			r := scale * rapid.Float64Range(0.5, 1).Draw(t, name+" radius")
			out = append(out, orb.Point{34.4 + east + 0.1*r*cos, 31.4 + 0.1*r*sin*flatness})
		}
		return append(out, out[0])
	}
	polygon := orb.Polygon{ring(1)}
	if rapid.Bool().Draw(t, name+" has a hole") {
		polygon = append(polygon, ring(0.3))
	}
	return polygon
}

func TestAnInnerPointLiesInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shape := orb.MultiPolygon{drawnPolygon(t, "a")}
		p, ok, err := InnerPoint(shape)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		if !mustIndex(t, shape).Contains(p) {
			t.Fatalf("%v lies outside", p)
		}
		if again, _, _ := InnerPoint(shape); again != p {
			t.Fatalf("%v, then %v", p, again)
		}
	})
}

func TestNoPolygonHasNoInnerPoint(t *testing.T) {
	if p, ok, err := InnerPoint(orb.LineString{{0, 0}, {1, 1}}); ok || err != nil {
		t.Errorf("%v %v %v", p, ok, err)
	}
	if p, ok, err := InnerPoint(orb.Polygon{{{179, 0}, {-179, 0}, {-179, 1}, {179, 1}, {179, 0}}}); !ok || err != nil || math.Abs(p[0]) < 179.9 {
		t.Errorf("across the antimeridian: %v %v %v", p, ok, err)
	}
}

func TestPiecesAddUpAndEachLiesOnOneSide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := orb.LineString(coast(rapid.IntRange(2, 40).Draw(t, "vertices"), orb.Point{34.4, 31.4}, 0.2, rapid.Uint64().Draw(t, "seed")))
		indexes := []*Index{mustIndex(t, drawnPolygon(t, "a")), mustIndex(t, drawnPolygon(t, "b"))}
		pieces, err := Pieces(line, indexes...)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, p := range pieces {
			sum += p.LengthM
			for k, x := range indexes {
				for _, share := range []float64{0.1, 0.5, 0.9} {
					at := directed{p.From, p.To}.at(share)
					if _, metres, _, _ := x.Nearest(at); metres > 1e-3 && x.Contains(at) != p.In[k] {
						t.Fatalf("%v of a piece is in %d: %v", at, k, !p.In[k])
					}
				}
			}
		}
		if want := Length(line); math.Abs(sum-want) > 1e-9*want {
			t.Fatalf("pieces have %g m, the line %g m", sum, want)
		}
	})
}

func TestALineAlongABoundaryLiesInsideAllTheWay(t *testing.T) {
	shape := orb.Polygon{{{34, 31}, {34.37, 31.11}, {34.41, 31.53}, {34.02, 31.47}, {34, 31}}}
	pieces, err := Pieces(orb.LineString(shape[0]), mustIndex(t, shape))
	if err != nil || len(pieces) < 4 {
		t.Fatal(pieces, err)
	}
	for _, p := range pieces {
		if !p.In[0] {
			t.Errorf("%v lies outside", p)
		}
	}
}
