package tiles_test

import (
	"context"
	"fmt"
	"strings"
	"testing/fstest"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/tiles"
)

// A valley, of which somebody holds the north.
var valley = fstest.MapFS{
	"dataset.json": {Data: []byte(`{
		"schema": "demarc/1", "id": "valley", "title": {"en": "The valley"}, "attribution": {"en": "The mapmakers"},
		"disclaimer": {"en": "Boundaries are as published and are not a survey."},
		"territory": "the-valley", "default_party": "north", "default_basis": "map",
		"parties": [{"id": "north", "name": {"en": "North"}}],
		"bases": [{"id": "map", "name": {"en": "Map"}, "meaning": {"en": "Polygons as published"}}],
		"sources": [{"id": "maps", "title": "Maps", "publisher": "The mapmakers", "licence": "CC0-1.0"}]}`)},
	"territories.geojson": {Data: []byte(`{"type": "FeatureCollection", "features": [
		{"id": "the-valley", "type": "Feature", "properties": {"name_en": "The valley", "source": "maps"}, "geometry":
			{"type": "Polygon", "coordinates": [[[-8.1, 41], [-7.7, 41], [-7.7, 41.4], [-8.1, 41.4], [-8.1, 41]]]}}]}`)},
	"zones.geojson": {Data: []byte(`{"type": "FeatureCollection", "features": [
		{"id": "upper", "type": "Feature", "properties": {"accuracy_m": 200, "basis": "map", "party": "north", "source": "maps",
			"status": "observed", "valid_from": "2025-03-01"}, "geometry":
			{"type": "Polygon", "coordinates": [[[-8.1, 41.2], [-7.7, 41.2], [-7.7, 41.4], [-8.1, 41.4], [-8.1, 41.2]]]}}]}`)},
}

// The zone of the newest day, picked from a tile of all layers.
func ExampleAtlas() {
	ctx := context.Background()
	snapshot, _, err := data.Read(ctx, valley)
	if err != nil {
		fmt.Println(err)
		return
	}
	atlas, err := tiles.NewAtlas(ctx, snapshot, tiles.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	newest := data.Edition{Epoch: snapshot.Epochs[len(snapshot.Epochs)-1], Basis: "map"}
	tile, err := atlas.Tile(ctx, newest, 8, 122, 95)
	if err != nil || tile == nil { // nil is an empty tile
		fmt.Println(err)
		return
	}
	zones, err := tiles.PickLayer(tile.Identity(), "zones")
	if err != nil {
		fmt.Println(err)
		return
	}
	var text strings.Builder
	if err := tiles.Decode(&text, zones); err != nil {
		fmt.Println(err)
	}
	for line := range strings.Lines(text.String()) {
		if !strings.Contains(line, " = ") || strings.Contains(line, "party") { // one tag of many
			fmt.Print(line)
		}
	}
	// Output:
	// layer zones version 2 extent 4096 features 1
	//   feature 7793719045684854
	//     party = "north"
	//     ring area 902875: 983,2470 2148,2470 2148,3245 983,3245 983,2470
}
