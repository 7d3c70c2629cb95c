package geojson_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/internal/referee"

	"github.com/paulmach/orb"
	orbjson "github.com/paulmach/orb/geojson"
	"pgregory.net/rapid"
)

// A shape of testdata/validity.geojson is valid, or is made so, or says nothing;
// its property want says which.
func shapes(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("testdata/validity.geojson")
	if err != nil {
		t.Fatal(err)
	}
	var all struct {
		Features []struct {
			ID         string
			Properties struct{ Want string }
			Geometry   json.RawMessage
		}
	}
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range all.Features {
		out[f.Properties.Want+": "+f.ID] = string(f.Geometry)
	}
	return out
}

func multi(g orb.Geometry) orb.MultiPolygon {
	if p, ok := g.(orb.Polygon); ok {
		return orb.MultiPolygon{p}
	}
	return g.(orb.MultiPolygon)
}

func TestWhatIsReadIsValidOrRefusedByName(t *testing.T) {
	for name, text := range shapes(t) {
		want, _, _ := strings.Cut(name, ":")
		t.Run(name, func(t *testing.T) {
			features, report := read(t, text, geojson.Options{})
			if want == "zero-area" {
				if len(report.Faults) != 1 || report.Faults[0].Rule != want || !strings.Contains(report.Faults[0].Place, "near [10 20]") {
					t.Errorf("%+v", report.Faults)
				}
				return
			}
			if err := report.Err(); err != nil {
				t.Fatal(err)
			}
			got := multi(features[0].Geometry)
			if err := referee.Valid(got); err != nil {
				t.Errorf("%v: %v", got, err)
			}
			before, err := orbjson.UnmarshalGeometry([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			if a, b := area(t, before.Geometry()), area(t, got); math.Abs(a-b) > 1e-9*a {
				t.Errorf("%v m² became %v", a, b)
			}
			if want == "valid" && (len(report.Repairs) > 0 || !orb.Equal(before.Geometry(), features[0].Geometry)) {
				t.Errorf("%v was changed: %v", before.Geometry(), report.Repairs)
			}
			if want == "ogc-validity" && (len(report.Repairs) != 1 || report.Repairs[0].Rule != want || !strings.Contains(report.Repairs[0].Place, "near [1")) {
				t.Errorf("%v", report.Repairs)
			}
		})
	}
}

func TestWhatWasStoredStaysAsItIs(t *testing.T) {
	for name, text := range shapes(t) {
		features, report := read(t, text, geojson.Options{Stored: true})
		before, err := orbjson.UnmarshalGeometry([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if report.Err() != nil || len(report.Repairs) > 0 || !orb.Equal(features[0].Geometry, before.Geometry()) {
			t.Errorf("%s: %v %v", name, report.Err(), report.Repairs)
		}
	}
}

func TestAPartWithoutAFlawKeepsItsPlaceAndItsCorners(t *testing.T) {
	features, report := read(t, shapes(t)["ogc-validity: parts-share-an-edge-beside-another"], geojson.Options{})
	if err := report.Err(); err != nil {
		t.Fatal(err)
	}
	got := multi(features[0].Geometry)
	if want := (orb.Polygon{{{10.2, 20}, {10.3, 20}, {10.3, 20.1}, {10.2, 20.1}, {10.2, 20}}}); len(got) != 2 || !orb.Equal(got[1], want) {
		t.Errorf("%v", got)
	}
}

// Polygons with corners on a coarse grid touch in every way there is.
func TestRandomShapesAreReadValidWithTheirAreaOrRefused(t *testing.T) {
	repaired := 0
	rapid.Check(t, func(t *rapid.T) {
		corner := rapid.Custom(func(t *rapid.T) orb.Point {
			return orb.Point{34 + float64(rapid.IntRange(0, 5).Draw(t, "x"))/10, 31 + float64(rapid.IntRange(0, 5).Draw(t, "y"))/10}
		})
		var mp orb.MultiPolygon
		for range rapid.IntRange(1, 3).Draw(t, "polygons") {
			var p orb.Polygon
			for range rapid.SampledFrom([]int{1, 1, 2}).Draw(t, "rings") {
				r := orb.Ring(rapid.SliceOfN(corner, 3, 8).Draw(t, "ring"))
				p = append(p, append(r, r[0]))
			}
			mp = append(mp, p)
		}
		features, report := read(t, geometryText(t, mp), geojson.Options{})
		for _, f := range features {
			if err := referee.Valid(multi(f.Geometry)); err != nil {
				t.Errorf("%v is read as %v: %v", mp, f.Geometry, err)
			}
		}
		for _, r := range report.Repairs {
			if r.Rule == "ogc-validity" {
				repaired++
			}
		}
	})
	t.Logf("%d made valid", repaired)
}

// However a ring is written, it is read as one that is read as it is.
func TestNearlyStraightRingsAreReversedOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		slope := rapid.Float64Range(-2, 2).Draw(t, "slope")
		var r orb.Ring
		for range rapid.IntRange(3, 6).Draw(t, "corners") {
			x := rapid.Float64Range(-30, 30).Draw(t, "x")
			y := slope * x
			for range rapid.IntRange(0, 2).Draw(t, "units") {
				y = math.Nextafter(y, 90)
			}
			r = append(r, orb.Point{x, y})
		}
		text := geometryText(t, orb.Polygon{append(r, r[0])})
		features, report := read(t, text, geojson.Options{})
		if len(report.Faults) > 0 {
			return
		}
		once := geometryText(t, features[0].Geometry)
		features, report = read(t, once, geojson.Options{})
		if len(report.Faults)+len(report.Repairs) > 0 || geometryText(t, features[0].Geometry) != once {
			t.Fatalf("%s is read as %s, which is not read as it is: %+v", text, once, report)
		}
	})
}

func geometryText(t rapid.TB, g orb.Geometry) string {
	text, err := json.Marshal(orbjson.NewGeometry(g))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// read returns the features of a text and what was found in it.
func read(t rapid.TB, text string, options geojson.Options) ([]geojson.Feature, *geojson.Report) {
	report := &geojson.Report{}
	var out []geojson.Feature
	err := geojson.Read(context.Background(), strings.NewReader(text), "shape.geojson", options, report, func(f geojson.Feature) error {
		out = append(out, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out, report
}

func area(t *testing.T, g orb.Geometry) float64 {
	t.Helper()
	a, err := geo.Area(g)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAShapeBeyondItsBudgetIsTooComplex(t *testing.T) {
	var text strings.Builder
	text.WriteString(`{"type":"FeatureCollection","features":[{"type":"Feature","id":"fan","properties":null,"geometry":{"type":"Polygon","coordinates":[[[0,0],[80,0],[80,80],[0,80],[0,0]]`)
	for i := range 500 { // holes that touch each other in one point, so that every pair is compared
		fmt.Fprintf(&text, `,[[1,1],[%v,70],[%v,70],[1,1]]`, 2+float64(i)/10, 2.05+float64(i)/10)
	}
	text.WriteString(`]}}]}`)
	_, report := read(t, text.String(), geojson.Options{MaxSteps: 10000})
	if len(report.Faults) != 1 || report.Faults[0].Rule != "too-complex" || report.Faults[0].Feature != "fan" || !strings.Contains(report.Faults[0].Place, "near [0 0]") {
		t.Errorf("%+v", report.Faults)
	}
	ctx, cancel := context.WithTimeoutCause(t.Context(), time.Millisecond, errLate)
	defer cancel()
	err := geojson.Read(ctx, strings.NewReader(text.String()), "fan.geojson", geojson.Options{}, &geojson.Report{}, func(geojson.Feature) error { return nil })
	if err != nil && !errors.Is(err, errLate) {
		t.Error(err)
	}
}

func TestARingOfNoAreaIsCheckedUnderTheBudgetToo(t *testing.T) {
	var out, back []string // leaps along one line and the same way back: every edge lies over every other
	for i := range 200 {
		at := fmt.Sprintf("[%v,5]", float64(i*79%200)/2)
		out, back = append(out, at), append([]string{at}, back...)
	}
	text := `{"type":"Polygon","coordinates":[[` + strings.Join(append(out, back[1:]...), ",") + `]]}`
	for steps, rule := range map[int64]string{10000: "too-complex", 0: "zero-area"} {
		_, report := read(t, text, geojson.Options{MaxSteps: steps})
		if len(report.Faults) != 1 || report.Faults[0].Rule != rule {
			t.Errorf("%d steps: %+v", steps, report.Faults)
		}
	}
}

var errLate = errors.New("late")
