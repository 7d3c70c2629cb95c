package geo

import (
	"context"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

func mustIndex(t rapid.TB, g orb.Geometry) *Index {
	t.Helper()
	x, err := NewIndex(g)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestAnIndexContainsWhatThePolygonContains(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawRing(t, "p")
		x := mustIndex(t, p)
		closed := append(append(orb.Ring{}, p...), p[0])
		b := p.Bound()
		for range 20 {
			q := orb.Point{
				rapid.Float64Range(b.Min[0], b.Max[0]).Draw(t, "lon"),
				rapid.Float64Range(b.Min[1], b.Max[1]).Draw(t, "lat"),
			}
			if got, want := x.Contains(q), planar.RingContains(closed, q); got != want {
				t.Fatalf("Contains(%v) = %v, want %v", q, got, want)
			}
		}
		for i, v := range p {
			if !x.Contains(v) || !x.Contains(orb.Point{v[0] + 360, v[1]}) && v[0]+360-360 == v[0] {
				t.Fatalf("vertex %d %v is not contained", i, v)
			}
		}
	})
}

func TestTheNearestPlaceIsAsNearAsAnyOnTheEdges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawRing(t, "p")
		x := mustIndex(t, p)
		c, r := middleOf(p)
		k := math.Pow(10, rapid.Float64Range(-2, 2).Draw(t, "far"))
		q := orb.Point{c[0] + k*r*rapid.Float64Range(-1, 1).Draw(t, "dx"), c[1] + k*r*rapid.Float64Range(-1, 1).Draw(t, "dy")}
		place, metres, bearing, ok := x.Nearest(q)
		if !ok {
			t.Fatal("nothing found")
		}
		law(t, "35 the place is as far as the distance says", Distance(q, place)-metres, 1e-6)
		if !(0 <= bearing && bearing < 360) {
			t.Fatalf("bearing %v", bearing)
		}
		best := math.Inf(1)
		for _, v := range densified(p, 64) {
			best = min(best, Distance(q, v))
		}
		if metres > best+1e-3 {
			t.Fatalf("%v m, but a vertex is %v m away", metres, best)
		}
		step := 0.0
		for i, v := range p {
			step = max(step, Distance(v, p[(i+1)%len(p)])/64)
		}
		if metres < best-step {
			t.Fatalf("%v m, but the nearest sample is %v m away", metres, best)
		}
	})
}

func TestAPreparedOverlayEqualsTheWholeOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		land := drawRing(t, "land")
		var zones, rings []orb.Ring
		for range rapid.IntRange(0, 8).Draw(t, "zones") {
			zones = append(zones, drawNear(t, "zone", land))
		}
		q := drawNear(t, "q", land)
		rings = append(append(rings, zones...), land, q)
		layers := []orb.MultiPolygon{layerOf(land), layerOf(zones...)}
		whole := mustOverlay(t, Options{}, layers[0], layers[1], layerOf(q))
		prepared, err := Prepare(layers, Options{})
		if err != nil {
			t.Fatal(err)
		}
		part, err := prepared.Overlay(context.Background(), layerOf(q))
		if err != nil {
			t.Fatal(err)
		}
		for mask := uint(4); mask < 8; mask++ {
			law(t, "29 a prepared overlay = the whole one", part.Of(mask)-whole.Of(mask), ofArea(mustArea(t, q))+8*ofMeasuring(rings...))
		}
	})
}
