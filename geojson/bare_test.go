package geojson

import (
	"strings"
	"testing"
)

func TestFeaturesWithoutGeometryAreHandedOnOnlyWhereTheyAreAskedFor(t *testing.T) {
	for _, geometry := range []string{`,"geometry":null`, ``, `,"geometry":{"type":"Polygon","coordinates":[]}`, `,"geometry":{"type":"GeometryCollection","geometries":[]}`} {
		text := `{"type":"Feature","id":"a","properties":{"H":1}` + geometry + `}`
		for _, bare := range []bool{false, true} {
			report, handed := &Report{}, 0
			err := Read(t.Context(), strings.NewReader(text), "f", Options{Bare: bare}, report, func(f Feature) error {
				if handed++; f.Geometry != nil || f.ID != "a" || f.Properties == nil {
					t.Errorf("%s: %+v", text, f)
				}
				return nil
			})
			if err != nil || (handed == 1) != bare || (len(report.Faults) == 0) != bare {
				t.Errorf("%s, bare %v: %v, %d handed on, %v", text, bare, err, handed, report.Faults)
			}
		}
	}
	// A ring of nothing in a polygon that has others is a mistake, not an absence.
	report := &Report{}
	text := `{"type":"Polygon","coordinates":[[]]}`
	if err := Read(t.Context(), strings.NewReader(text), "f", Options{Bare: true}, report, func(Feature) error { return nil }); err != nil || len(report.Faults) != 1 {
		t.Errorf("%v %v", err, report.Faults)
	}
}
