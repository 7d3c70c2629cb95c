package geo

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/demarc-map/demarc/internal/referee"
)

// drawShape draws a multipolygon near another one: stars, with holes, sometimes
// sharing edges or vertices with it, nudged by a hair, crossing themselves,
// spiked, or out of order.
func drawShape(t *rapid.T, near orb.MultiPolygon) orb.MultiPolygon {
	var mp orb.MultiPolygon
	for range rapid.IntRange(1, 3).Draw(t, "polygons") {
		var first orb.Ring
		if len(near) > 0 && rapid.IntRange(0, 2).Draw(t, "copy") == 0 {
			first = slices.Clone(near[0][0])
			if nudge := rapid.SampledFrom([]float64{0, 1e-9, 1e-10, 3e-9}).Draw(t, "nudge"); nudge > 0 {
				for i := range first {
					first[i][0] += nudge * float64(rapid.IntRange(-1, 1).Draw(t, "by"))
				}
			}
		} else {
			first = drawStar(t, "shell", orb.Point{
				rapid.Float64Range(34.2, 34.4).Draw(t, "lon"),
				rapid.Float64Range(31.2, 31.4).Draw(t, "lat"),
			}, math.Pow(10, rapid.Float64Range(-4, -.7).Draw(t, "size")))
		}
		switch rapid.IntRange(0, 5).Draw(t, "fault") {
		case 0: // crosses itself
			i, j := rapid.IntRange(0, len(first)-1).Draw(t, "i"), rapid.IntRange(0, len(first)-1).Draw(t, "j")
			first[i], first[j] = first[j], first[i]
		case 1: // a spike
			i := rapid.IntRange(0, len(first)-1).Draw(t, "i")
			first = slices.Insert(first, i, first[i], orb.Point{34.3, 31.3})
		case 2: // a vertex twice
			first = slices.Insert(first, 1, first[0])
		}
		p := orb.Polygon{append(first, first[0])}
		if rapid.Bool().Draw(t, "holed") {
			c, radius := middleOf(first)
			hole := drawStar(t, "hole", c, radius*rapid.Float64Range(.05, .5).Draw(t, "part"))
			if rapid.IntRange(0, 3).Draw(t, "touches") == 0 {
				hole[0] = first[rapid.IntRange(0, len(first)-1).Draw(t, "where")]
			}
			p = append(p, append(hole, hole[0]))
		}
		mp = append(mp, p)
	}
	return mp
}

type operation func(context.Context, orb.MultiPolygon, orb.MultiPolygon) (orb.MultiPolygon, error)

func mustShape(t rapid.TB, op operation, a, b orb.MultiPolygon) orb.MultiPolygon {
	out, err := op(context.Background(), a, b)
	if err != nil {
		t.Fatal(err)
	}
	if err := referee.Valid(out); err != nil {
		t.Fatalf("%v\n%v", err, out)
	}
	return out
}

func TestAreasOfShapesAreThoseOfTheOverlay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := drawShape(t, nil)
		b := drawShape(t, a)
		areas := mustOverlay(t, Options{}, a, b)
		tolerance := 1e-3 // m²
		for _, mp := range []orb.MultiPolygon{a, b} {
			for _, r := range ringsOf(mp) {
				tolerance += 1e-9 * degree2 * planarPerimeter(r) // one unit of the grid
			}
		}
		both, either := areas.All(3), areas.Any(3)
		law(t, "union geometry = union area", mustArea(t, mustShape(t, Union, a, b))-either, tolerance)
		law(t, "intersection geometry = intersection area", mustArea(t, mustShape(t, Intersection, a, b))-both, tolerance)
		law(t, "difference geometry = difference area", mustArea(t, mustShape(t, Difference, a, b))-areas.Of(1), tolerance)
		law(t, "xor geometry = xor area", mustArea(t, mustShape(t, SymmetricDifference, a, b))-either+both, tolerance)
	})
}

func TestUnionCommutesBitByBit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := drawShape(t, nil)
		b := drawShape(t, a)
		for _, op := range []operation{Union, Intersection, SymmetricDifference} {
			if p, q := mustShape(t, op, a, b), mustShape(t, op, b, a); fmt.Sprint(p) != fmt.Sprint(q) {
				t.Fatalf("%v\n%v", p, q)
			}
		}
	})
}

func TestCleaningAShapeTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, rule := range []FillRule{NonZero, EvenOdd} {
			once, err := Clean(context.Background(), drawShape(t, nil), rule)
			if err != nil {
				t.Fatal(err)
			}
			if err := referee.Valid(once); err != nil {
				t.Fatal(err)
			}
			twice, err := Clean(context.Background(), once, rule)
			if err != nil || fmt.Sprint(once) != fmt.Sprint(twice) {
				t.Fatalf("%v\n%v\n%v", err, once, twice)
			}
		}
	})
}

func TestVerticesOfTheResultAreThoseOfTheInputOrLieWithinAUnitOfAnEdge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := drawShape(t, nil)
		b := drawShape(t, a)
		rings := ringsOf(a, b)
		for _, r := range ringsOf(mustShape(t, SymmetricDifference, a, b)) {
			for _, p := range r {
				least := math.Inf(1)
				for _, s := range rings {
					for i, q := range s {
						e := overlayEdge{x1: q[0], y1: q[1], x2: s[(i+1)%len(s)][0], y2: s[(i+1)%len(s)][1]}
						dx, dy := e.x2-e.x1, e.y2-e.y1
						k := 0.0
						if d := dx*dx + dy*dy; d > 0 {
							k = min(1, max(0, ((p[0]-e.x1)*dx+(p[1]-e.y1)*dy)/d))
						}
						least = min(least, math.Hypot(e.x1+k*dx-p[0], e.y1+k*dy-p[1]))
					}
				}
				law(t, "snap displacement in degrees", least, 1.5e-9)
			}
		}
	})
}

func TestAValidShapeKeepsItsVertices(t *testing.T) {
	for _, name := range []string{"gaza/strip.geojson", "gaza/held-2025-10-19.geojson", "gaza/originals/cod-ab-strip.geojson"} {
		polygons, _ := reference(t, name)
		for _, mp := range polygons {
			out, err := Clean(context.Background(), mp, NonZero)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := vertexSet(out), vertexSet(mp); !slices.Equal(got, want) {
				t.Errorf("%s: %d vertices became %d", name, len(want), len(got))
			}
		}
	}
}

func vertexSet(mp orb.MultiPolygon) []orb.Point {
	var all []orb.Point
	for _, r := range ringsOf(mp) {
		all = append(all, r...)
	}
	slices.SortFunc(all, func(p, q orb.Point) int { return slices.Compare(p[:], q[:]) })
	return slices.Compact(all)
}

func TestGovernoratesDissolveToTheStrip(t *testing.T) {
	governorates, _ := reference(t, "gaza/governorates.geojson")
	strip, _ := reference(t, "gaza/strip.geojson")
	out, err := Dissolve(context.Background(), governorates...)
	if err != nil {
		t.Fatal(err)
	}
	if err := referee.Valid(out); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d polygons, %d vertices; the strip has %d", len(out), len(vertexSet(out)), len(vertexSet(strip[0])))
	if a, b := mustArea(t, out), mustArea(t, strip[0]); math.Abs(a-b) > 1 {
		t.Errorf("%.3f m² of %.3f", a, b)
	}
}
