package export_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data/export"
	"github.com/demarc-map/demarc/internal/referee"
)

// GDAL calls the layer of a table by the file's name.
func TestGDALReadsBackTheShapesOfATable(t *testing.T) {
	ogr2ogr := referee.Program(t, "gdal", "ogr2ogr")
	f, ok := export.Find("zones.wkt.csv")
	if !ok {
		t.Fatal("it is not written")
	}
	s := embedded()
	for _, basis := range []string{"traced", "line-cut"} {
		e := edition(t, s, basis)
		file := filepath.Join(t.TempDir(), "zones.csv")
		if err := os.WriteFile(file, written(t, f, s, e), 0o600); err != nil {
			t.Fatal(err)
		}
		readBack(t, ogr2ogr, file, s.Section(e, "zones"), "-oo", "GEOM_POSSIBLE_NAMES=WKT", "-oo", "AUTODETECT_TYPE=YES", "-oo", "EMPTY_STRING_AS_NULL=YES")
	}
}

func TestATableWithShapesHasTheColumnsOfTheLayer(t *testing.T) {
	for _, s := range []string{"gaza", "hostile"} {
		snapshot := embedded()
		if s == "hostile" {
			snapshot = hostile(t)
		}
		f, _ := export.Find("zones.wkt.csv")
		rows, err := csv.NewReader(bytes.NewReader(written(t, f, snapshot, edition(t, snapshot, "traced")))).ReadAll()
		if err != nil || len(rows) != 1+len(snapshot.Section(edition(t, snapshot, "traced"), "zones").Items) {
			t.Fatalf("%s: %d rows: %v", s, len(rows), err)
		}
		for _, name := range []string{"layer", "id", "party", "basis", "valid_from", "valid_to", "accuracy_m", "area_km2", "WKT", "epoch_from", "epoch_to", "snapshot"} {
			if !slices.Contains(rows[0], name) {
				t.Errorf("%s: no column %s in %q", s, name, rows[0])
			}
		}
		for _, row := range rows[1:] {
			if shape := row[slices.Index(rows[0], "WKT")]; !strings.HasPrefix(shape, "MULTIPOLYGON (((34.") {
				t.Errorf("%s: longitude does not come first: %.60s", s, shape)
			}
			for _, cell := range row {
				if begin := strings.TrimLeft(cell, " "); begin != "" && strings.Contains("=+-@\t\r", begin[:1]) {
					t.Errorf("%s: a cell begins like a formula: %.60q", s, cell)
				}
			}
		}
	}
}
