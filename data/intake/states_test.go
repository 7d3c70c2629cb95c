package intake

import (
	"slices"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"

	"pgregory.net/rapid"
)

func TestDaysWithoutAStateAreGapsOnlyWhereAskedForAndNeverWhereThereIsOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SliceOfN(rapid.IntRange(1, 60), 1, 12).Draw(t, "days")
		states := make([]drawn, len(days))
		for i, day := range days {
			states[i].day = data.Date(day)
		}
		all, gap := statesOf(states, nil), rapid.IntRange(0, 8).Draw(t, "gap days")
		mapped := all.Mapped(gap)
		for day := all.Days[0]; day < 70; day++ {
			k, found := slices.BinarySearch(all.Days, day)
			before, last := all.Days[max(0, k-1)], k == len(all.Days)
			inGap := !found && !last && gap > 0 && int(all.Days[k]-before) > gap
			says := mapped == nil || slices.ContainsFunc(mapped, func(m data.Interval) bool { return m.Contains(day) })
			if says == inGap {
				t.Fatalf("day %d of the states %v, gaps above %d days: mapped %v, by %v", day, all.Days, gap, says, mapped)
			}
		}
	})
}

func TestAFileWithoutFeaturesIsADayOnWhichNobodyHeldAnything(t *testing.T) {
	report := &geojson.Report{}
	set := map[string]string{"party": "p", "basis": "b", "status": "observed", "source": "s", "accuracy_m": "5"}
	held := `{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}}`
	imported, err := Zones(t.Context(), []File{text("2025-01-01.geojson", `{"type":"FeatureCollection","features":[]}`), text("2025-01-02.geojson", held),
		text("2025-01-03.geojson", `{"type":"FeatureCollection","features":[]}`)}, Plan{Set: set, Date: "name"}, called(t), report, func() {})
	if err != nil || len(report.Faults) > 0 {
		t.Fatal(err, report.Faults)
	}
	if len(imported.Zones) != 1 || imported.Zones[0].Valid.String() != "[2025-01-02, 2025-01-03)" {
		t.Errorf("%+v", imported.Zones)
	}
	first, _ := data.ParseDate("2025-01-01")
	if mapped := imported.Mapped(0); len(mapped) != 1 || mapped[0] != (data.Interval{From: first}) {
		t.Errorf("mapped %v", mapped)
	}
	// Without days in the names it is a file that says nothing.
	if _, err := Zones(t.Context(), []File{text("a.geojson", `{"type":"FeatureCollection","features":[]}`)}, Plan{Set: set}, called(t), report, func() {}); err != nil || len(report.Faults) != 1 {
		t.Errorf("%v %v", err, report.Faults)
	}
}
