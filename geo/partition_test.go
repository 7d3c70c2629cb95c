package geo

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/demarc-map/demarc/internal/referee"
)

// partitioned returns the parts of a partition, each of them valid, and the area
// of each by the mask of its layers.
func partitioned(t rapid.TB, layers ...orb.MultiPolygon) ([]PartitionPart, map[uint]float64) {
	parts, err := Partition(context.Background(), layers...)
	if err != nil {
		t.Fatal(err)
	}
	areas := map[uint]float64{}
	for i, part := range parts {
		if err := referee.Valid(part.Shape); err != nil {
			t.Fatalf("part %v: %v\n%v", part.Layers, err, part.Shape)
		}
		if i > 0 && slices.Compare(parts[i-1].Layers, part.Layers) >= 0 {
			t.Fatalf("%v comes before %v", parts[i-1].Layers, part.Layers)
		}
		mask := uint(0)
		for _, k := range part.Layers {
			mask |= 1 << k
		}
		areas[mask] = mustArea(t, part.Shape)
	}
	return parts, areas
}

func TestThePartsOfAPartitionHaveTheAreasOfTheOverlayAndDoNotOverlap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := drawShape(t, nil)
		layers := []orb.MultiPolygon{a, drawShape(t, a), drawShape(t, a)}
		tolerance := 1e-3 // m²
		for _, mp := range layers {
			for _, r := range ringsOf(mp) {
				tolerance += 1e-9 * degree2 * planarPerimeter(r) // one unit of the grid
			}
		}
		overlay := mustOverlay(t, Options{}, layers...)
		parts, areas := partitioned(t, layers...)
		for mask := uint(1); mask < 8; mask++ {
			if d := math.Abs(areas[mask] - overlay.Of(mask)); d > tolerance {
				t.Fatalf("the part of layers %b is %g m² off the overlay; %g are allowed", mask, d, tolerance)
			}
		}
		var all []orb.MultiPolygon
		for _, part := range parts {
			all = append(all, part.Shape)
		}
		again := mustOverlay(t, Options{}, all...)
		for mask, area := range again.Combinations() {
			if mask&(mask-1) != 0 && area > tolerance {
				t.Fatalf("parts %b overlap by %g m²", mask, area)
			}
		}
	})
}

func TestAPartitionOfOneLayerIsItsUnion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := drawShape(t, nil)
		want := mustShape(t, Union, a, nil)
		parts, _ := partitioned(t, a)
		if len(want) == 0 && len(parts) == 0 {
			return
		}
		if len(parts) != 1 || !orb.Equal(parts[0].Shape, want) {
			t.Fatalf("%v\nis not the union\n%v", parts, want)
		}
	})
}
