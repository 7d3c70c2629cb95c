package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data/intake/inspect"
	"github.com/demarc-map/demarc/internal/referee"
)

// toldBy runs the program and returns its exit status and what it said.
func toldBy(t *testing.T, args ...string) (status int, out, log string) {
	t.Helper()
	var said, logged bytes.Buffer
	status = run(t.Context(), args, strings.NewReader(""), &said, &logged)
	return status, said.String(), logged.String()
}

// notImported are the files of the testdata that the first look does not lead to an
// import of, by their end, with what it says instead.
var notImported = map[string]string{
	"inspect/testdata/mixed.geojson": "1 feature with a shape that is refused, and the import with it",
	"csv/excel-comma.csv":            "There is no polygon",
	"csv/gdal-xy.csv":                "There is no polygon",
	"csv/postgis-mercator.csv":       "EPSG:3857",
	"flatgeobuf/utm.fgb":             "EPSG:32632",
	"geopackage/attributes.gpkg":     "no layer with shapes",
	"geopackage/curves.gpkg":         "curve",
	"geopackage/plain.sqlite":        "no GeoPackage",
	"geopackage/utm.gpkg":            "EPSG:32632",
	"json/utm.geojson":               "EPSG:32632",
	"shapefile/multipatch.shp":       "a MultiPatch is a body in space",
	"shapefile/utm.shp":              "UTM_Zone_32N",
}

// testdata are the files of the readers and of the first look, but for those that are
// parts of others or make them.
func testdata(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, root := range []string{"inspect", "foreign"} {
		err := filepath.WalkDir(filepath.Join(referee.Root(), "data", "intake", root, "testdata"), func(name string, entry fs.DirEntry, err error) error {
			if err == nil && entry.Type().IsRegular() && !strings.Contains(name, "fuzz") && !slices.Contains([]string{".md", ".py", ".mjs", ".cpg", ".dbf", ".prj", ".shx"}, filepath.Ext(name)) {
				out = append(out, name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// TestTheSuggestedCommandImportsWhatWasSeen takes each file of the testdata through
// the command that the first look suggests for it, with its open words replaced.
func TestTheSuggestedCommandImportsWhatWasSeen(t *testing.T) {
	met := 0
	for _, name := range testdata(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			for end, why := range notImported {
				if strings.HasSuffix(name, end) {
					met++
					status, out, log := toldBy(t, "import", name)
					if !strings.Contains(out+log, why) || status == exitOK && strings.Contains(out, "To import it") && !strings.Contains(out, "is refused") {
						t.Errorf("it is not said that %s: %d %s%s", why, status, out, log)
					}
					return
				}
			}
			suggested(t, name)
		})
	}
	if met != len(notImported) {
		t.Errorf("%d of %d files are there that are not imported", met, len(notImported))
	}
}

// TestFromAFileOfEachFormatToAServedFigureNothingIsEdited goes the way of a newcomer: the
// look, its command with the open words replaced, and a server that answers.
func TestFromAFileOfEachFormatToAServedFigureNothingIsEdited(t *testing.T) {
	const enough = 20 * time.Second // of the two minutes that a person may take
	for format, name := range map[string]string{
		"GeoJSON": "inspect/testdata/plain.geojson", "GeoJSON in gzip": "inspect/testdata/2024-03-02-held.geojson.gz", "text sequence": "foreign/testdata/json/records.geojsons",
		"Esri JSON": "foreign/testdata/json/terraformer.json", "TopoJSON": "foreign/testdata/json/two-layers.topojson", "KML": "foreign/testdata/kml/mymaps.kml", "KMZ": "foreign/testdata/kml/libkml.kmz",
		"Shapefile": "foreign/testdata/shapefile/cp1251.shp", "GeoPackage": "foreign/testdata/geopackage/two-layers.gpkg", "FlatGeobuf": "foreign/testdata/flatgeobuf/qgis.fgb",
		"CSV": "foreign/testdata/csv/gdal-wkt.csv", "TSV": "foreign/testdata/csv/gdal-tab.tsv", "zip": "foreign/testdata/zip/folder.zip",
	} {
		t.Run(format, func(t *testing.T) {
			begun := time.Now()
			folder, id := suggested(t, filepath.Join(referee.Root(), "data", "intake", filepath.FromSlash(name)))
			s := serve(t, "--data", folder)
			status, body := get(t, s.urls["clients"]+"/v1/"+id+"/share")
			took := time.Since(begun)
			if status != 200 || !strings.Contains(body, `"percent"`) || took > enough {
				t.Errorf("%d after %v: %s", status, took, body)
			}
			t.Logf("%s: %v", format, took.Round(time.Millisecond))
		})
	}
}

// suggested imports a file as it is suggested, and returns the folder and the dataset's id.
func suggested(t *testing.T, name string) (made, id string) {
	t.Helper()
	status, out, log := toldBy(t, "import", name, "--json")
	if status != exitOK {
		t.Fatal(out, log)
	}
	var found inspect.Inspection
	if err := json.Unmarshal([]byte(out), &found); err != nil {
		t.Fatal(err)
	}
	if found.Suggestion == nil {
		t.Fatal(found.Notes)
	}
	folder := t.TempDir()
	territory := filepath.Join(folder, "territory.geojson")
	b := found.BBox
	if err := os.WriteFile(territory, fmt.Appendf(nil, `{"type": "Polygon", "coordinates": [[[%v, %v], [%v, %v], [%v, %v], [%v, %v], [%v, %v]]]}`, b[0], b[1], b[2], b[1], b[2], b[3], b[0], b[3], b[0], b[1]), 0o644); err != nil {
		t.Fatal(err)
	}
	words := map[string]string{"TERRITORY_FILE": territory, "PARTY": "Somebody", "NAME": "Somebody", "FIRST_DAY": "2024-01-01", "ACCURACY_M": "50", "SOURCE_TITLE": "S", "PUBLISHER": "P", "LICENCE": "L"}
	if m := regexp.MustCompile(`--map party=(\S+), or only`).FindStringSubmatch(strings.Join(found.Suggestion.Remarks, " ")); m != nil {
		words["PROPERTY"] = m[1]
	}
	open, filled := []string{"import", name}, []string{"import", name}
	for _, a := range found.Suggestion.Arguments {
		if a.Flag == "id" {
			id = a.Value
		}
		if a.Flag == "out" {
			a.Value = filepath.Join(folder, "out")
		}
		open = append(open, "--"+a.Flag, a.Value)
		if a.Unknown {
			begin, word := a.Begin()
			a.Value = begin + words[word]
		}
		filled = append(filled, "--"+a.Flag, a.Value)
	}
	if status, _, log := toldBy(t, open...); status != exitUsage || !strings.Contains(log, "ACCURACY_M at --accuracy-m: how far in metres") || !strings.Contains(log, "LICENCE at --licence") {
		t.Errorf("open words are let pass: %d %s", status, log)
	}
	status, out, log = toldBy(t, filled...)
	if status != exitOK {
		t.Fatalf("%s: %s%s", found.Suggestion.Command, out, log)
	}
	if m := regexp.MustCompile(`: (\d+) zones, `).FindStringSubmatch(out); m == nil || m[1] != fmt.Sprint(found.Suggestion.Zones) {
		t.Errorf("%d zones were suggested: %s", found.Suggestion.Zones, out)
	}
	return filepath.Join(folder, "out"), id
}
