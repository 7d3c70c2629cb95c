package intake

import (
	"reflect"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/geojson"

	"pgregory.net/rapid"
)

// said is all that an import tells: faults, repairs and notes.
func said(imported *Imported, report *geojson.Report) string {
	var b strings.Builder
	for _, f := range report.Faults {
		b.WriteString(f.Error() + "\n")
	}
	for _, r := range report.Repairs {
		b.WriteString(r.String() + "\n")
	}
	b.WriteString(strings.Join(imported.Notes, "\n"))
	return b.String()
}

func TestWhereTakesAndCounts(t *testing.T) {
	file := text("a.geojson", collection(feature(square, `"s":"occupied","n":1`), feature(triangle, `"s":"contested"`)))
	imported, report := zonesOf(t, Plan{Set: constant, Where: `s == "occupied"`}, file)
	if len(report.Faults) > 0 || len(imported.Zones) != 1 || !strings.Contains(said(imported, report), "a.geojson: 1 feature left out by --where") {
		t.Error(said(imported, report))
	}
	for where, want := range map[string]string{
		`state == "occupied"`: `no feature has the property "state"; theirs are "n", "s"`, `s == "none"`: "none of 2 features is taken", `n > 0 and s > 5`: "cannot be put in order", `not (true)`: "none of 2 features is taken",
	} {
		if imported, report := zonesOf(t, Plan{Set: constant, Where: where}, file); len(report.Faults) != 1 || !strings.Contains(said(imported, report), want) {
			t.Errorf("%s: %s", where, said(imported, report))
		}
	}
	if _, err := Zones(t.Context(), nil, Plan{Where: "s =="}, called(t), &geojson.Report{}, func() {}); err == nil || !strings.Contains(err.Error(), "--where: unexpected token EOF") {
		t.Error(err)
	}
}

// A day of whose map --where takes nothing is a day on which nothing of it is held, and not like the day before.
func TestADayOfWhichNothingIsTakenIsEmpty(t *testing.T) {
	occupied, contested := feature(square, `"s":"occupied","d":"2025-01-01"`), feature(triangle, `"s":"contested","d":"2025-02-01"`)
	byName := []File{text("2025-01-01.geojson", occupied), text("2025-02-01.geojson", contested), text("2025-03-01.geojson", occupied)}
	again := strings.Replace(occupied, "2025-01-01", "2025-03-01", 1)
	for name, c := range map[string]struct {
		plan  Plan
		files []File
	}{"in names": {Plan{Set: dated, Date: "name", Where: `s == "occupied"`}, byName}, "in a property": {Plan{Set: dated, Date: "d", Where: `s == "occupied"`}, []File{text("a.geojson", collection(occupied, contested, again))}}} {
		imported, report := zonesOf(t, c.plan, c.files...)
		if len(report.Faults) > 0 || len(imported.Zones) != 2 || imported.Zones[0].Valid.String() != "[2025-01-01, 2025-02-01)" || imported.Empty != 1 || imported.Mapped(0) == nil {
			t.Errorf("%s: %s %v", name, said(imported, report), imported.Zones)
		}
	}
}

func TestAPropertyIsTakenFromTheNameOfAFile(t *testing.T) {
	plan := Plan{Set: without(dated, "party"), FromName: map[string]string{"party": "^(ru|ua)_", "x_part": "_([a-z]+)\\."}, Date: "name"}
	imported, report := zonesOf(t, plan, text("dir_x/ru_20250101_south.geojson", state(square)), text(`dir\ua_20250101_north.geojson`, state(triangle)))
	if len(report.Faults) > 0 || len(imported.Zones) != 2 || imported.Zones[0].Party != "ru" || imported.Zones[1].Party != "ua" || imported.Zones[1].Extra["x_part"] != "north" {
		t.Error(said(imported, report), imported.Zones)
	}
	imported, report = zonesOf(t, plan, text("pl_20250101_south.geojson", state(square)))
	if len(report.Faults) == 0 || report.Faults[0].Place != "file name" || !strings.Contains(said(imported, report), `nothing in "pl_20250101_south.geojson" is what --from-name party=^(ru|ua)_ takes`) {
		t.Error(said(imported, report))
	}
}

func TestHowADayWasReadIsToldWhereItMayNotBeAsItWasMeant(t *testing.T) {
	at := func(days ...string) File {
		var all []string
		for _, day := range days {
			all = append(all, feature(square, `"d":`+day))
		}
		return text("a.geojson", collection(all...))
	}
	today := of(t, "2025-06-01")
	for _, c := range []struct {
		plan Plan
		file File
		want string
		ok   bool
	}{
		{Plan{Set: dated, Date: "d"}, at(`"2025-01-01T00:30:00+02:00"`), `1 time of another day in UTC than they are written, which is taken: "2025-01-01T00:30:00+02:00" is of 2024-12-31`, true},
		{Plan{Set: dated, Map: map[string]string{"valid_from": "d"}}, at(`"2025-01-01T00:30:00+02:00"`), `is of 2024-12-31`, true},
		{Plan{Set: dated, Date: "d"}, at(`"1812-06-24"`), `1 day before 1900: 1812-06-24`, true},
		{Plan{Set: dated, Date: "d", Today: today}, at(`"2025-06-02"`), ``, true},
		{Plan{Set: dated, Date: "d", Today: today}, at(`"2025-06-03"`), `2025-06-03 is a day to come`, false},
		{Plan{Set: dated, Date: "name", Today: today}, text("2025-06-03.geojson", state(square)), `2025-06-03 is a day to come`, false},
		{Plan{Set: dated, Map: map[string]string{"valid_from": "d"}, Today: today}, at(`"2999-01-01"`), `--allow-future`, false},
		{Plan{Set: dated, Map: map[string]string{"valid_from": "d"}}, at(`"2999-01-01"`), ``, true},
		{Plan{Set: dated, Date: "d", DateFormat: "%d/%m/%Y"}, at(`"01/07/2024"`), ``, true},
		{Plan{Set: dated, Date: "d"}, at(`"01/07/2024"`), `ambiguous`, false},
		{Plan{Set: dated, Date: "d"}, at(`null`, `"2024-01-01"`), `property "d" holds no day`, false},
		{Plan{Set: dated, Date: "d"}, at(`" "`, `"2024-01-01"`), `holds no day`, false},
		{Plan{Set: dated, Date: "day"}, at(`"2024-01-01"`), `property "day" holds no day`, false},
	} {
		imported, report := zonesOf(t, c.plan, c.file)
		if got := said(imported, report); !strings.Contains(got, c.want) || (len(report.Faults) == 0) != c.ok || c.want == "" && got != "" {
			t.Errorf("%+v: %s, not %q", c.plan, got, c.want)
		}
	}
}

// The order in which files are given, and which of two ways says a thing, change nothing.
func TestAMapAndARuleOfTheSameMeaningGiveTheSameZones(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		holders := rapid.SliceOfN(rapid.SampledFrom([]string{"North", "South", "Група «А»"}), 1, 6).Draw(t, "holders")
		var features []string
		for i, h := range holders {
			features = append(features, strings.Replace(feature(square, `"H":"`+h+`"`), "[0,0],[1,0]", "[0,0],[1,0."+strings.Repeat("0", i)+"1]", 1))
		}
		zones := func(plan Plan) any {
			names, _ := NewCalled(nil)
			report := &geojson.Report{}
			plan.Set = without(constant, "party")
			imported, err := Zones(t.Context(), []File{text("a.geojson", collection(features...))}, plan, names, report, func() {})
			if err != nil || len(report.Faults) > 0 {
				t.Fatal(err, report.Faults)
			}
			return imported.Zones
		}
		want := zones(Plan{Map: map[string]string{"party": "H"}})
		for _, rules := range [][]string{{`H~".*" -> party:$0`}, {"H=North -> party:North", "H=South -> party:South", `H~"^Г.*$" -> party:$0`}} {
			if got := zones(Plan{Values: rules}); !reflect.DeepEqual(got, want) {
				t.Fatalf("%q: %v\nnot %v", rules, got, want)
			}
		}
	})
}

func TestATerritoryIsMadeOfTheFeaturesThatAreMeant(t *testing.T) {
	file := text("t.geojson", collection(feature(square, `"L":1,"N":"North"`), feature(triangle, `"L":1,"N":"Північ"`), feature(`[[[9,9],[10,9],[10,10],[9,9]]]`, `"L":2,"N":"Away"`), shaped(aPoint, `"L":1`)))
	report := &geojson.Report{}
	shape, notes, err := Polygons(t.Context(), file, OutlinePlan{Where: "L == 1"}, report)
	if err != nil || len(report.Faults) > 0 || len(shape) != 2 {
		t.Fatal(err, report.Faults, shape)
	}
	want := []string{"t.geojson: 1 feature left out by --territory-where", "t.geojson: 1 point left out of the territory", "t.geojson: 2 features joined: the territory is what they cover together"}
	if !reflect.DeepEqual(notes, want) {
		t.Errorf("%q", notes)
	}
	for where, want := range map[string]string{"L == 3": "no polygon, 4 features left out by --territory-where", "M == 1": `no feature has the property "M"`} {
		report := &geojson.Report{}
		if _, _, err := Polygons(t.Context(), file, OutlinePlan{Where: where}, report); err != nil || len(report.Faults) != 1 || !strings.Contains(report.Faults[0].Detail, want) {
			t.Errorf("%s: %v %v", where, err, report.Faults)
		}
	}
	districts, _, err := Districts(t.Context(), file, OutlinePlan{NameFrom: "N", Where: "N != nil"}, "north", "uk", report)
	if err != nil || len(report.Faults) > 0 || len(districts) != 3 {
		t.Fatal(err, report.Faults)
	}
	var got []string
	for _, d := range districts {
		got = append(got, d.ID+" "+d.Name["uk"]+" "+d.Parent+" "+d.Source)
	}
	if strings.Join(got, ", ") != "north-2 North north import, district-1 Північ north import, away Away north import" {
		t.Error(got)
	}
	for plan, want := range map[OutlinePlan]string{{NameFrom: "N", IDFrom: "L", Where: "N != nil"}: `"1" is the district of feature #0 already`, {NameFrom: "M"}: "no name", {NameFrom: "N", IDFrom: "K"}: "no id can be made"} {
		report := &geojson.Report{}
		if _, _, err := Districts(t.Context(), file, plan, "t", "en", report); err != nil || len(report.Faults) == 0 || !strings.Contains(report.Faults[0].Detail, want) {
			t.Errorf("%+v: %v %v", plan, err, report.Faults)
		}
	}
}

func TestValuesThatSayNothingAreToldAndThoseThatLookAlikeAreOne(t *testing.T) {
	two := func(a, b string) File { return text("a.geojson", collection(feature(square, a), feature(triangle, b))) }
	byH := Plan{Set: without(constant, "party"), Map: map[string]string{"party": "H"}}
	for _, b := range []string{``, `"H":null`, `"H":""`, `"H":" \u00a0"`, `"H":"\u200b\ufeff"`} {
		if _, report := zonesOf(t, byH, two(`"H":"North"`, b)); len(report.Faults) != 1 || !strings.Contains(report.Faults[0].Detail, "nobody is guessed") {
			t.Errorf("%s: %v", b, report.Faults)
		}
	}
	for _, same := range [][2]string{{`"H":"North"`, `"H":" North\u200b"`}, {`"H":"\u00c9tat"`, `"H":"E\u0301tat"`}, {`"H":1`, `"H":1.0`}, {`"H":"1"`, `"H":1`}} {
		imported, report := zonesOf(t, byH, two(same[0], same[1]))
		if len(report.Faults) > 0 || imported.Zones[0].Party != imported.Zones[1].Party {
			t.Errorf("%s: %v", same, said(imported, report))
		}
	}
	for _, bad := range []string{`"NaN"`, `"inf"`, `-1`, `"5 m"`, `1e6`} {
		plan := Plan{Set: without(constant, "accuracy_m"), Map: map[string]string{"accuracy_m": "A"}}
		if _, report := zonesOf(t, plan, two(`"A":5`, `"A":`+bad)); len(report.Faults) != 1 || !strings.Contains(report.Faults[0].Detail, "accuracy_m") {
			t.Errorf("%s: %v", bad, report.Faults)
		}
	}
	plan := Plan{Set: constant, Map: map[string]string{"id": "I"}}
	if _, report := zonesOf(t, plan, two(`"I":"a"`, `"I":"Зона"`)); len(report.Faults) != 1 || !strings.Contains(report.Faults[0].Detail, "no id can be made") {
		t.Error(report.Faults)
	}
}
