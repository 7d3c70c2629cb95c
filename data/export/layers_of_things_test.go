package export_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/export"

	"github.com/demarc-map/demarc/internal/referee"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// What is computed of somebody's things and of the land near the line are layers that
// GDAL reads as they are.
func TestGDALReadsTheLayersOfATally(t *testing.T) {
	ogr2ogr := referee.Program(t, "gdal", "ogr2ogr")
	s := embedded()
	day, err := data.ParseDate("2025-10-10")
	if err != nil {
		t.Fatal(err)
	}
	q := data.Query{AsOf: day, Basis: "traced"}
	shapes := []orb.Geometry{orb.Point{34.27, 31.25}, orb.MultiPoint{{34.3, 31.4}, {34.31, 31.4}}, orb.LineString{{34.27, 31.25}, {34.28, 31.26}},
		orb.MultiLineString{{{34.27, 31.25}, {34.28, 31.26}}, {{34.29, 31.25}, {34.3, 31.26}}}, orb.Polygon{{{34.27, 31.25}, {34.271, 31.25}, {34.271, 31.251}, {34.27, 31.25}}},
		orb.Collection{orb.Point{34.27, 31.25}, orb.LineString{{34.27, 31.25}, {34.28, 31.26}}}}
	things := data.NewThingSection()
	if _, err := s.Tally(t.Context(), data.TallyQuery{Query: q}, func(yield func(data.Thing, error) bool) {
		for i, shape := range shapes {
			if !yield(data.Thing{Index: i, ID: string(rune('a' + i)), Geometry: shape, Properties: map[string]jsontext.Value{"beds": jsontext.Value("12.5"), "side": jsontext.Value(`"mine"`), "open": jsontext.Value("true")}}, nil) {
				return
			}
		}
	}, things.Add); err != nil {
		t.Fatal(err)
	}
	near, err := s.Near(t.Context(), data.NearQuery{Query: q, WithinM: 500})
	if err != nil {
		t.Fatal(err)
	}
	e := edition(t, s, "traced")
	var file bytes.Buffer
	if err := export.GeoPackage(t.Context(), &file, s, e, things.Section, near.Section()); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "a.gpkg")
	if err := os.WriteFile(name, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, layer := range []data.Section{things.Section, near.Section()} {
		if len(layer.Items) < 2 {
			t.Fatalf("%s: %d", layer.Name, len(layer.Items))
		}
		readBack(t, ogr2ogr, name, layer)
	}
	for _, item := range things.Items {
		p := item.Properties
		if p["beds"] != 12.5 || p["side_own"] != "mine" || p["open"] != true || p["side"] != "held" && p["side"] != "free" {
			t.Errorf("%s: %v", item.ID, p)
		}
	}
}
