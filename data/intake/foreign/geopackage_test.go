package foreign

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/geojson"

	"github.com/paulmach/orb"
)

// onDisk is a file of testdata as the command opens it.
func onDisk(name string) File {
	return File{Name: name, Path: name, Open: func() (io.ReadCloser, error) { return os.Open(name) }}
}

// refusal is the fault for which a file is refused.
func refusal(t *testing.T, file File, options Options) geojson.Fault {
	t.Helper()
	source, err := Open(t.Context(), file, options)
	if err == nil {
		_, err = io.Copy(io.Discard, source.Text())
		defer source.Close()
	}
	var bad geojson.Fault
	if !errors.As(err, &bad) {
		t.Fatalf("%s is not refused: %v", file.Name, err)
	}
	return bad
}

// checkTestdata reads what other programs made of testdata/geopackage/zones.geojson.
func checkTestdata(t *testing.T, file File, options Options) *Source {
	t.Helper()
	source, err := Open(t.Context(), file, options)
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	var all []Feature
	for f, err := range source.features {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	want := 3
	if source.Format == "FlatGeobuf" {
		want = 2 // GDAL leaves out what has no shape
	}
	if len(all) != want {
		t.Fatalf("%s: %d features", file.Name, len(all))
	}
	byHolder := map[any]map[string]any{}
	shapes := map[any]orb.Geometry{}
	for _, f := range all {
		properties := map[string]any{}
		for _, p := range f.Properties {
			properties[p.Name] = p.Value
		}
		byHolder[properties["holder"]], shapes[properties["holder"]] = properties, f.Geometry
	}
	first := byHolder["Group A+"]
	for name, want := range map[string]any{"name": "مجموعة أ", "n": int64(3), "km": 1.5, "sure": true} {
		if fmt.Sprint(first[name]) != fmt.Sprint(want) {
			t.Errorf("%s: %s is %v (%T), not %v", file.Name, name, first[name], first[name], want)
		}
	}
	if since := fmt.Sprint(first["since"]); !strings.HasPrefix(since, "2025-01-02") {
		t.Errorf("%s: since %v", file.Name, since)
	}
	if other := byHolder["Група Б"]; other["name"] != "קבוצה ב" || other["km"] != nil || other["sure"] != false {
		t.Errorf("%s: %v", file.Name, other)
	}
	second := orb.MultiPolygon{{{{10.5, 20}, {11, 20}, {11, 21}, {10.5, 21}, {10.5, 20}}}}
	if !orb.Equal(shapes["Група Б"], second) || shapes["nobody"] != nil {
		t.Errorf("%s: %v", file.Name, shapes)
	}
	if holed, ok := shapes["Group A+"].(orb.MultiPolygon); !ok || len(holed) != 2 || len(holed[0]) != 2 {
		t.Errorf("%s: %v", file.Name, shapes["Group A+"])
	}
	return source
}

func TestGeoPackagesOfOtherProgramsAreRead(t *testing.T) {
	for name, layer := range map[string]string{"gdal.gpkg": "", "qgis.gpkg": "", "xyzm.gpkg": "", "two-layers.gpkg": "zones"} {
		name = "testdata/geopackage/" + name
		source := checkTestdata(t, onDisk(name), Options{Layer: layer})
		if source.Format != "GeoPackage" || len(source.Layers) == 0 {
			t.Errorf("%s: %v", name, source)
		}
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		checkTestdata(t, inMemory(name, content), Options{Layer: layer})
	}
}

func TestALayerIsChosenAndNotGuessed(t *testing.T) {
	bad := refusal(t, onDisk("testdata/geopackage/two-layers.gpkg"), Options{})
	for _, word := range []string{"--layer", `"others"`, `"zones"`, "3", "1"} {
		if !strings.Contains(bad.Detail, word) {
			t.Errorf("%v has no %s", bad, word)
		}
	}
	if bad := refusal(t, onDisk("testdata/geopackage/two-layers.gpkg"), Options{Layer: "none"}); !strings.Contains(bad.Detail, `"others"`) {
		t.Error(bad)
	}
}

func TestCurvesAreRefusedByTheirName(t *testing.T) {
	bad := refusal(t, onDisk("testdata/geopackage/curves.gpkg"), Options{})
	if bad.Feature != "2" || !strings.Contains(bad.Detail, "CurvePolygon") || !strings.Contains(bad.Detail, "CONVERT_TO_LINEAR") {
		t.Error(bad)
	}
}

func TestADatabaseThatIsNoGeoPackageIsRefused(t *testing.T) {
	if bad := refusal(t, onDisk("testdata/geopackage/plain.sqlite"), Options{}); bad.Rule != "unknown-format" || !strings.Contains(bad.Detail, "ogr2ogr") {
		t.Error(bad)
	}
}

func TestAnotherCoordinateSystemIsRefusedWithTheCommandThatTransformsIt(t *testing.T) {
	for _, name := range []string{"geopackage/utm.gpkg", "flatgeobuf/utm.fgb"} {
		bad := refusal(t, onDisk("testdata/"+name), Options{})
		stem := strings.TrimSuffix(strings.TrimSuffix("testdata/"+name, ".gpkg"), ".fgb")
		for _, words := range []string{"EPSG:32632", "UTM zone 32N", "ogr2ogr -t_srs OGC:CRS84 " + stem + ".geojson testdata/" + name, "--with-gdal"} {
			if bad.Rule != "foreign-crs" || !strings.Contains(bad.Detail, words) {
				t.Errorf("%v has no %s", bad, words)
			}
		}
	}
}

func TestFlatGeobufsOfOtherProgramsAreRead(t *testing.T) {
	for _, name := range []string{"gdal.fgb", "qgis.fgb", "no-index.fgb"} {
		source := checkTestdata(t, onDisk("testdata/flatgeobuf/"+name), Options{})
		if source.Format != "FlatGeobuf" || len(source.Layers) != 1 || source.Layers[0].Features > 0 && source.Layers[0].Features != 2 {
			t.Errorf("%s: %v", name, source)
		}
	}
}

func TestAFlatGeobufThatWasCutOffIsRefused(t *testing.T) {
	whole, err := os.ReadFile("testdata/flatgeobuf/gdal.fgb")
	if err != nil {
		t.Fatal(err)
	}
	for size := 9; size < len(whole); size += 37 {
		refusal(t, inMemory("cut.fgb", whole[:size]), Options{})
	}
}

func TestBinaryGeometriesOfEveryKindAreRead(t *testing.T) {
	for hex, want := range map[string]orb.Geometry{
		"0101000000000000000000f03f0000000000000040":                                 orb.Point{1, 2},
		"00000003e93ff000000000000040000000000000004008000000000000":                 orb.Point{1, 2}, // Z, big-endian
		"01b90b0000000000000000f03f000000000000004000000000000008400000000000001040": orb.Point{1, 2}, // ZM
		"0101000020e6100000000000000000f03f0000000000000040":                         orb.Point{1, 2}, // with an SRID
		"01010000c0000000000000f03f000000000000004000000000000008400000000000001040": orb.Point{1, 2}, // EWKB ZM
		"010700000001000000" + "0101000000000000000000f03f0000000000000040":          orb.Collection{orb.Point{1, 2}},
	} {
		var b []byte
		if _, err := fmt.Sscanf(hex, "%x", &b); err != nil {
			t.Fatal(err)
		}
		got, err := fromWKB(b)
		if err != nil || !orb.Equal(got, want) {
			t.Errorf("%s: %v %v", hex, got, err)
		}
		for size := range b {
			if _, err := fromWKB(b[:size]); err == nil {
				t.Errorf("%s cut to %d bytes is read", hex, size)
			}
		}
	}
	if got, err := fromWKB([]byte("\x01\x0a\x00\x00\x00\x00\x00\x00\x00")); err == nil || !strings.Contains(err.Error(), "CurvePolygon") {
		t.Error(got, err)
	}
	if got, err := fromWKB([]byte("\x01\x03\x00\x00\x00\xff\xff\xff\x0f")); err == nil {
		t.Error(got)
	}
}

func TestCoordinateSystemsAreKnownByEveryName(t *testing.T) {
	const wkt = `GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]`
	for name, want := range map[string]bool{
		"EPSG:4326": true, "epsg:4326": true, "4326": true, "urn:ogc:def:crs:OGC:1.3:CRS84": true, "urn:ogc:def:crs:EPSG::4326": true, "OGC:CRS84": true,
		"http://www.opengis.net/def/crs/OGC/1.3/CRS84": true, "http://www.opengis.net/gml/srs/epsg.xml#4326": true, "WGS 84": true, "WGS84": true,
		wkt + "]": true, wkt + `,AUTHORITY["EPSG","4326"]]`: true,
		`GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`:                                                                                        true,
		`GEOGCRS["WGS 84",ENSEMBLE["World Geodetic System 1984 ensemble",MEMBER["x"],ELLIPSOID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],CS[ellipsoidal,2],AXIS["lat",north],ANGLEUNIT["degree",0.0174532925199433],ID["EPSG",4326]]`: true,
		"EPSG:32636": false, "3857": false, "102100": false, "urn:ogc:def:crs:EPSG::32636": false, "Amersfoort / RD New": false, "": false, "EPSG:4258": false,
		`PROJCS["WGS 84 / UTM zone 36N",` + wkt + `],PROJECTION["Transverse_Mercator"],UNIT["metre",1],AUTHORITY["EPSG","32636"]]`:                            false,
		`GEOGCS["NAD27",DATUM["North_American_Datum_1927",SPHEROID["Clarke 1866",6378206.4,294.9]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]`:  false,
		`GEOGCS["WGS 84 from Paris",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Paris",2.33722917],UNIT["degree",0.0174532925199433]]`: false,
		`GEOGCS["WGS 84 in gons",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["grad",0.01570796326794897]]`:          false,
		`GEOGCS["broken`: false,
	} {
		if called, is := coordinateSystem(name); is != want {
			t.Errorf("%s: %q %v", name, called, is)
		}
	}
	for text, want := range map[string]string{"EPSG:32636": "EPSG:32636, WGS 84 / UTM zone 36N", "urn:ogc:def:crs:EPSG::32736": "EPSG:32736, WGS 84 / UTM zone 36S",
		"102100": "ESRI:102100, WGS 84 / Pseudo-Mercator of web maps", `PROJCS["WGS 84 / UTM zone 36N",AUTHORITY["EPSG","32636"]]`: "EPSG:32636, WGS 84 / UTM zone 36N"} {
		if got, _ := coordinateSystem(text); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s", text, got)
		}
	}
}

// fuzz reads whatever comes, and hands it to package geojson.
func fuzz(f *testing.F, read func([]byte) bool, seeds ...string) {
	for _, name := range seeds {
		seed, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		if !read(content) {
			return
		}
		source, err := Open(t.Context(), inMemory("f", content), Options{Limit: 1 << 22})
		if err != nil {
			return
		}
		defer source.Close()
		report := &geojson.Report{}
		_ = geojson.Read(t.Context(), source.Text(), "f", geojson.Options{Clean: true, MaxSteps: 1 << 20}, report, func(f geojson.Feature) error {
			if b := f.Geometry.Bound(); math.IsNaN(b.Min[0]) {
				t.Errorf("%v", b)
			}
			return nil
		})
	})
}

func FuzzGeoPackage(f *testing.F) {
	fuzz(f, isSQLite, "testdata/geopackage/gdal.gpkg", "testdata/geopackage/xyzm.gpkg")
}

func FuzzFlatGeobuf(f *testing.F) {
	fuzz(f, isFlatGeobuf, "testdata/flatgeobuf/gdal.fgb", "testdata/flatgeobuf/no-index.fgb", "testdata/flatgeobuf/qgis.fgb")
}

func FuzzWKB(f *testing.F) {
	f.Add([]byte("\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\xf0\x3f\x00\x00\x00\x00\x00\x00\x00\x40"))
	f.Fuzz(func(_ *testing.T, b []byte) { _, _ = fromWKB(b) })
}
