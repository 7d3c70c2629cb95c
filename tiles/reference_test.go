package tiles

import (
	"os"
	"testing"

	"github.com/paulmach/orb/geojson"

	"github.com/demarc-map/demarc/internal/referee"
)

// reference reads the territory, its districts, the held zones and the line of
// the reference data as the layers of a tileset.
func reference(t testing.TB) []Layer {
	t.Helper()
	return []Layer{
		{"territories", append(readFeatures(t, "gaza/strip.geojson"), readFeatures(t, "gaza/governorates.geojson")...)},
		{"zones", readFeatures(t, "gaza/held-2025-10-19.geojson")},
		{"control_lines", readFeatures(t, "gaza/yellow-line.geojson")},
		{"places", readFeatures(t, "gaza/crossings.geojson")},
	}
}

func readFeatures(t testing.TB, name string) []Feature {
	t.Helper()
	data, err := os.ReadFile(referee.Reference(t, name))
	if err != nil {
		t.Fatal(err)
	}
	collection, err := geojson.UnmarshalFeatureCollection(data)
	if err != nil {
		t.Fatal(err)
	}
	var features []Feature
	for i, f := range collection.Features {
		feature := Feature{ID: name + "#" + string(rune('a'+i%26)), Geometry: f.Geometry, Tags: []Tag{{"number", i}, {"file", name}}}
		features = append(features, feature)
	}
	return features
}
