package foreign

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/internal/referee"
)

// zipOf packs files of testdata under other names.
func zipOf(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, from := range files {
		content, err := os.ReadFile("testdata/" + from)
		if err != nil {
			t.Fatal(err)
		}
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gzipOf(t *testing.T, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write(content)
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestThePrintedCommandMakesAFileThatIsRead(t *testing.T) {
	referee.Program(t, "gdal", "ogr2ogr")
	whole := func(name string) []byte {
		b, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	utm := map[string]string{"land's end/roads 1.shp": "shapefile/utm.shp", "land's end/roads 1.shx": "shapefile/utm.shx", "land's end/roads 1.dbf": "shapefile/utm.dbf"}
	known := map[string]string{"a.shp": "shapefile/utm.shp", "a.shx": "shapefile/utm.shx", "a.dbf": "shapefile/utm.dbf", "a.prj": "shapefile/utm.prj"}
	mercator := "WKT;n\nPOLYGON((1100000 6600000,1100100 6600000,1100100 6600100,1100000 6600000));a\n"
	for name, files := range map[string]map[string][]byte{
		"utm without prj.shp": {"shp": whole("shapefile/utm.shp"), "shx": whole("shapefile/utm.shx"), "dbf": whole("shapefile/utm.dbf")},
		"utm.shp":             {"shp": whole("shapefile/utm.shp"), "shx": whole("shapefile/utm.shx"), "dbf": whole("shapefile/utm.dbf"), "prj": whole("shapefile/utm.prj")},
		"multipatch.shp":      {"shp": whole("shapefile/multipatch.shp"), "shx": whole("shapefile/multipatch.shx"), "dbf": whole("shapefile/multipatch.dbf"), "prj": whole("shapefile/multipatch.prj")},
		"a 'b' $HOME.zip":     {"zip": zipOf(t, utm)}, "known.zip": {"zip": zipOf(t, known)}, "download.ZIP_1": {"ZIP_1": zipOf(t, known)},
		"a.geojson.gz": {"gz": gzipOf(t, whole("json/utm.geojson"))}, "-utm.geojson": {"geojson": whole("json/utm.geojson")},
		"gz in a.zip": {"zip": zipOf(t, map[string]string{"in/utm.geojson": "json/utm.geojson"})},
		"utm.gpkg":    {"gpkg": whole("geopackage/utm.gpkg")}, "curves.gpkg": {"gpkg": whole("geopackage/curves.gpkg")}, "utm.fgb": {"fgb": whole("flatgeobuf/utm.fgb")},
		"utm.zip":  {"zip": zipOf(t, map[string]string{"utm.gpkg": "geopackage/utm.gpkg"})},
		"merc.csv": {"csv": []byte("x;y;n\n1100000;6600000;a\n")}, "merc wkt.csv": {"csv": []byte(mercator)}, "hex.csv": {"csv": whole("csv/postgis-mercator.csv")},
		"ewkt.csv":        {"csv": []byte("n,the shape\na,\"SRID=3857;POLYGON((1100000 6600000,1100100 6600000,1100100 6600100,1100000 6600000))\"\n")},
		"swapped.geojson": {"geojson": []byte(`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[10,120],[11,120],[11,121],[10,120]]]}}]}`)},
		"swapped.csv":     {"csv": []byte("n,the shape\na,\"POLYGON((10 120,11 120,11 121,10 120))\"\n")},
		"swapped.kmz":     {"kmz": packed(t, [2]string{"doc.kml", strings.ReplaceAll("<kml><Document><Placemark>"+square+"</Placemark></Document></kml>", ",", ",12")})},
		"curve.csv":       {"csv": []byte("WKT,n\n\"CURVEPOLYGON(COMPOUNDCURVE(CIRCULARSTRING(0 0,1 1,2 0),(2 0,0 0)))\",a\n")},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			stem := strings.TrimSuffix(name, filepath.Ext(name))
			for extension, content := range files {
				if err := os.WriteFile(filepath.Join(folder, stem+"."+extension), content, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			t.Chdir(folder)
			source, err := Open(t.Context(), onDisk(name), Options{})
			said := ""
			if err == nil {
				report := reported(t, source, name)
				source.Explain(report.Faults)
				if report.Err() == nil {
					t.Fatal("it is read")
				}
				err = report.Faults[0]
			}
			said = err.Error()
			at := strings.LastIndex(said, "ogr2ogr ")
			if sed := strings.LastIndex(said, "sed "); sed >= 0 {
				at = sed
			}
			if at < 0 {
				t.Fatal(said)
			}
			command := strings.ReplaceAll(said[at:], "EPSG:CODE", "EPSG:"+map[bool]string{true: "3857", false: "32632"}[strings.HasPrefix(name, "merc")])
			if out, err := exec.CommandContext(t.Context(), "sh", "-c", command).CombinedOutput(); err != nil {
				t.Fatalf("%s: %v: %s", command, err, out)
			}
			made, err := filepath.Glob("*.geojson")
			for _, one := range made {
				if one == name {
					continue
				}
				all, report := features(t, onDisk(one), Options{})
				report.Faults = slices.DeleteFunc(report.Faults, func(f geojson.Fault) bool { return f.Rule == "missing-geometry" })
				if report.Err() != nil || len(all) == 0 {
					t.Errorf("%s: %d features, %v", command, len(all), report)
				}
				return
			}
			t.Errorf("%s: made %q, %v", command, made, err)
		})
	}
}
