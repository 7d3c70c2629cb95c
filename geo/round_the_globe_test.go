package geo

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// drawLongBox draws a box with many decimals and a vertex in the middle of
// its long sides, so that it is what it says, wherever it is.
func drawLongBox(t *rapid.T, name string, west, width *rapid.Generator[float64]) orb.Ring {
	round := func(x float64) float64 {
		grid := rapid.SampledFrom([]float64{1e5, 1e6, 1e7, 1e9, 3}).Draw(t, name+" grid")
		return math.Round(x*grid) / grid
	}
	w := round(west.Draw(t, name+" west"))
	e := round(w + width.Draw(t, name+" width"))
	s := round(rapid.Float64Range(-80, 79).Draw(t, name+" south"))
	n := round(s + rapid.Float64Range(1, 80-s).Draw(t, name+" height"))
	if e-w > 360 {
		e = w + 359.75
	}
	m := w + (e-w)/2
	return orb.Ring{{w, s}, {m, s}, {e, s}, {e, n}, {m, n}, {w, n}}
}

func TestLawOfResultsThatSpanTheGlobe(t *testing.T) {
	spans, checks := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		p := drawLongBox(t, "p", rapid.Float64Range(-200, -150), rapid.Float64Range(300, 360))
		q := drawLongBox(t, "q", rapid.Float64Range(60, 170), rapid.Float64Range(90, 300))
		a, b := layerOf(p), layerOf(q)
		if rapid.Bool().Draw(t, "swapped") {
			a, b = b, a
		}
		// A unit of the coarsest grid, and what is measured from edges round the globe.
		tolerance := 1e-6*degree2*planarPerimeter(p, q) + 1
		areas := mustOverlay(t, Options{}, a, b)
		checks++
		if joint := p.Bound().Union(q.Bound()); joint.Max[0]-joint.Min[0] > 360 {
			spans++
		}
		union := mustShape(t, Union, a, b)
		law(t, "43 A∪B = A + B − A∩B", mustArea(t, union)-(mustArea(t, p)+mustArea(t, q)-areas.Of(3)), tolerance)
		law(t, "43 overlay of A∪B", mustOverlay(t, Options{}, union).Total()-areas.Total(), tolerance)
		law(t, "43 (A∪B)∪B", mustArea(t, mustShape(t, Union, union, b))-areas.Total(), 2*tolerance)
		law(t, "43 A∩B", mustArea(t, mustShape(t, Intersection, a, b))-areas.Of(3), tolerance)
		law(t, "43 A−B", mustArea(t, mustShape(t, Difference, a, b))-areas.Of(1), tolerance)
		law(t, "43 A△B", mustArea(t, mustShape(t, SymmetricDifference, a, b))-areas.Of(1)-areas.Of(2), tolerance)
		law(t, "43 B∪A", mustArea(t, mustShape(t, Union, b, a))-areas.Total(), tolerance)
		dissolved, err := Dissolve(context.Background(), a, b)
		if err != nil || fmt.Sprint(dissolved) != fmt.Sprint(union) {
			t.Fatalf("dissolved: %v, %v; united: %v", dissolved, err, union)
		}
	})
	if spans*2 < checks {
		t.Errorf("%d of %d pairs span the globe", spans, checks)
	}
}

func TestAUnionRoundTheGlobeIsNoWiderThanTheGlobe(t *testing.T) {
	a := layerOf(rectangle(-178.9999999, 0, 180.0000001, 1))
	b := layerOf(orb.Ring{{179.5, 0}, {180.75, 0}, {182, 0}, {182, 1}, {180.75, 1}, {179.5, 1}})
	for _, operands := range [][2]orb.MultiPolygon{{a, b}, {b, a}} {
		u := mustShape(t, Union, operands[0], operands[1])
		if width := u.Bound().Max[0] - u.Bound().Min[0]; width != 360 {
			t.Errorf("%v degrees wide", width)
		}
		if got, want := mustArea(t, u), mustArea(t, rectangle(-180, 0, 180, 1)); math.Abs(got-want) > 1e-12*want {
			t.Errorf("%v m², want %v", got, want)
		}
	}
}

func TestVerticesBesideTheSeamDoNotWidenAUnion(t *testing.T) {
	a := layerOf(rectangle(-170, 0, 180.125, 1))
	const seam, hair = 185.0625, 4e-8
	b := layerOf(orb.Ring{{170, 0}, {seam + hair, 0}, {200, 0}, {200, 1}, {seam - hair, 1}, {170, 1}})
	u := mustShape(t, Union, a, b)
	if width := u.Bound().Max[0] - u.Bound().Min[0]; width != 360 {
		t.Errorf("%v degrees wide", width)
	}
	if got, want := mustArea(t, u), mustArea(t, rectangle(-180, 0, 180, 1)); math.Abs(got-want) > 1e-9*want {
		t.Errorf("%v m², want %v", got, want)
	}
}

func TestNoEdgeOfAResultIsHalfATurnLong(t *testing.T) {
	// The hair that the first is short of a full turn is less than a unit of the
	// grid, which stretches half of it to 180.0000001 degrees.
	const west, middle, east = -0.5273438, 179.4726561, 359.472656
	a := layerOf(orb.Ring{{west, 2}, {middle, 2}, {east, 2}, {east, 34.5}, {middle, 34.5}, {west, 34.5}})
	b := layerOf(rectangle(-8, 0.5, 0, 1.5))
	u := mustShape(t, Union, a, b)
	for _, r := range ringsOf(u) {
		if anyEdge(r, func(width float64) bool { return width >= 180 }) {
			t.Errorf("half round the globe: %v", r)
		}
	}
	if got, want := mustArea(t, u), mustArea(t, a)+mustArea(t, b); math.Abs(got-want) > 1e-7*want {
		t.Errorf("%v m², want %v", got, want)
	}
}

func TestWhatGrowsRoundTheGlobeIsNoWiderThanTheGlobe(t *testing.T) {
	for name, band := range map[string]orb.Ring{
		"a box":     rectangle(-180, -10, 180, 10),
		"two roofs": {{-180, 0}, {0, 10}, {180, 0}, {180, 20}, {0, 30}, {-180, 20}},
	} {
		grown, err := Buffer(context.Background(), layerOf(band), 1000)
		if err != nil {
			t.Fatal(err)
		}
		got, was := mustArea(t, grown), mustArea(t, band)
		// Two strips of a kilometre round the globe, less at higher latitudes.
		if won := (got - was) / 1e9; won < 70 || won > 81 {
			t.Errorf("%s: %.1f thousand km² won", name, won)
		}
	}
	fiji := rectangle(177, -19, 182, -16)
	cut := layerOf(rectangle(177, -19, 180, -16), rectangle(-180, -19, -178, -16))
	whole, err := Buffer(context.Background(), layerOf(fiji), 1000)
	if err != nil {
		t.Fatal(err)
	}
	parts, err := Buffer(context.Background(), cut, 1000)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := mustArea(t, parts), mustArea(t, whole); math.Abs(got-want) > 1e-8*want {
		t.Errorf("cut at the antimeridian: %v m², whole: %v", got, want)
	}
}
