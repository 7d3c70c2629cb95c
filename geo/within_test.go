package geo

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func TestAPlaceIsWithinTheDistanceOfTheNearestEdge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawRing(t, "p")
		x := mustIndex(t, p)
		c, r := middleOf(p)
		k := math.Pow(10, rapid.Float64Range(-2, 1.5).Draw(t, "far"))
		q := orb.Point{c[0] + k*r*rapid.Float64Range(-1, 1).Draw(t, "dx"), c[1] + k*r*rapid.Float64Range(-1, 1).Draw(t, "dy")}
		_, metres, _, ok := x.Nearest(q)
		if !ok {
			t.Skip("no place on Earth")
		}
		for metres, want := range map[float64]bool{metres: true, metres * 1.0001: true, metres * 0.9999: metres == 0, -1: false, math.NaN(): false, math.Inf(1): true, 3e7: true} {
			if x.Within(q, metres) != want {
				t.Fatalf("within %g m: %v", metres, !want)
			}
		}
	})
}

func TestNothingIsFartherOnAPlaneThanItIs(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 5))
	tried, closest, closer := 0, math.Inf(1), math.Inf(1)
	for range 200_000 {
		p := orb.Point{360*rnd.Float64() - 180, 176*rnd.Float64() - 88}
		far := math.Pow(10, -5+5.5*rnd.Float64())
		q := orb.Point{p[0] + far*rnd.NormFloat64() + 360*float64(rnd.IntN(3)-1), min(90, max(-90, p[1]+far*rnd.NormFloat64()))}
		metres := Distance(p, q)
		plane, ok := planeWithin(p, metres)
		if !ok {
			continue
		}
		tried++
		long := math.Pow(10, -5+5*rnd.Float64())
		edge := indexSegment{a: q, b: orb.Point{q[0] + long*rnd.NormFloat64(), q[1] + long*rnd.NormFloat64()}}
		for what, bound := range map[string]float64{"place": plane.edge(&indexSegment{a: q, b: q}), "edge": plane.edge(&edge), "box": plane.box(edge.extent()), "corner": plane.box(extent{q[0], q[1], q[0], q[1]})} {
			if bound > metres+roundingM {
				t.Fatalf("from %v to %v: %s %v m on the plane, %v m away", p, q, what, bound, metres)
			}
			if what == "place" && metres > 1 && metres < 10_000 && math.Abs(p[1]) < 60 {
				closer = min(closer, bound/metres)
			}
			if what == "corner" && metres > 1 && metres < 10_000 && math.Abs(p[1]) < 60 {
				closest = min(closest, bound/metres)
			}
		}
	}
	if tried < 100_000 || closest < 0.99 || closer < 1-1e-5 {
		t.Errorf("%d places, the plane is only %.5f of the distance, and half-way %.7f", tried, closest, closer)
	}
}
