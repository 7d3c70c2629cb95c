package foreign

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/internal/referee"

	"github.com/paulmach/orb/planar"
)

// drawn is what a file of testdata/geopackage/zones.geojson should say, whoever wrote it.
type drawn struct {
	area float64 // square degrees
	name string
}

// byHolder reads a file of zones as an import does; one without a shape is a fault of
// its own, and is left out.
func byHolder(t *testing.T, text io.Reader, name string) map[string]drawn {
	t.Helper()
	all := map[string]drawn{}
	report := &geojson.Report{}
	err := geojson.Read(t.Context(), text, name, geojson.Options{}, report, func(f geojson.Feature) error {
		var p struct{ Holder, Name string }
		if err := json.Unmarshal(f.Properties, &p); err != nil {
			t.Fatal(err)
		}
		all[p.Holder] = drawn{planar.Area(f.Geometry), p.Name}
		return nil
	})
	if err != nil {
		t.Fatal(name, err)
	}
	for _, f := range report.Faults {
		if f.Rule != "missing-geometry" {
			t.Error(f)
		}
	}
	for _, r := range report.Repairs {
		t.Error("what its format allows is told:", r)
	}
	return all
}

// zonesOf opens a file of zones and reads it to its end.
func zonesOf(t *testing.T, file File, options Options) (*Source, map[string]drawn) {
	t.Helper()
	source, err := Open(t.Context(), file, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = source.Close() })
	return source, byHolder(t, source.Text(), file.Name)
}

func TestWhateverWroteThemZonesAreTheSame(t *testing.T) {
	for name, format := range map[string]string{
		"json/lines.geojsonl": "GeoJSON text sequence", "json/records.geojsons": "GeoJSON text sequence",
		"json/terraformer.json": "Esri JSON", "json/exact.topojson": "TopoJSON", "json/quantised.topojson": "TopoJSON", "json/two-layers.topojson": "TopoJSON",
		"csv/gdal-wkt.csv": "CSV", "csv/gdal-semicolon.csv": "CSV", "csv/gdal-tab.tsv": "TSV", "csv/gdal-z.csv": "CSV",
		"csv/postgis-hex.csv": "CSV", "csv/postgis-ewkt.csv": "CSV", "csv/postgis-geojson.csv": "CSV",
	} {
		source, all := zonesOf(t, onDisk("testdata/"+name), Options{Layer: map[bool]string{true: "zones"}[strings.Contains(name, "two-layers")]})
		within := 1e-12
		if strings.HasPrefix(filepath.Base(name), "q") || strings.HasPrefix(filepath.Base(name), "two") {
			within = 1e-4 // as coarse as they were asked to be
		}
		if source.Format != format || len(all) != 2 {
			t.Errorf("%s: %s %v", name, source.Format, all)
		}
		for holder, want := range map[string]drawn{"Group A+": {0.245, "مجموعة أ"}, "Група Б": {0.5, "קבוצה ב"}} { // the areas are PostGIS's
			if got := all[holder]; math.Abs(got.area-want.area) > within || got.name != want.name {
				t.Errorf("%s: %s is %v, not %v", name, holder, got, want)
			}
		}
	}
}

func TestGDALReadsTheSameZones(t *testing.T) {
	ogr2ogr := referee.Program(t, "gdal", "ogr2ogr")
	for _, name := range []string{"json/lines.geojsonl", "json/records.geojsons", "ESRIJSON:json/terraformer.json", "json/exact.topojson", "json/quantised.topojson", "csv/gdal-wkt.csv", "csv/gdal-semicolon.csv"} {
		driver, path, ok := strings.Cut(name, ":")
		if !ok {
			driver, path = "", name
		}
		path = "testdata/" + path
		asked := path
		if ok {
			asked = driver + ":" + path
		}
		out, err := exec.CommandContext(t.Context(), ogr2ogr, "-f", "GeoJSON", "-lco", "RFC7946=YES", "-lco", "COORDINATE_PRECISION=15", "/vsistdout/", asked).Output()
		if err != nil {
			t.Fatal(asked, err)
		}
		_, ours := zonesOf(t, onDisk(path), Options{})
		theirs := byHolder(t, bytes.NewReader(out), "gdal")
		if len(theirs) != len(ours) || len(ours) != 2 {
			t.Errorf("%s: %v, GDAL reads %v", path, ours, theirs)
		}
		for holder, one := range theirs {
			if got := ours[holder]; got.name != one.name || math.Abs(got.area-one.area) > 1e-12 {
				t.Errorf("%s: %s is %v, GDAL reads %v", path, holder, got, one)
			}
		}
	}
}

func TestOtherCoordinateSystemsAreRefusedWithTheCommand(t *testing.T) {
	mercator := `{"geometryType":"esriGeometryPoint","spatialReference":{"wkid":102100,"latestWkid":3857},"features":[{"attributes":{},"geometry":{"x":1,"y":2}}]}`
	after := `{"geometryType":"esriGeometryPoint","features":[{"attributes":{},"geometry":{"x":1,"y":2}}],"spatialReference":{"wkid":102100}}`
	for _, file := range []File{
		onDisk("testdata/json/utm.geojson"), inMemory("m.json", []byte(mercator)), inMemory("after.json", []byte(after)),
		inMemory("s.geojsonl", []byte(`{"type":"Feature","crs":{"type":"name","properties":{"name":"EPSG:3857"}},"properties":null,"geometry":null}`+"\n"+oneFeature)),
	} {
		bad := refusal(t, file, Options{})
		if bad.Rule != "foreign-crs" || !strings.Contains(bad.Detail, "ogr2ogr -t_srs OGC:CRS84") || !strings.Contains(bad.Detail, "--with-gdal") {
			t.Error(bad)
		}
	}
}

func TestACellOfAnotherCoordinateSystemIsRefusedWithItsCommand(t *testing.T) {
	for _, file := range []File{onDisk("testdata/csv/postgis-mercator.csv"), inMemory("ewkt.csv", []byte("id,shape\n1,SRID=3857;POINT(1 2)\n"))} {
		bad := refusal(t, file, Options{})
		if bad.Rule != "foreign-crs" || !strings.Contains(bad.Detail, "-s_srs EPSG:3857 -t_srs OGC:CRS84") || strings.Contains(bad.Detail, "--with-gdal") { // which knows no such cells
			t.Error(bad)
		}
	}
}
