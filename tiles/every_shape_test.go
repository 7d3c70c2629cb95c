package tiles

import (
	"context"
	"fmt"
	"testing"

	"github.com/paulmach/orb"
)

// foreign is a geometry that orb does not know.
type foreign struct{ orb.Point }

// Each type of geometry, as orb lists them, empty or zero, and filled, is a
// feature or nothing, and its tiles meet the contract.
func TestEveryShapeIsAFeatureOrNothing(t *testing.T) {
	ring := square(34, 31, 35, 32)[0]
	for _, g := range append([]orb.Geometry{
		ring[0], orb.MultiPoint(ring), orb.LineString(ring), orb.MultiLineString{orb.LineString(ring), nil},
		ring, orb.Polygon{ring, nil}, orb.MultiPolygon{{ring}, nil, {nil}}, ring.Bound(), orb.Collection{orb.Polygon{ring}, nil, ring[0]},
		orb.Polygon{nil, ring}, orb.Polygon{{ring[0]}}, orb.LineString{ring[0]}, orb.Ring{ring[0], ring[1]},
	}, orb.AllGeometries...) {
		name := fmt.Sprintf("%T %v", g, g)
		set := tileset(t, []Layer{{"shapes", []Feature{{ID: "one", Geometry: g}}}}, Options{})
		shown := 0
		for z := range uint32(8) {
			for x, y := range set.Covered(z) {
				body, err := set.Tile(context.Background(), z, x, y)
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if body == nil {
					continue
				}
				shown++
				if err := checkTile(body.Identity(), []string{"shapes"}, 64); err != nil {
					t.Errorf("%s: tile %d/%d/%d: %v", name, z, x, y, err)
				}
			}
		}
		drawn := false // polygons without area owe nothing, and are not
		for i, part := range set.prepared.parts {
			drawn = drawn || set.prepared.features[part.feature].kind != polygons || set.prepared.area(&set.prepared.parts[i]) > 0
		}
		if (shown > 0) != drawn {
			t.Errorf("%s is in %d tiles", name, shown)
		}
		if warm, err := set.Warm(context.Background(), 4, 0); err != nil || warm > 4 {
			t.Errorf("%s: %d warm tiles, %v", name, warm, err)
		}
	}
}

func TestAShapeThatNobodyKnowsIsRefusedWithItsFeature(t *testing.T) {
	for _, g := range []orb.Geometry{foreign{}, orb.Collection{nil, foreign{}}} {
		_, err := NewTileset(t.Context(), []Layer{{"shapes", []Feature{{ID: "odd", Geometry: g}}}}, Options{})
		if want := `tiles: layer "shapes": feature "odd": geometry tiles.foreign is unknown`; err == nil || err.Error() != want {
			t.Errorf("%T: %v", g, err)
		}
	}
}
