package geo

import (
	"context"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/demarc-map/demarc/geo/arrange"
)

// cells draws some cells of a jagged grid whose neighbours share their borders.
func cells(t *rapid.T) (out []orb.MultiPolygon) {
	const n = 4
	var node [n + 1][n + 1]orb.Point
	for i := range node {
		for j := range node[i] {
			at := func(name string) float64 { return rapid.Float64Range(-0.2, 0.2).Draw(t, name) }
			node[i][j] = orb.Point{30 + float64(i) + at("x"), 40 + float64(j) + at("y")}
		}
	}
	for i := range n {
		for j := range n {
			if rapid.IntRange(0, 3).Draw(t, "held") > 0 {
				out = append(out, orb.MultiPolygon{{{node[i][j], node[i+1][j], node[i+1][j+1], node[i][j+1], node[i][j]}}})
			}
		}
	}
	return out
}

func TestAFrontIsAsLongAndEnclosesAsMuchWhereverZonesShareBorders(t *testing.T) {
	land := orb.MultiPolygon{{{{30.5, 40.5}, {36, 40.5}, {36, 43.5}, {30.5, 43.5}, {30.5, 40.5}}}}
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		zones := cells(t)
		var united orb.MultiPolygon
		for _, z := range zones {
			united = append(united, z...)
		}
		one, err := Dissolve(ctx, united) // whose zones share nothing any more
		if err != nil {
			t.Fatal(err)
		}
		apart, area, err := FrontArea(ctx, land, zones, make([]float64, len(zones)))
		if err != nil {
			t.Fatal(err)
		}
		whole, wholeArea, err := FrontArea(ctx, land, []orb.MultiPolygon{one}, []float64{0})
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, front := range apart {
			sum += Length(front)
		}
		if length := Length(whole[0]); math.Abs(sum-length) > 1e-6*length+0.01 {
			t.Fatalf("the fronts of %d zones are %g m long, that of their union %g m", len(zones), sum, length)
		}
		areas, err := Overlay(ctx, []orb.MultiPolygon{land, united}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		// Of 6° of extent the arrangement's grid has units of 1e-8° (1.1 mm), and
		// a corner is moved by half of one at most: along all borders, so much.
		const halfUnitM = 0.5e-8 * 111_320
		moved := 1.0
		for _, p := range append(append(orb.MultiPolygon{}, one...), land...) {
			for _, r := range p {
				moved += halfUnitM * Length(orb.LineString(r))
			}
		}
		for _, got := range []float64{area, wholeArea} {
			if want := areas.All(0b11); math.Abs(got-want) > moved {
				t.Fatalf("the arrangement holds %g m², the overlay %g m²", got, want)
			}
		}
	})
}

func TestSidesThatRunBothWaysAreDroppedAndNoOthers(t *testing.T) {
	p := func(x, y int64) arrange.Point { return arrange.Point{X: x, Y: y} }
	west := []arrange.Point{p(0, 0), p(2, 0), p(2, 2), p(0, 2)}
	east := []arrange.Point{p(2, 0), p(4, 0), p(4, 2), p(2, 2)}
	for _, c := range []struct {
		name     string
		classes  [2]int32
		together func(int) int
		left     int
	}{
		{"neighbours of one class lose their border", [2]int32{1, 1}, nil, 6},
		{"neighbours of two classes keep it", [2]int32{1, 2}, nil, 8},
		{"unless the classes count together", [2]int32{1, 2}, func(int) int { return 0 }, 6},
	} {
		var s sides
		s.reset(8, c.together)
		s.add(west, c.classes[0], 1)
		s.add(east, c.classes[1], 1)
		left := 0
		for _, side := range s.list {
			if side.weight != 0 {
				left++
			}
		}
		if left != c.left {
			t.Errorf("%s: %d sides are left, not %d", c.name, left, c.left)
		}
	}
}
