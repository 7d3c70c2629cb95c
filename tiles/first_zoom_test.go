package tiles

import (
	"slices"
	"testing"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"pgregory.net/rapid"
)

func TestThingsAppearWhereTheyAreLargeEnoughToSee(t *testing.T) {
	when := detailsOf([]Layer{{data.ThingsSection, []Feature{{}}}})
	for layer, want := range map[string]uint32{data.ThingsSection: 11, data.ZonesSection: 0, data.PlacesSection: 0} {
		if first, detail := when(layer, &Feature{}); first != want || detail {
			t.Errorf("%s appear at zoom %d, not %d: %v", layer, first, want, detail)
		}
	}
}

// What appears at a zoom is in the tiles from it on, and changes none of the others.
func TestALayerIsInTheTilesFromItsFirstZoomOn(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		limits := Options{MinZoom: rapid.Uint32Range(0, 6).Draw(rt, "lowest")}
		limits.MaxZoom = max(limits.MinZoom, 1) + rapid.Uint32Range(0, 5).Draw(rt, "more")
		first := rapid.Uint32Range(0, 14).Draw(rt, "first")
		shape := rapid.SampledFrom([]orb.Geometry{orb.Point{30.01, 30.01}, orb.LineString{{30, 30}, {30.2, 30.1}}, square(30, 30, 30.3, 30.2)}).Draw(rt, "shape")
		zones := Layer{Name: "zones", Features: []Feature{{ID: "a", Geometry: square(29, 29, 31, 31)}}}
		late := Layer{Name: "things", Features: []Feature{{ID: "b", Geometry: shape}}}
		set, err := newTilesetWith(t.Context(), []Layer{zones, late}, func(layer string, _ *Feature) (uint32, bool) {
			return map[string]uint32{late.Name: first}[layer], false
		}, limits)
		if err != nil {
			rt.Fatal(err)
		}
		for z := limits.MinZoom; z <= limits.MaxZoom; z++ {
			seen := false
			for at, tile := range shown(t, set, z) {
				layers, err := mvt.Unmarshal(tile.Identity())
				if err != nil {
					rt.Fatal(err)
				}
				seen = seen || slices.ContainsFunc(layers, func(l *mvt.Layer) bool { return l.Name == late.Name })
				if z < first && z < limits.MaxZoom && text(t, set, z, at.x, at.y) != text(t, tileset(t, []Layer{zones}, limits), z, at.x, at.y) {
					rt.Fatalf("%v is another tile for a layer that it does not have", at)
				}
				if tile.Notes != (Notes{}) {
					rt.Fatalf("%v leaves out %+v", at, tile.Notes)
				}
			}
			if want := z >= min(first, limits.MaxZoom); seen != want {
				rt.Fatalf("zoom %d of %d to %d has it: %v, and its first is %d", z, limits.MinZoom, limits.MaxZoom, seen, first)
			}
		}
		for _, l := range set.Fields() {
			if want := max(limits.MinZoom, min(first, limits.MaxZoom)); l.Layer == late.Name && l.First != want {
				rt.Fatalf("it is said to come at %d, not %d", l.First, want)
			}
		}
	})
}
