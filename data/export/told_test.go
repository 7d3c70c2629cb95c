package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data/export"
	"github.com/demarc-map/demarc/internal/referee"
)

// toldOfAZone are properties that a zone that still holds has in every file.
var toldOfAZone = map[string]string{"party_name_ar": "إسرائيل", "party_name_en": "Israel", "valid_from": "2025-10-10", "valid_to": ""}

func TestEveryFileSaysWhoHoldsAndThatTheEndIsOpen(t *testing.T) {
	s := embedded()
	e := edition(t, s, "traced")
	file := func(suffix string) []byte {
		f, _ := export.Find(suffix)
		return written(t, f, s, e)
	}
	for _, suffix := range []string{"csv", "zones.wkt.csv"} {
		rows, err := csv.NewReader(bytes.NewReader(file(suffix))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		zone := rows[slices.IndexFunc(rows, func(r []string) bool { return r[0] == "zones" })]
		for name, want := range toldOfAZone {
			if at := slices.Index(rows[0], name); at < 0 || zone[at] != want {
				t.Errorf("%s: %s is not %q in %q of %q", suffix, name, want, zone, rows[0])
			}
		}
	}
	var collection struct {
		Features []struct{ Properties map[string]any }
	}
	if err := json.Unmarshal(file("geojson"), &collection); err != nil {
		t.Fatal(err)
	}
	zones := 0
	for _, f := range collection.Features {
		if f.Properties["layer"] != "zones" {
			continue
		}
		zones++
		for name, want := range toldOfAZone {
			if v, there := f.Properties[name]; !there || want != "" && v != want || want == "" && v != nil {
				t.Errorf("geojson: %s is %v, not %q", name, v, want)
			}
		}
	}
	_, folder, _ := strings.Cut(string(file("kml")), "<name>zones</name>")
	for name, want := range toldOfAZone {
		if !regexp.MustCompile(`<Data name="` + name + `">\s*<value>` + want + `</value>`).MatchString(folder) {
			t.Errorf("kml: %s is not %q", name, want)
		}
	}
	if zones == 0 {
		t.Error("geojson: no zone")
	}
}

// GDAL is asked for the columns of the layer, which a GeoJSON answer of it would leave out.
func TestGDALFindsTheColumnOfTheEndAndTheNameOfTheParty(t *testing.T) {
	ogrinfo := referee.Program(t, "gdal", "ogrinfo")
	s := embedded()
	for _, suffix := range []string{"gpkg", "zones.fgb", "kml", "zones.wkt.csv"} {
		f, _ := export.Find(suffix)
		file := filepath.Join(t.TempDir(), "zones"+filepath.Ext("."+suffix))
		if err := os.WriteFile(file, written(t, f, s, edition(t, s, "traced")), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(ogrinfo, "-ro", "-al", "-geom=NO", file, "zones").CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v: %s", suffix, err, out)
		}
		for _, want := range []string{"valid_from: ", "valid_to: ", "party_name_ar (String) = إسرائيل"} {
			if !strings.Contains(string(out), want) {
				t.Errorf("%s: no %q in\n%.2000s", suffix, want, out)
			}
		}
	}
}
