package intake

import (
	"context"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/internal/referee"

	"github.com/paulmach/orb"
)

func text(name, content string) File {
	return File{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil }}
}

const square, triangle = `[[[0,0],[1,0],[1,1],[0,1],[0,0]]]`, `[[[2,0],[3,0],[3,1],[2,0]]]`

func state(polygons ...string) string {
	return `{"type":"Feature","properties":{},"geometry":{"type":"MultiPolygon","coordinates":[` + strings.Join(polygons, ",") + `]}}`
}

var constant = map[string]string{"party": "P", "basis": "B", "status": "observed", "source": "s", "accuracy_m": "5", "valid_from": "2025-01-01"}

// dated is constant of states, whose days are elsewhere.
var dated = without(constant, "valid_from")

func TestAPolygonHoldsFromTheStateThatBringsItToTheStateThatLacksIt(t *testing.T) {
	turned := `[[[1,1],[0,1],[0,0],[1,0],[1,1]]]` // the same square from another vertex
	imported, err := Zones(t.Context(), []File{
		text("map_20250101.geojson", state(square)),
		text("map_20250201.geojson", state(turned, triangle)),
		text("map_20250301.geojson", state(triangle)),
		text("map_20250401.geojson", state(square)),
	}, Plan{Set: dated, Date: "name"}, called(t), &geojson.Report{}, func() {})
	if err != nil {
		t.Fatal(err)
	}
	zones := imported.Zones
	var got []string
	for _, z := range zones {
		got = append(got, z.ID+" "+z.Valid.String())
	}
	want := "b-2025-01-01-1 [2025-01-01, 2025-03-01), b-2025-02-01-1 [2025-02-01, 2025-04-01), b-2025-04-01-1 [2025-04-01, open)"
	if strings.Join(got, ", ") != want {
		t.Errorf("%s\nnot %s", strings.Join(got, ", "), want)
	}
}

func TestRecordsAreMappedBySetAndMap(t *testing.T) {
	record := `{"type":"Feature","properties":{"who":"North Party","since":"2025-03-04T10:00:00","n":7,"none":null},"geometry":{"type":"Polygon","coordinates":` + square + `}}`
	plan := Plan{Set: constant, Map: map[string]string{"party": "who", "valid_from": "since", "x_number": "n", "name_en": "none"}}
	imported, err := Zones(t.Context(), []File{text("a.geojson", record)}, plan, called(t), &geojson.Report{}, func() {})
	if err != nil || len(imported.Zones) != 1 {
		t.Fatal(imported, err)
	}
	z := imported.Zones[0]
	if z.Party != "north-party" || z.Valid.From.String() != "2025-03-04" || z.Extra["x_number"] != "7" || z.Name != nil || z.AccuracyM != 5 || z.ID != "b-1" {
		t.Errorf("%+v", z)
	}
}

func TestWhatCannotBeMappedIsToldByFileAndFeature(t *testing.T) {
	for name, c := range map[string]struct {
		file, content string
		plan          Plan
		rule          string
	}{
		"a name without a day":          {"map.geojson", state(square), Plan{Set: dated, Date: "name"}, "date"},
		"a name with two days":          {"20250101-20250102.geojson", state(square), Plan{Set: dated, Date: "name"}, "date"},
		"a day that does not exist":     {"20250230.geojson", state(square), Plan{Set: dated, Date: "name"}, "date"},
		"a missing date property":       {"a.geojson", state(square), Plan{Set: dated, Date: "day"}, "mapping"},
		"an accuracy that is no number": {"a.geojson", state(square), Plan{Set: map[string]string{"accuracy_m": "near"}}, "mapping"},
		"a line":                        {"a.geojson", `{"type":"LineString","coordinates":[[0,0],[1,1]]}`, Plan{Set: constant}, "no-polygon"},
		"a line that is refused":        {"a.geojson", `{"type":"LineString","coordinates":[[0,0],[1,1]]}`, Plan{Set: constant, Lines: Refuse}, "wrong-geometry"},
		"no text":                       {"a.geojson", ``, Plan{Set: constant}, "empty"},
	} {
		t.Run(name, func(t *testing.T) {
			report := &geojson.Report{}
			if _, err := Zones(t.Context(), []File{text(c.file, c.content)}, c.plan, called(t), report, func() {}); err != nil {
				t.Fatal(err)
			}
			if len(report.Faults) == 0 || report.Faults[0].File != c.file || report.Faults[0].Rule != c.rule {
				t.Errorf("faults %v", report.Faults)
			}
		})
	}
	for name, plan := range map[string]Plan{"a misspelt property": {Map: map[string]string{"valid_form": "x"}}, "one by two ways": {Map: map[string]string{"party": "x"}, FromName: map[string]string{"party": "(x)"}},
		"no group": {FromName: map[string]string{"party": "x"}}, "days by two ways": {Set: constant, Date: "name"}, "ids of states": {Map: map[string]string{"id": "x"}, Date: "name"}, "points of nothing": {Points: "take"}, "a format of no year": {DateFormat: "%d.%m."}} {
		if plan.Check() == nil {
			t.Error(name + " is accepted")
		}
	}
}

func TestCrossingRingsAreCleanedAndToldWithTheirAreas(t *testing.T) {
	report := &geojson.Report{}
	imported, err := Zones(t.Context(), []File{text("a.geojson", state(`[[[0,0],[2,2],[2,0],[0,2],[0,0]]]`))}, Plan{Set: constant}, called(t), report, func() {})
	if err != nil || len(report.Faults) > 0 || len(imported.Zones) != 1 {
		t.Fatal(imported, err, report.Faults)
	}
	if len(report.Repairs) != 1 || report.Repairs[0].Rule != "cleaned" {
		t.Errorf("repairs %v", report.Repairs)
	}
	if area, err := geo.Area(imported.Zones[0].Shape); err != nil || math.Abs(area/1e6-24614) > 20 {
		t.Errorf("the bowtie covers %v, %v", area, err)
	}
}

// ukraine imports the 25 monthly states of the reference data.
func ukraine(t *testing.T) *data.Snapshot {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(referee.Reference(t, "ukraine/monthly"), "*.geojson"))
	if err != nil || len(names) != 25 {
		t.Fatal(names, err)
	}
	open := func(name string) File {
		return File{Name: name, Open: func() (io.ReadCloser, error) { return os.Open(name) }}
	}
	var files []File
	for _, name := range names {
		files = append(files, open(name))
	}
	report := &geojson.Report{}
	outline, _, err := Polygons(t.Context(), open(referee.Reference(t, "ukraine/outline-natural-earth.geojson")), OutlinePlan{}, report)
	if err != nil {
		t.Fatal(err)
	}
	imported, err := Zones(t.Context(), files, Plan{Set: map[string]string{"party": "russia", "basis": "deepstate", "status": "observed", "source": "s", "accuracy_m": "500"}, Date: "name"}, called(t), report, func() {})
	if err = errors.Join(err, report.Err()); err != nil {
		t.Fatal(err)
	}
	zones := imported.Zones
	words := data.Text{"en": "x"}
	contents := &data.Contents{
		Dataset: data.Dataset{Schema: data.Schema, ID: "ukraine", Title: words, Attribution: words, Disclaimer: words, Territory: "ukraine", Party: "russia", Basis: "deepstate",
			Parties: []data.Party{{ID: "russia", Name: words}}, Bases: []data.Basis{{ID: "deepstate", Name: words, Meaning: words}},
			Sources: []data.Source{{ID: "s", Title: "t", Publisher: "p", Licence: "l"}}},
		Territories: []data.Territory{{ID: "ukraine", Name: words, Source: "s", Shape: outline}}, Zones: zones,
	}
	texts, err := contents.Files()
	if err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{}
	for name, text := range texts {
		folder[name] = &fstest.MapFile{Data: text}
	}
	s, _, err := data.Read(context.Background(), folder)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The states are of the first day of each month but those of January and April 2025.
func TestTheMonthsOfUkraineSumToItsYearsAndAreWhatTheStatesDiffer(t *testing.T) {
	referee.Figures(t)
	ctx, s := context.Background(), ukraine(t)
	months, err := s.Periods(ctx, data.PeriodsQuery{Every: data.EveryMonth})
	if err != nil {
		t.Fatal(err)
	}
	years, err := s.Periods(ctx, data.PeriodsQuery{Every: data.EveryYear})
	if err != nil {
		t.Fatal(err)
	}
	if len(months.Periods) != 24 || len(years.Periods) != 3 {
		t.Fatalf("%d months, %d years", len(months.Periods), len(years.Periods))
	}
	sums := map[string]float64{}
	for _, m := range months.Periods {
		sums[m.Name[:4]] += *m.NetKm2
	}
	for _, y := range years.Periods {
		if sums[y.Name] != *y.NetKm2 {
			t.Errorf("the months of %s sum to %v, not %v", y.Name, sums[y.Name], *y.NetKm2)
		}
	}
	changes, err := s.Changes(ctx, data.ChangesQuery{From: months.Periods[13].From, To: months.Periods[13].To})
	if err != nil {
		t.Fatal(err)
	}
	september := months.Periods[13]
	if september.Name != "2025-09" || *september.GainedKm2 != changes.GainedKm2 || *september.LostKm2 != changes.LostKm2 || math.Abs(*september.NetKm2-(changes.GainedKm2-changes.LostKm2)) > 1e-9**september.TerritoryKm2 {
		t.Errorf("%+v is not %+v", september, changes)
	}
	// As measured from the daily files; DeepState published 259 km².
	if math.Abs(*september.GainedKm2-288.19) > 0.01 || math.Abs(*september.LostKm2-24.70) > 0.01 || math.Abs(*september.NetKm2-263.49) > 0.01 {
		t.Errorf("gained %v, lost %v, net %v km²", *september.GainedKm2, *september.LostKm2, *september.NetKm2)
	}
}

// The reference areas are pyproj's, along geodesics; ours follow edges straight
// in longitude and latitude. PostGIS is asked for the same edges.
func TestTheMonthsOfUkraineHaveTheirPublishedAreas(t *testing.T) {
	referee.Figures(t)
	ctx, s := context.Background(), ukraine(t)
	series, err := s.Series(ctx, data.Query{}, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(series.Rows) != 25 {
		t.Fatalf("%d rows, not 25", len(series.Rows))
	}
	published := map[string]float64{"2024-08-01": 109495.155, "2025-02-01": 112204.280, "2025-08-01": 114261.577, "2026-02-01": 116449.944, "2026-08-01": 117020.407}
	seen := 0
	for _, row := range series.Rows {
		if want, ok := published[row.From.String()]; ok {
			seen++
			if math.Abs(*row.ZonesKm2-want) > 1e-5*want {
				t.Errorf("%s: %.4f km², published %.3f", row.From, *row.ZonesKm2, want)
			}
		}
		// The same polygons as they are in the file, measured without any import.
		name := "ukraine/monthly/deepstatemap_data_" + strings.ReplaceAll(row.From.String(), "-", "") + ".geojson"
		file, err := os.Open(referee.Reference(t, name))
		if err != nil {
			t.Fatal(err)
		}
		var shape orb.MultiPolygon
		err = geojson.Read(t.Context(), file, name, geojson.Options{Clean: true}, &geojson.Report{}, func(f geojson.Feature) error {
			shape = append(shape, f.Geometry.(orb.MultiPolygon)...)
			return nil
		})
		if err := errors.Join(err, file.Close()); err != nil {
			t.Fatal(err)
		}
		areas, err := geo.Overlay(ctx, []orb.MultiPolygon{shape}, geo.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(*row.ZonesKm2-areas.Total()/1e6) > 1e-6 {
			t.Errorf("%s: %.9f km² in the series, %.9f in the file", row.From, *row.ZonesKm2, areas.Total()/1e6)
		}
	}
	if seen != len(published) {
		t.Errorf("%d of %d published months are in the series", seen, len(published))
	}
}
