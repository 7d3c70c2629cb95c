package tiles

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/maptile"

	"github.com/demarc-map/demarc/internal/referee"
)

// tinySum returns the drawn area of a layer in a tile, buffer excluded, in square units.
func tinySum(t *testing.T, set *Tileset, z, x, y uint32) (area float64, features int) {
	t.Helper()
	body, err := set.Tile(context.Background(), z, x, y)
	if err != nil {
		t.Fatal(err)
	}
	if body == nil {
		return 0, 0
	}
	if err := checkTile(body.Identity(), []string{"zones"}, 64); err != nil {
		t.Error(err)
	}
	layers, err := mvt.Unmarshal(body.Identity())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range layers[0].Features {
		a, _ := areaWithin(t, f.Geometry, window{0, 4096})
		area += a
	}
	return area, len(layers[0].Features)
}

func TestASingleTinyPolygonIsSeenAtEveryZoom(t *testing.T) {
	set := tileset(t, []Layer{{"zones", []Feature{{"a", square(34.4, 31.4, 34.4001, 31.4001), nil}}}}, Options{})
	for z := uint32(0); z <= 16; z++ {
		at := maptile.At(orb.Point{34.40005, 31.40005}, maptile.Zoom(z))
		if area, _ := tinySum(t, set, z, at.X, at.Y); area < 1 || z < 10 && area > 1 {
			t.Errorf("zoom %d: %v square units", z, area)
		}
	}
}

func TestManyTinyPolygonsKeepTheirAreaTogether(t *testing.T) {
	referee.Figures(t)
	centre := orb.Point{34.4, 31.4}
	set := tileset(t, []Layer{{"zones", blocks(120, 120, 3, centre, 1)}}, Options{MaxBytes: 1 << 26})
	for z := uint32(3); z <= 9; z++ {
		at := maptile.At(centre, maptile.Zoom(z))
		var drawn float64
		features := 0
		for k := range uint32(9) {
			area, n := tinySum(t, set, z, at.X+k%3-1, at.Y+k/3-1)
			drawn, features = drawn+area, features+n
		}
		var want float64
		for i := range set.prepared.parts {
			want += set.prepared.area(&set.prepared.parts[i])
		}
		want /= math.Exp2(float64(2 * set.options.shift(z)))
		cells := math.Ceil(want/smallCell/smallCell) + 4*math.Sqrt(want)/smallCell + 4 // a square more for each
		if math.Abs(drawn-want) > cells+0.01*want {
			t.Errorf("zoom %d: %v square units drawn of %v", z, drawn, want)
		}
		t.Logf("zoom %d: %d features draw %.4f of the area", z, features, drawn/want)
	}
}

// What two tiles both show in their buffers they show alike.
func TestTilesAgreeOnTinyPolygonsInTheirBuffers(t *testing.T) {
	set := tileset(t, []Layer{{"zones", blocks(100, 100, 3, orb.Point{0, 31.4}, 0.5)}}, Options{})
	const z, y = 6, 26
	seen := [2]map[string]bool{{}, {}}
	for k := range uint32(2) {
		body, err := set.Tile(context.Background(), z, 31+k, y)
		if err != nil {
			t.Fatal(err)
		}
		layers, err := mvt.Unmarshal(body.Identity())
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range layers[0].Features {
			b := f.Geometry.Bound()
			shift := float64(k) * 4096
			b.Min[0], b.Max[0] = b.Min[0]+shift, b.Max[0]+shift
			if b.Min[0] > 4096-60 && b.Max[0] < 4096+60 {
				seen[k][fmt.Sprint(f.ID, b)] = true
			}
		}
	}
	if len(seen[0]) < 50 {
		t.Errorf("only %d features in the buffers", len(seen[0]))
	}
	for s := range seen[0] {
		if !seen[1][s] {
			t.Errorf("%s is not in the right tile", s)
		}
	}
	for s := range seen[1] {
		if !seen[0][s] {
			t.Errorf("%s is not in the left tile", s)
		}
	}
}
