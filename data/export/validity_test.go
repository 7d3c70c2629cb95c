package export_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/export"
	"github.com/demarc-map/demarc/internal/referee"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// touching is a dataset whose zones touch themselves and each other in every way
// that can be made valid.
func touching(t *testing.T) *data.Snapshot {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(referee.Root(), "geojson", "testdata", "validity.geojson"))
	if err != nil {
		t.Fatal(err)
	}
	all, err := geojson.UnmarshalFeatureCollection(text)
	if err != nil {
		t.Fatal(err)
	}
	zones := geojson.NewFeatureCollection()
	for _, f := range all.Features {
		if f.Properties.MustString("want") == "zero-area" {
			continue
		}
		f.Properties = geojson.Properties{"party": "p", "basis": "b", "status": "observed", "source": "s", "accuracy_m": 10, "valid_from": "2026-01-01"}
		zones.Append(f)
	}
	written, err := zones.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := data.Read(context.Background(), data.Files{
		"dataset.json": []byte(`{"schema":"demarc/1","id":"here","title":{"en":"T"},"attribution":{"en":"A"},"disclaimer":{"en":"D"},"territory":"whole",
			"default_party":"p","default_basis":"b","parties":[{"id":"p","name":{"en":"P"}}],"sources":[{"id":"s","title":"S","publisher":"S","licence":"L"}],
			"bases":[{"id":"b","name":{"en":"B"},"meaning":{"en":"B"}}]}`),
		"territories.geojson": []byte(`{"type":"Feature","id":"whole","properties":{"source":"s"},"geometry":{"type":"Polygon","coordinates":[[[10,20],[11,20],[11,21],[10,21],[10,20]]]}}`),
		"zones.geojson":       written,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPostGISFindsEveryExportedShapeValid(t *testing.T) {
	conn, ogr2ogr := referee.PostGIS(t), referee.Program(t, "gdal", "ogr2ogr")
	s := touching(t)
	e := edition(t, s, "b")
	for _, c := range []struct {
		suffix, layer string
		polygons      int // at least
	}{{"geojson", "", len(s.Zones)}, {"kml", "zones", len(s.Zones)}, {"gpkg", "zones", len(s.Zones)}, {"zones.fgb", "", len(s.Zones)}, {"zones.wkt.csv", "", len(s.Zones)},
		{"kml", "held", 1}, {"gpkg", "held", 1}, {"held.fgb", "", 1}} {
		f, _ := export.Find(c.suffix)
		t.Run(c.suffix+" "+c.layer, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "a."+f.Suffix)
			if err := os.WriteFile(file, written(t, f, s, e), 0o600); err != nil {
				t.Fatal(err)
			}
			arguments := []string{"-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=17", "/vsistdout/", file}
			if c.layer != "" {
				arguments = append(arguments, c.layer)
			}
			out, err := exec.Command(ogr2ogr, arguments...).CombinedOutput()
			if err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			read, err := geojson.UnmarshalFeatureCollection(out)
			if err != nil {
				t.Fatalf("%v: %.300s", err, out)
			}
			polygons := 0
			for _, feature := range read.Features {
				shape, err := geojson.NewGeometry(feature.Geometry).MarshalJSON()
				if err != nil {
					t.Fatal(err)
				}
				var valid bool
				var why string
				if err := conn.QueryRow(context.Background(), `SELECT ST_IsValid(g), ST_IsValidReason(g) FROM (SELECT ST_GeomFromGeoJSON($1::text) AS g) AS x`, string(shape)).Scan(&valid, &why); err != nil {
					t.Fatal(err)
				}
				if !valid {
					t.Errorf("%s: %s", shape, why)
				}
				if _, line := feature.Geometry.(orb.LineString); !line && strings.Contains(string(shape), "olygon") {
					polygons++
				}
			}
			if polygons < c.polygons {
				t.Errorf("%d polygons, not %d", polygons, c.polygons)
			}
		})
	}
}
