package geojson_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/geojson"

	orbjson "github.com/paulmach/orb/geojson"
)

// Whatever is read can be measured, and reads the same after orb has written it.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		`{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}`,
		`{"type":"Feature","id":7,"properties":{"a":null},"geometry":{"type":"MultiPolygon","coordinates":[[[[0,0],[0,1],[1,1]]],[[[5,5],[6,5],[6,6],[5,5]]]]}}`,
		`{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"LineString","coordinates":[[0,0],[0,0],[1,1,9]]},"properties":null}]}`,
		`{"features":[{"geometry":{"coordinates":[1,2],"type":"Point"},"type":"Feature"}],"type":"FeatureCollection"}`,
		`{"type":"GeometryCollection","geometries":[{"type":"MultiPoint","coordinates":[[1,2]]},{"type":"MultiLineString","coordinates":[[[1,2],[3,4]]]}]}`,
		`{"type":"Polygon","coordinates":[[[-180,-90],[180,-90],[180,90],[-180,90],[-180,-90]]]}`,
		`{"type":"Polygon","coordinates":[[[0,0],[2,2],[2,0],[0,2],[0,0]]]}`,
		`{"type":"Polygon","coordinates":[null]}`, `{"type":"Point","coordinates":[1e999,0]}`, `{"type":"Point","COORDINATES":[1,0]}`,
		`null`, `{}`, `[]`, `{"type":"FeatureCollection","features":[null]}`, strings.Repeat(`[`, 200),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		report, features := &geojson.Report{}, 0
		err := geojson.Read(t.Context(), strings.NewReader(text), "fuzz.geojson", geojson.Options{Vertices: 10000}, report, func(feature geojson.Feature) error {
			features++
			area, err := geo.Area(feature.Geometry)
			if err != nil || !(area >= 0 && area < 5.101e14*1000) {
				t.Errorf("%s was read, but measures %v, %v", text, area, err)
			}
			written, err := json.Marshal(orbjson.NewGeometry(feature.Geometry))
			if err != nil {
				t.Fatal(err)
			}
			again := &geojson.Report{}
			err = geojson.Read(t.Context(), strings.NewReader(string(written)), "again.geojson", geojson.Options{}, again, func(geojson.Feature) error { return nil })
			if err != nil || len(again.Faults)+len(again.Repairs) > 0 {
				t.Errorf("%s was read, but what is written again is not: %v %+v %+v", text, err, again.Faults, again.Repairs)
			}
			return nil
		})
		if err == nil && features == 0 && len(report.Faults) == 0 {
			t.Errorf("%q holds nothing, yet nothing was said", text)
		}
	})
}
