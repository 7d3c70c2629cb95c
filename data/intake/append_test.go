package intake

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"

	"pgregory.net/rapid"
)

// history draws maps of days in order: squares of parties, some of them the same as
// before, from other vertices, and empty days.
func history(t *rapid.T) []File {
	day := data.Date(739000)
	var out []File
	for range rapid.IntRange(1, 7).Draw(t, "days") {
		day += data.Date(rapid.IntRange(1, 9).Draw(t, "later"))
		var features []string
		for range rapid.IntRange(0, 4).Draw(t, "squares") {
			at, from := rapid.IntRange(0, 3).Draw(t, "at"), rapid.IntRange(0, 3).Draw(t, "from")
			corners := [][2]int{{2 * at, 0}, {2*at + 1, 0}, {2*at + 1, 1}, {2 * at, 1}}
			var ring []string
			for i := range 5 {
				c := corners[(from+i)%4]
				ring = append(ring, fmt.Sprintf("[%d,%d]", c[0], c[1]))
			}
			features = append(features, fmt.Sprintf(`{"type":"Feature","properties":{"who":%q,"map":%q},"geometry":{"type":"Polygon","coordinates":[[%s]]}}`,
				rapid.SampledFrom([]string{"Group A+", "Group A-", "قسد"}).Draw(t, "who"), rapid.SampledFrom([]string{"Map", "Another"}).Draw(t, "map"), strings.Join(ring, ",")))
		}
		out = append(out, text(day.String()+".geojson", `{"type":"FeatureCollection","features":[`+strings.Join(features, ",")+`]}`))
	}
	return out
}

var daily = Plan{Date: "name", Map: map[string]string{"party": "who", "basis": "map"}, Set: map[string]string{"status": "observed", "source": "s", "accuracy_m": "5"}}

// imports imports states, as the command does.
func imports(t *rapid.T, files []File) (zones string, kept *Kept) {
	names, err := NewCalled(nil)
	if err != nil {
		t.Fatal(err)
	}
	report := &geojson.Report{}
	imported, err := Zones(t.Context(), files, daily, names, report, func() {})
	if err != nil || report.Err() != nil {
		t.Fatal(err, report.Err())
	}
	written, err := (&data.Contents{Zones: imported.Zones}).Files()
	if err != nil {
		t.Fatal(err)
	}
	return string(written["zones.geojson"]), &Kept{Days: imported.Days, Empty: imported.Empty, Parties: names.Parties.All(), Bases: names.Bases.All()}
}

// appends adds states, as the command does.
func (k *Kept) appends(t *rapid.T, zones string, files []File, replace bool) (string, *Kept, *geojson.Report) {
	names, err := NewCalled(nil)
	if err != nil {
		t.Fatal(err)
	}
	k.Remember(names)
	report := &geojson.Report{}
	a, err := k.Append(t.Context(), []byte(zones), Next{Files: files, Plan: daily, Names: names, Replace: replace}, report, func() {})
	if err != nil {
		t.Fatal(err)
	}
	if report.Err() != nil {
		return "", nil, report
	}
	return string(slices.Concat(a.Zones...)), &Kept{Days: a.Days, Empty: a.Empty, Parties: names.Parties.All(), Bases: names.Bases.All()}, report
}

// A law: days that are appended one after another, or several at once, or in the
// place of what was known of the last, make the same zones, days, parties and ids
// as one import of all.
func TestLawAppendedDaysAreAsIfAllHadBeenImportedAtOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		files := history(t)
		want, all := imports(t, files)
		first := rapid.IntRange(1, len(files)).Draw(t, "imported first")
		zones, kept := imports(t, files[:first])
		if !strings.Contains(zones, "Polygon") {
			t.Skip("no dataset is without a zone")
		}
		for first < len(files) {
			n := rapid.IntRange(1, len(files)-first).Draw(t, "at once")
			if !strings.Contains(zones, "Polygon") {
				return
			}
			zones, kept, _ = kept.appends(t, zones, files[first:first+n], false)
			first += n
		}
		if zones != want || fmt.Sprint(kept) != fmt.Sprint(all) {
			t.Fatalf("appended:\n%s%v\nimported at once:\n%s%v", zones, kept, want, all)
		}
		again, same, _ := kept.appends(t, zones, files[len(files)-1:], true)
		if again != want || fmt.Sprint(same) != fmt.Sprint(all) {
			t.Fatalf("the last day put in its own place:\n%s%v\ninstead of\n%s%v", again, same, want, all)
		}
	})
}

// A law: a day that does not come after all others is refused with the day, and
// what is appended by mistake and then replaced leaves no trace in the zones.
func TestLawADayOutOfOrderIsRefusedAndAReplacedOneLeavesNoTrace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		files := history(t)
		zones, kept := imports(t, files)
		if !strings.Contains(zones, "Polygon") {
			t.Skip("no dataset is without a zone")
		}
		i := rapid.IntRange(0, len(files)-1).Draw(t, "day")
		last := i == len(files)-1
		_, _, report := kept.appends(t, zones, files[i:i+1], !last)
		want := "import all files again"
		if last {
			want = "--replace-day"
		}
		if err := report.Err(); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), strings.TrimSuffix(files[i].Name, ".geojson")) {
			t.Fatal(report.Err())
		}
		right := files[len(files)-1]
		wrong := text(right.Name, `{"type":"Feature","properties":{"who":"قسد","map":"Map"},"geometry":{"type":"Polygon","coordinates":[[[8,8],[9,8],[9,9],[8,8]]]}}`)
		mistaken, then, _ := kept.appends(t, zones, []File{wrong}, true)
		if mistaken == zones {
			t.Fatal("the replaced day is as before")
		}
		if got, _, _ := then.appends(t, mistaken, []File{right}, true); got != zones {
			t.Fatalf("%s\ninstead of\n%s", got, zones)
		}
	})
}

func TestZonesThatNoImportMadeStayAndAreNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zones, kept := imports(t, []File{text("2025-01-01.geojson", strings.ReplaceAll(state(square), `{}`, `{"who":"P","map":"Map"}`))})
		zones = strings.Replace(zones, `"id":"map-2025-01-01-1"`, `"id":"my-own"`, 1)
		names, err := NewCalled(nil)
		if err != nil {
			t.Fatal(err)
		}
		kept.Remember(names)
		a, err := kept.Append(t.Context(), []byte(zones), Next{Files: []File{text("2025-01-05.geojson", `{"type":"FeatureCollection","features":[]}`)}, Plan: daily, Names: names}, &geojson.Report{}, func() {})
		if err != nil || !slices.Equal(a.Others, []string{"my-own"}) || string(slices.Concat(a.Zones...)) != zones || len(a.Between()) != 1 {
			t.Fatal(a, err)
		}
	})
}

func TestWhatIsKeptIsReadBackAndAFileLaidOutOtherwiseIsRefused(t *testing.T) {
	kept := &Kept{Flags: map[string][]string{"map": {"party=who"}}, Days: []data.Date{739000, 739004}, Empty: 1, Parties: []Named{{"p", "П"}}, Bases: []Named{}, Checked: CheckedFiles("me", map[string][]byte{"zones.geojson": {1}, "README": {2}})}
	text, err := kept.Text()
	if err != nil {
		t.Fatal(err)
	}
	if back, err := ReadKept(text); err != nil || fmt.Sprint(back) != fmt.Sprint(kept) || len(back.Checked.Files) != 1 {
		t.Errorf("%v %v", back, err)
	}
	for _, bad := range []string{"", `{"schema":"demarc-import/2"}`, `{"schema":"demarc-import/1","days":["2025-01-02","2025-01-01"]}`} {
		if _, err := ReadKept([]byte(bad)); err == nil {
			t.Errorf("%q is accepted", bad)
		}
	}
	for _, bad := range []string{"", `{"type":"FeatureCollection","features":[]}`, zonesBegin + "{}" + zonesEnd, zonesBegin + `{"id":"a"` + geometryPart + `[]` + propertiesPart + `[]}` + zonesEnd} {
		if _, err := readZoneLines([]byte(bad)); err == nil {
			t.Errorf("%q is accepted", bad)
		}
	}
}
