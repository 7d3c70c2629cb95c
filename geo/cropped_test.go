package geo

import (
	"context"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func TestACroppedShapeCoversTheSameInTheBox(t *testing.T) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(3, 60).Draw(t, "vertices")
		star := func(low, high float64) (ring orb.Ring) { // may have a spike through the box, or none near it
			for k := range n {
				angle, reach := 2*math.Pi*float64(k)/float64(n), rapid.Float64Range(low, high).Draw(t, "reach")
				ring = append(ring, orb.Point{30 + reach*math.Cos(angle), 40 + reach*math.Sin(angle)})
			}
			return append(ring, ring[0])
		}
		hole := star(0.1, 0.9)
		hole.Reverse()
		shape := orb.MultiPolygon{{star(1, 4), hole}}
		at := func(name string) float64 { return rapid.Float64Range(-3, 3).Draw(t, name) }
		size := rapid.Float64Range(0.01, 2).Draw(t, "size")
		middle := orb.Point{30 + at("x"), 40 + at("y")}
		box := orb.Bound{Min: orb.Point{middle[0] - size, middle[1] - size}, Max: orb.Point{middle[0] + size, middle[1] + size}}
		square := orb.MultiPolygon{{box.ToRing()}}
		cropped := Cropped(shape, box)
		area := func(mp orb.MultiPolygon) float64 {
			areas, err := Overlay(ctx, []orb.MultiPolygon{square, mp}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			return areas.All(0b11)
		}
		drawn, err := Intersection(ctx, square, cropped)
		if err != nil {
			t.Fatal(err)
		}
		drawnArea, err := Area(drawn)
		if err != nil {
			t.Fatal(err)
		}
		want := area(shape)
		if got := area(cropped); math.Abs(got-want) > 1e-9*want+1 {
			t.Fatalf("%g m² in the box, %g m² before cropping", got, want)
		}
		if math.Abs(drawnArea-want) > 1000 { // its grid is a millimetre, the outline up to 1,000 km
			t.Fatalf("the arrangement has %g m² in the box, %g m² before cropping", drawnArea, want)
		}
	})
}

func TestCroppingLeavesAwayWhatIsFar(t *testing.T) {
	var ring orb.Ring
	for k := range 10_000 {
		angle := 2 * math.Pi * float64(k) / 10_000
		ring = append(ring, orb.Point{30 + math.Cos(angle), 40 + math.Sin(angle)})
	}
	shape := orb.MultiPolygon{{append(ring, ring[0])}, {{{50, 10}, {51, 10}, {51, 11}, {50, 10}}}}
	cropped := Cropped(shape, orb.Bound{Min: orb.Point{30.9, 39.99}, Max: orb.Point{31.1, 40.01}})
	if len(cropped) != 1 || len(cropped[0][0]) > 100 {
		t.Errorf("%d polygons, the first of %d vertices", len(cropped), len(cropped[0][0]))
	}
	if len(shape[0][0]) != 10_001 {
		t.Error("the shape itself was changed")
	}
}
