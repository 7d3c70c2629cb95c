package foreign

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

func TestWhatIsGotInThePlaceOfAMapIsToldWithWhatToDo(t *testing.T) {
	var parts bytes.Buffer
	z := zip.NewWriter(&parts)
	for _, name := range []string{"a.dbf", "a.prj"} {
		if _, err := z.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	arcs := `{"type":"Topology","objects":{"a":{"type":"Polygon","arcs":[[0]]}},"arcs":[[[37,48],[1,0],[0,1],[-1,-1]]]}`
	kml := "<kml><Document>" + strings.Repeat("<Placemark>"+square+"</Placemark>", 3)
	for text, wants := range map[string][]string{
		"\n<!DOCTYPE html><html><body>404</body></html>": {"unknown-format", "web page"},
		`<?xml version="1.0"?><ows:ExceptionReport xmlns:ows="a"><ows:Exception><ows:ExceptionText> no layer </ows:ExceptionText></ows:Exception></ows:ExceptionReport>`: {"server-error", "error: no layer"},
		`<ServiceExceptionReport><ServiceException code="a">no such type</ServiceException></ServiceExceptionReport>`:                                                    {"server-error", "no such type"},
		"version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 12345\n":                                                                                        {"unknown-format", "git lfs pull"},
		"[" + oneFeature + "]":                                        {"unknown-format", "jq "},
		"callback(" + oneFeature + ")":                                {"unknown-format", "without callback"},
		`{"code":"InvalidParameterValue","description":"bad bbox"}`:   {"server-error", `"bad bbox"`},
		`{"success":true,"result":{"total":500,"records":[{"a":1}]}}`: {"unknown-format", "ask the server for GeoJSON"},
		`{"currentVersion":10.8,"name":"a","type":"Feature Layer","geometryType":"esriGeometryPolygon","fields":[]}`: {"unknown-format", "/query?"},
		`{"version":0.6,"elements":[{"type":"node"}]}`:                                                               {"unknown-format", "osmtogeojson"},
		`{"objectIdFieldName":"OBJECTID","objectIds":[1,2,3]}`:                                                       {"esri", "returnIdsOnly"},
		"POLYGON((37 48,38 48,38 49,37 48))\n":                                                                       {"no-shapes", "write a line above it"},
		"a\tb\n\xff\t1\n":                                                                                            {"encoding", "> utf8-a"},
		parts.String():                                                                                               {"unknown-format", ".shp, which has the shapes, is missing"},
		arcs:                                                                                                         {"topojson", "do not close it", "transform"},
		kml:                                                                                                          {"xml", "cut off"},
		"party,wkt\nx,\"POLYGON((37 4":                                                                               {"csv", "cut off", "twice"},
		"party,wkt\nx \"a\" y,\"POLYGON((37 48,38 48,38 49,37 48))\"\n": {"csv", "write each quote within it twice"},
		"lon,lat\n37°30'E,48°N\n":                                       {"csv", "degrees are written as"},
	} {
		bad := refusal(t, inMemory("a", []byte(text)), Options{})
		for _, want := range wants {
			if !strings.Contains(bad.Rule+": "+bad.Detail, want) {
				t.Errorf("%.60s: %v lacks %q", text, bad, want)
			}
		}
	}
	if bad := refusal(t, onDisk("testdata/geopackage/attributes.gpkg"), Options{}); bad.Rule != "empty" || !strings.Contains(bad.Detail, "tables alone") {
		t.Error(bad)
	}
}

func TestBytesAsPostgreSQLWritesThemAreAShape(t *testing.T) {
	all, report := features(t, inMemory("a.csv", []byte("n,geom\na,\\x010100000000000000000024400000000000003440\n")), Options{})
	if report.Err() != nil || len(all) != 1 || all[0].Geometry.GeoJSONType() != "Point" {
		t.Error(all, report)
	}
}
