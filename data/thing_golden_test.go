package data_test

import (
	"context"
	"math"
	"testing"

	"github.com/demarc-map/demarc/data"
)

// The figures are those of shapely and pyproj, in the reference's README.
func TestWhatLiesBehindEachLineOfGazaIsWhatShapelyFound(t *testing.T) {
	type figures struct{ held, all float64 }
	want := map[string]map[string]figures{
		"traced":     {"schools": {222, 862}, "places": {14, 37}, "built-up": {44.10, 119.53}},
		"restricted": {"schools": {356, 862}, "places": {18, 37}, "built-up": {59.62, 119.53}},
	}
	got, err := embedded().TallyThings(context.Background(), data.Query{AsOf: date(t, "2026-10-01")}, "", 500)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, layer := range got.Layers {
		for _, r := range layer.Readings {
			w, ok := want[r.Basis][layer.ID]
			if !ok {
				continue
			}
			seen++
			if all := r.Total.All - r.Total.Outside; math.Abs(r.Total.Held-w.held) > 0.02 || math.Abs(all-w.all) > 0.02 {
				t.Errorf("%s of %s: %g of %g, not %g of %g", r.Basis, layer.ID, r.Total.Held, all, w.held, w.all)
			}
			if near := r.Total.NearHeld + r.Total.NearFree; r.Basis == "traced" && layer.ID == "schools" && near != 136 {
				t.Errorf("%g schools within 500 m, not 136", near)
			}
		}
	}
	if seen != 6 {
		t.Errorf("%d of 6 figures", seen)
	}
}
