package intake

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/geojson"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

const (
	aPoint = `{"type":"Point","coordinates":[1,2]}`
	aLine  = `{"type":"LineString","coordinates":[[0,0],[3,1]]}`
)

func TestWhatIsNoPolygonIsLeftOutAndCounted(t *testing.T) {
	imported, report := zonesOf(t, Plan{Set: constant}, text("z.geojson", collection(feature(square, ``), shaped(aPoint, ``), shaped(`{"type":"MultiPoint","coordinates":[[1,1],[2,2]]}`, ``),
		shaped(aLine, ``), shaped(`null`, ``), shaped(`null`, `"a":1`),
		shaped(`{"type":"GeometryCollection","geometries":[{"type":"Polygon","coordinates":`+square+`},{"type":"GeometryCollection","geometries":[`+aPoint+`]},{"type":"Polygon","coordinates":`+triangle+`}]}`, ``))))
	if len(report.Faults) > 0 || len(imported.Zones) != 2 || len(imported.Zones[1].Shape) != 2 || len(imported.Places)+len(imported.Lines) > 0 {
		t.Fatal(report.Faults, imported)
	}
	want := []string{
		"z.geojson: 1 GeometryCollection taken apart: the polygons of each are one zone", "z.geojson: 4 points left out; --points places takes points as places",
		"z.geojson: 1 line left out; --lines control-lines takes lines as control lines", "z.geojson: 2 features without geometry left out",
	}
	if !reflect.DeepEqual(imported.Notes, want) {
		t.Errorf("%q", imported.Notes)
	}
	for name, c := range map[string]struct {
		plan Plan
		text string
		want string
	}{
		"points alone":                    {Plan{Set: constant}, collection(shaped(aPoint, ``), shaped(aPoint, ``), shaped(aLine, ``)), "2 points, 1 line, no polygon"},
		"nothing but null":                {Plan{Set: constant}, collection(shaped(`null`, ``)), "1 feature without geometry, no polygon"},
		"points alone, dated by the name": {Plan{Set: dated, Date: "name"}, collection(shaped(aPoint, ``)), "1 point, no polygon"},
		"refused points":                  {Plan{Set: constant, Points: Refuse}, collection(feature(square, ``), shaped(aPoint, ``)), "1 point; --points leave-out"},
	} {
		if _, report := zonesOf(t, c.plan, text("2025-01-01.geojson", c.text)); len(report.Faults) != 1 || !strings.Contains(report.Faults[0].Detail, c.want) {
			t.Errorf("%s: %v", name, report.Faults)
		}
	}
}

func TestPointsAndLinesBecomePlacesAndControlLines(t *testing.T) {
	plan := Plan{Set: map[string]string{"kind": "town", "basis": "b", "status": "observed", "source": "s", "accuracy_m": "5"}, Map: map[string]string{"name_en": "NAME", "party": "H"},
		Date: "name", Points: Places, Lines: ControlLines}
	one := collection(feature(square, `"H":"North","NAME":"Zone"`), shaped(aPoint, `"NAME":"Rafah"`), shaped(`{"type":"Point","coordinates":[1,3]}`, `"NAME":"Rafah"`), shaped(`{"type":"Point","coordinates":[1,4]}`, ``), shaped(aLine, `"H":"North"`))
	two := collection(feature(square, `"H":"North","NAME":"Zone"`), shaped(aPoint, `"NAME":"Rafah"`))
	imported, report := zonesOf(t, plan, text("2025-01-01.geojson", one), text("2025-02-01.geojson", two))
	if len(report.Faults) > 0 || len(imported.Zones) != 1 {
		t.Fatal(report.Faults, imported)
	}
	var got []string
	for _, p := range imported.Places {
		got = append(got, fmt.Sprint(p.ID, " ", p.Kind, " ", p.Name, " ", p.Point))
	}
	if want := "rafah town map[en:Rafah] [1 2] rafah-2 town map[en:Rafah] [1 3] place-1 town map[] [1 4]"; strings.Join(got, " ") != want {
		t.Error(got)
	}
	if l := imported.Lines; len(l) != 1 || l[0].ID != "b-line-2025-01-01-1" || l[0].Kind != "town" || l[0].Valid.String() != "[2025-01-01, 2025-02-01)" || l[0].Party != "north" || len(l[0].Shape) != 2 {
		t.Error(l)
	}
	delete(plan.Set, "kind")
	if _, report := zonesOf(t, plan, text("2025-01-01.geojson", one)); len(report.Faults) != 4 || report.Faults[0].Rule != "missing-property" || report.Faults[0].Place != "kind" {
		t.Error(report.Faults)
	}
}

// Whatever else lies among polygons, and however they are collected, the zones are those of the polygons.
func TestChoosingNothingChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 5).Draw(t, "polygons")
		var plain, mixed []string
		for i := range n {
			polygon := fmt.Sprintf(`{"type":"Polygon","coordinates":[[[%d,0],[%d.5,0],[%d.5,1],[%d,0]]]}`, i, i, i, i)
			properties := fmt.Sprintf(`"n":%d`, i)
			plain = append(plain, shaped(polygon, properties))
			if rapid.Bool().Draw(t, "in a collection") {
				polygon = `{"type":"GeometryCollection","geometries":[` + aPoint + `,` + polygon + `,` + aLine + `]}`
			}
			mixed = append(mixed, shaped(polygon, properties))
			for range rapid.IntRange(0, 2).Draw(t, "others") {
				mixed = append(mixed, shaped(rapid.SampledFrom([]string{aPoint, aLine, "null"}).Draw(t, "other"), `"m":1`))
			}
		}
		zones := func(plan Plan, features []string) []data.Zone {
			report := &geojson.Report{}
			names, _ := NewCalled(nil)
			imported, err := Zones(t.Context(), []File{text("a.geojson", collection(features...))}, plan, names, report, func() {})
			if err != nil || len(report.Faults) > 0 {
				t.Fatal(err, report.Faults)
			}
			return imported.Zones
		}
		want := zones(Plan{Set: constant}, plain)
		for _, plan := range []Plan{{Set: constant}, {Set: constant, Where: "true"}, {Set: constant, Where: "m == nil or true"}, {Set: constant, DateFormat: auto, Points: LeaveOut, Lines: LeaveOut}} {
			if strings.Contains(plan.Where, "m") && !strings.Contains(strings.Join(mixed, ""), `"m"`) {
				continue
			}
			if got := zones(plan, mixed); !reflect.DeepEqual(got, want) {
				t.Fatalf("%v\nnot %v", got, want)
			}
		}
	})
}

func TestPolygonsOfACollectionThatOverlapAreOneZoneOfWhatTheyCover(t *testing.T) {
	other := `[[[0.5,0],[1.5,0],[1.5,1],[0.5,1],[0.5,0]]]`
	imported, report := zonesOf(t, Plan{Set: constant}, text("a.geojson", shaped(`{"type":"GeometryCollection","geometries":[{"type":"Polygon","coordinates":`+square+`},{"type":"Polygon","coordinates":`+other+`}]}`, ``)))
	if len(report.Faults) > 0 || len(imported.Zones) != 1 || len(report.Repairs) != 1 {
		t.Fatal(report, imported)
	}
	got, err := geo.Area(imported.Zones[0].Shape)
	want, _ := geo.Area(orb.MultiPolygon{{{{0, 0}, {1.5, 0}, {1.5, 1}, {0, 1}, {0, 0}}}})
	if err != nil || got/want < 1-1e-9 || got/want > 1+1e-9 {
		t.Error(got, want, err)
	}
}
