package tiles_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/demarc-map/demarc/tiles"

	"github.com/paulmach/orb"
)

func TestTheLayersOfATileOneAfterTheOtherAreTheTile(t *testing.T) {
	square := orb.Polygon{{{34.2, 31.2}, {34.6, 31.2}, {34.6, 31.6}, {34.2, 31.6}, {34.2, 31.2}}}
	var layers []tiles.Layer
	for _, name := range []string{"territories", "zones", "places"} {
		layers = append(layers, tiles.Layer{Name: name, Features: []tiles.Feature{{ID: name + "-1", Geometry: square}}})
	}
	set, err := tiles.NewTileset(t.Context(), layers, tiles.Options{})
	if err != nil {
		t.Fatal(err)
	}
	body, err := set.Tile(context.Background(), 6, 38, 26)
	if err != nil {
		t.Fatal(err)
	}
	var all []byte
	for _, layer := range layers {
		one, err := tiles.PickLayer(body.Identity(), layer.Name)
		if err != nil || len(one) == 0 {
			t.Fatalf("%s: %d bytes, %v", layer.Name, len(one), err)
		}
		all = append(all, one...)
	}
	if !bytes.Equal(all, body.Identity()) {
		t.Errorf("%d bytes of layers are not the %d bytes of the tile", len(all), len(body.Identity()))
	}
	if one, err := tiles.PickLayer(body.Identity(), "control_lines"); one != nil || err != nil {
		t.Errorf("a layer that is not there: %v %v", one, err)
	}
	if _, err := tiles.PickLayer(body.Identity()[:20], "zones"); err == nil {
		t.Error("a tile that is cut off has no layers to pick")
	}
}
