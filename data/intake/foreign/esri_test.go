package foreign

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

// answered is what ArcGIS answers with features of these members.
func answered(features ...string) File {
	return inMemory("answer.json", []byte(`{"objectIdFieldName":"ID","spatialReference":{"wkid":4326},"fields":[{"name":"seen","type":"esriFieldTypeDate"},{"name":"ID","type":"esriFieldTypeOID"}],"features":[`+strings.Join(features, ",")+"]}"))
}

// Law: however rings lie in the list, each hole is in its own shell, islands in lakes too.
func TestLawEachHoleOfEsriJSONFindsItsShell(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want orb.MultiPolygon
		var rings []orb.Ring
		square := func(x, y, half float64, turn orb.Orientation) orb.Ring {
			r := orb.Ring{{x - half, y - half}, {x + half, y - half}, {x + half, y + half}, {x - half, y + half}, {x - half, y - half}}
			if r.Orientation() != turn {
				r.Reverse()
			}
			rings = append(rings, r)
			return r
		}
		for i := range rapid.IntRange(1, 8).Draw(t, "shells") {
			x, y := float64(i%4)*10, float64(i/4)*10
			for half := 4.0; half > 1 && (half == 4 || rapid.Bool().Draw(t, "island")); half -= 1.5 {
				p := orb.Polygon{square(x, y, half, orb.CW)}
				if half > 2 && rapid.Bool().Draw(t, "lake") {
					p = append(p, square(x, y, half-0.7, orb.CCW))
				} else {
					half = 0
				}
				want = append(want, p)
			}
		}
		rings = rapid.Permutation(rings).Draw(t, "rings")
		text, err := json.Marshal(rings)
		if err != nil {
			t.Fatal(err)
		}
		all, report := features(t, answered(fmt.Sprintf(`{"attributes":{"ID":7},"geometry":{"rings":%s}}`, text)), Options{})
		if report.Err() != nil || len(report.Repairs) > 0 || len(all) != 1 || all[0].ID != "7" {
			t.Fatal(report)
		}
		got := all[0].Geometry
		if one, ok := got.(orb.Polygon); ok {
			got = orb.MultiPolygon{one}
		}
		area := 0.0
		for _, p := range want {
			area += math.Abs(planar.Area(orb.Polygon{p[0]}))
			for _, hole := range p[1:] {
				area -= math.Abs(planar.Area(orb.Polygon{hole}))
			}
		}
		if len(got.(orb.MultiPolygon)) != len(want) || math.Abs(planar.Area(got)-area) > 1e-9 {
			t.Fatalf("%v is read as %v", want, got)
		}
	})
}

func TestHolesTouchTheirShells(t *testing.T) {
	shells := []orb.Ring{{{0, 0}, {0, 4}, {4, 4}, {4, 0}, {0, 0}}, {{4, 0}, {4, 4}, {8, 4}, {8, 0}, {4, 0}}}
	hole := orb.Ring{{4, 2}, {6, 3}, {6, 1}, {4, 2}} // at the edge that both share
	hole.Reverse()
	if hole.Orientation() != orb.CCW {
		hole.Reverse()
	}
	polygons, outside := esriPolygons(append(slices.Clone(shells), hole))
	if len(outside) > 0 || len(polygons) != 2 || len(polygons[1]) != 2 {
		t.Errorf("%v %v", polygons, outside)
	}
}

func TestManyHolesAreGivenOutAtOnce(t *testing.T) {
	const side = 100
	var rings []orb.Ring
	shell := orb.Ring{{-1, -1}}
	for i := range 20_000 {
		shell = append(shell, orb.Point{-1 + 0.1*math.Sin(float64(i)), float64(i) / 250})
	}
	shell = append(shell, orb.Point{-1, 81}, orb.Point{101, 81}, orb.Point{101, -1}, orb.Point{-1, -1})
	for i := range side * side {
		x, y := float64(i%side), float64(i/side)/2
		rings = append(rings, orb.Ring{{x, y}, {x + 0.4, y}, {x, y + 0.4}, {x, y}})
	}
	polygons, outside := esriPolygons(append(rings, shell))
	if len(polygons) != 1 || len(outside) > 0 || len(polygons[0]) != side*side+1 {
		t.Errorf("%d polygons, %d outside", len(polygons), len(outside))
	}
}

func TestEsriJSONIsReadInItsManyForms(t *testing.T) {
	for name, at := range map[string]struct {
		geometry string
		want     orb.Geometry
	}{
		"point": {`{"x":1.5,"y":2,"z":9}`, orb.Point{1.5, 2}}, "points": {`{"points":[[1,2],[3,4,5]]}`, orb.MultiPoint{{1, 2}, {3, 4}}},
		"path": {`{"hasM":true,"paths":[[[1,2,null],[3,4,7]]]}`, orb.LineString{{1, 2}, {3, 4}}}, "paths": {`{"paths":[[[1,2],[3,4]],[[5,6],[7,8]]]}`, orb.MultiLineString{{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}}},
		"own reference": {`{"x":1,"y":2,"spatialReference":{"wkid":4326}}`, orb.Point{1, 2}},
		"ring":          {`{"rings":[[[0,0],[0,1],[1,1],[0,0]]]}`, orb.Polygon{{{0, 0}, {1, 1}, {0, 1}, {0, 0}}}},
	} {
		source, err := Open(t.Context(), answered(`{"attributes":{"seen":1719846180000},"geometry":`+at.geometry+`}`), Options{})
		if err != nil {
			t.Fatal(name, err)
		}
		for f, err := range source.features {
			if err != nil || !orb.Equal(f.Geometry, at.want) {
				t.Errorf("%s: %v %v", name, f.Geometry, err)
			}
		}
		if !slices.Equal(source.DateFields, []string{"seen"}) {
			t.Error(source.DateFields)
		}
	}
	for _, empty := range []string{`{"x":"NaN","y":"NaN"}`, `{"x":null,"y":null}`, `{"rings":[]}`, `{"paths":[]}`, `{"points":[]}`, "null"} {
		source, err := Open(t.Context(), answered(`{"attributes":{},"geometry":`+empty+`}`), Options{})
		if err != nil {
			t.Fatal(err)
		}
		for f, err := range source.features {
			if f.Geometry != nil || err != nil {
				t.Errorf("%s: %v %v", empty, f, err)
			}
		}
	}
	alone, report := features(t, inMemory("f", []byte(`{"attributes":{"a":1},"geometry":{"x":1,"y":2}}`)), Options{})
	if len(alone) != 1 || report.Err() != nil {
		t.Error(alone, report)
	}
}

func TestWhatEsriJSONLacksIsSaid(t *testing.T) {
	for geometry, words := range map[string][]string{
		`{"curveRings":[[[0,0],{"c":[[1,1],[2,0]]}]]}`: {"curves", "returnTrueCurves=false", "#0"}, `{"xmin":1,"ymin":2,"xmax":3,"ymax":4}`: {"envelope"},
		`{"rings":[[[0,0],[1,0],[1,1],[0,0]]]}`: {"hole-outside", "ring 0"}, `{"rings":[[[0,0],[0,9],[9,9],[0,0]],[[20,20],[21,20],[21,21],[20,20]]]}`: {"hole-outside", "ring 1"},
		`{"rings":[[[0,0],[null,1],[1,1]]]}`: {"esri", "number"}, `{"rings":[[[0],[1,1],[1,1]]]}`: {"two numbers"}, `{"rings":7}`: {"array"}, `{"a":1}`: {"neither rings"}, `7`: {"esri"},
		`{"rings":[[[0,0],[0,9]]]}`: {"too-few-points"},
	} {
		bad := refusal(t, answered(`{"attributes":{},"geometry":`+geometry+`}`), Options{})
		for _, word := range append(words, "#0", "answer.json") {
			if !strings.Contains(bad.Error(), word) {
				t.Errorf("%s: %v has no %s", geometry, bad, word)
			}
		}
	}
	for text, word := range map[string]string{
		`{"error":{"code":400,"message":"Invalid query"}}`: "Invalid query", `{"geometryType":"esriGeometryPolygon","transform":{"scale":[1,1]},"features":[]}`: "quantizationParameters",
		`{"geometryType":"esriGeometryPolygon","features":[{"attributes":{}},{"attr`: "cut off", `{"geometryType":"esriGeometryPolygon","features":[]} 7`: "follows", `{"rings":[]}`: "without a feature",
		`{"geometryType":"esriGeometryPolygon","features":[],"features":[]}`: "duplicate",
	} {
		if bad := refusal(t, inMemory("f", []byte(text)), Options{}); !strings.Contains(bad.Error(), word) {
			t.Errorf("%s: %v", text, bad)
		}
	}
	source, err := Open(t.Context(), inMemory("f", []byte(`{"geometryType":"esriGeometryPoint","features":[{"attributes":{},"geometry":{"x":1,"y":2}}]}`)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for range source.features {
	}
	if len(source.Notes) != 1 || !strings.Contains(source.Notes[0], "no spatial reference") {
		t.Error(source.Notes)
	}
}

func TestACancelledReadingEndsWithItsCause(t *testing.T) {
	cause := errors.New("enough")
	for _, text := range []string{`{"geometryType":"a","features":[{"attributes":{}}]}`, oneFeature + oneFeature, `{"type":"Topology"}`, "lon,lat\n1,2\n", `{"type":"FeatureCollection","features":[]}`} {
		ctx, cancel := context.WithCancelCause(t.Context())
		cancel(cause)
		source, err := Open(ctx, inMemory("f", []byte(text)), Options{})
		if err == nil {
			_, err = source.Text().Read(make([]byte, 1<<16))
			for err == nil {
				_, err = source.Text().Read(make([]byte, 1<<16))
			}
		}
		if !errors.Is(err, cause) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestEsriCoordinatesThatAreNoDegreesAreAskedAbout(t *testing.T) {
	far, near := `{"attributes":{},"geometry":{"x":1100000,"y":6600000}}`, `{"attributes":{},"geometry":{"x":1,"y":2}}`
	for text, wants := range map[string][]string{
		`{"geometryType":"esriGeometryPoint","features":[` + near + "," + far + "," + far + `]}`:                                             {"foreign-crs", "1.1e+06 6.6e+06", "outSR=4326", "-s_srs EPSG:CODE"},
		`{"geometryType":"esriGeometryPoint","features":[` + far + `],"spatialReference":{"wkid":102100,"latestWkid":3857}}`:                 {"foreign-crs", "EPSG:3857", "--with-gdal"},
		`{"geometryType":"esriGeometryPoint","features":[` + far + `],"spatialReference":{"wkid":4326}}`:                                     {"range", "-s_srs EPSG:CODE"},
		`{"attributes":{},"geometry":{"rings":[[[0,0],[0,500],[500,500],[0,0]]]}}`:                                                           {"foreign-crs", "500 500"},
		`{"geometryType":"esriGeometryPoint","features":[{"attributes":{},"geometry":{"x":"NaN","y":"NaN"}},{"attributes":{}},` + far + "]}": {"foreign-crs"},
	} {
		bad := refusal(t, inMemory("a.json", []byte(text)), Options{})
		for _, want := range wants {
			if !strings.Contains(bad.Rule+" "+bad.Detail, want) {
				t.Errorf("%s: %v lacks %q", text, bad, want)
			}
		}
	}
}
