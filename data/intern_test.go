package data_test

import (
	"context"
	"testing"

	"github.com/demarc-map/demarc/data"
)

func TestEqualRingsOfDifferentZonesShareTheirMemory(t *testing.T) {
	files := copyOf(t)
	text := string(files["zones.geojson"].Data)
	one := text[len("{\"type\": \"FeatureCollection\", \"features\": [\n") : len(text)-len("\n]}\n")]
	edit(t, files, "zones.geojson", one, one+",\n"+replaceOnce(one, "held-october-2025", "held-again"))
	s, _, err := data.Read(context.Background(), files)
	if err != nil {
		t.Fatal(err)
	}
	if &s.Zones[0].Shape[0][0][0] != &s.Zones[1].Shape[0][0][0] {
		t.Error("the same ring is held twice")
	}
}
