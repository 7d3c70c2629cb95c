package intake

import (
	"fmt"
	"maps"
	"strconv"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/geojson"

	"github.com/go-json-experiment/json/jsontext"
	"pgregory.net/rapid"
)

// made is what rules make of one value of fill.
func made(t interface{ Fatal(...any) }, rules []string, value string) (map[string]string, *values, error) {
	v, err := newValues(rules)
	if err != nil {
		t.Fatal(rules, err)
	}
	theirs := map[string]jsontext.Value{}
	if value != "" {
		theirs["fill"], _ = jsontext.AppendQuote(nil, value)
	}
	out, err := v.of(theirs, "f", "#0", true)
	return out, v, err
}

func TestRulesGivePropertiesByValues(t *testing.T) {
	rules := []string{
		"fill=#ff5252 -> party:russia,status:observed", `fill="a -> b, c" → party:"Група «А», \"Б\""`, `fill~"^(.*) /// (?P<latin>.*)$" -> party:${latin},x_note:$1, x_cost:"5$$"`,
		"fill= -> party:nobody", "fill=* -> party:others", "fill=grey -> party : who",
	}
	for value, want := range map[string]string{
		"#ff5252": "map[party:russia status:observed]", "a -> b, c": `map[party:Група «А», "Б"]`, "Росія /// RUSSIA": "map[party:RUSSIA x_cost:5$ x_note:Росія]",
		"": "map[party:nobody]", "blue": "map[party:others]", "grey": "map[party:who]", " #ff5252 ": "map[party:russia status:observed]", " /// X": "map[party:X x_cost:5$]",
	} {
		if got, _, err := made(t, rules, value); err != nil || fmt.Sprint(got) != want {
			t.Errorf("%q: %v, %v; not %s", value, got, err, want)
		}
	}
}

func TestRulesThatSayTwoThingsAreRefused(t *testing.T) {
	for _, rules := range [][]string{
		{"fill"}, {"=a -> party:b"}, {"fill=a"}, {"fill=a -> "}, {"fill=a -> party"}, {"fill=a -> party:"}, {"fill=a -> partee:b"}, {`fill~"(" -> party:b`}, {`fill~"" -> party:b`}, {`fill~"(a)" -> party:$2`},
		{`fill~"(a)" -> party:$1b`}, {`fill="a -> party:b`}, {"fill=a -> party:b,party:c"}, {"fill=a -> party:b,"}, {"fill=a -> party:b", "fill=a -> party:c"}, {`fill="a" x -> party:b`}, {`fill=a -> party:"b" c`},
		{"fill=* -> party:a", "fill=* -> party:b"},
	} {
		if _, err := newValues(rules); err == nil {
			t.Errorf("%q is accepted", rules)
		}
	}
	if _, _, err := made(t, []string{`fill~"a" -> party:x`, `fill~"b" -> party:y`}, "ab"); err == nil || !strings.Contains(err.Error(), "two rules take") {
		t.Error(err)
	}
	v, err := newValues([]string{"a=1 -> party:x", "b=1 -> party:y"})
	if err != nil {
		t.Fatal(err)
	}
	one := jsontext.Value("1")
	if _, err := v.of(map[string]jsontext.Value{"a": one, "b": one}, "f", "#0", true); err == nil || !strings.Contains(err.Error(), `party would be "x" by "a" and "y" by "b"`) {
		t.Error(err)
	}
}

func TestTheOrderOfRulesSaysNothing(t *testing.T) {
	all := []string{"fill=a -> party:A", "fill=b -> party:B,status:claimed", `fill~"^c" -> party:$0`, "fill=* -> party:rest", "fill= -> party:none", "fill=cc -> party:CC"}
	rapid.Check(t, func(t *rapid.T) {
		rules := rapid.Permutation(all).Draw(t, "rules")
		value := rapid.SampledFrom([]string{"a", "b", "c", "cc", "d", ""}).Draw(t, "value")
		want, _, wantErr := made(t, all, value)
		got, _, err := made(t, rules, value)
		if !maps.Equal(got, want) || (err == nil) != (wantErr == nil) {
			t.Fatalf("%q: %v by %q, %v before", value, got, rules, want)
		}
	})
}

func TestTextsInQuotesAreReadAsTheyWere(t *testing.T) {
	quoted := func(s string) string {
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
	}
	rapid.Check(t, func(t *rapid.T) {
		theirs, value, ours := rapid.StringN(1, 9, -1).Draw(t, "theirs"), rapid.String().Draw(t, "value"), "x"+rapid.String().Draw(t, "ours")
		rule, err := parseValueRule(quoted(theirs) + "=" + quoted(value) + "->party:" + quoted(ours))
		if err != nil || rule.theirs != theirs || rule.value != value || rule.kind != equals || rule.sets[0] != (setting{"party", ours}) {
			t.Fatalf("%+v, %v", rule, err)
		}
	})
}

func TestAValueThatNoRuleKnowsIsToldWithItsFeatures(t *testing.T) {
	var features []string
	for i := range 9 {
		fill := "#111111"
		if i > 1 {
			fill = "#bcaaa4"
		}
		features = append(features, feature(square, `"fill":"`+fill+`"`))
	}
	plan := Plan{Set: without(constant, "party"), Otherwise: map[string]string{"party": "default"}, Values: []string{"fill=#111111 -> party:one", "fill=red -> party:two"}}
	imported, report := zonesOf(t, plan, text("a.geojson", collection(features...)))
	if len(report.Faults) != 1 || report.Faults[0].Rule != "unknown-value" || !strings.Contains(report.Faults[0].Detail, `"#bcaaa4" (7: #2 of a.geojson, #3 of a.geojson, #4 of a.geojson, …)`) {
		t.Error(report.Faults)
	}
	if !strings.Contains(strings.Join(imported.Notes, "\n"), `no feature has a value for the rule "fill=red -> party:two"`) {
		t.Error(imported.Notes)
	}
	plan.Values[1] = "fill=* -> party:rest"
	imported, report = zonesOf(t, plan, text("a.geojson", collection(features...)))
	if len(report.Faults) != 0 || imported.Zones[8].Party != "rest" || !strings.Contains(strings.Join(imported.Notes, "\n"), `fill=* took "#bcaaa4" (7)`) {
		t.Error(report.Faults, imported.Notes)
	}
	// What a rule does not say is not the default party's.
	plan.Values[1] = "fill=#bcaaa4 -> status:claimed"
	if _, report = zonesOf(t, plan, text("a.geojson", collection(features...))); len(report.Faults) != 1 || report.Faults[0].Rule != "mapping" {
		t.Error(report.Faults)
	}
	// What else it does not say is what it is for all.
	plan.Values = []string{"fill=#111111 -> party:one,status:claimed", "fill=* -> party:two"}
	if imported, report = zonesOf(t, plan, text("a.geojson", collection(features...))); len(report.Faults) > 0 || imported.Zones[0].Status != "claimed" || imported.Zones[8].Status != "observed" {
		t.Error(report.Faults, imported.Zones)
	}
	plan.Values = []string{"colour=red -> party:x"}
	if _, report = zonesOf(t, plan, text("a.geojson", collection(features...))); len(report.Faults) != 1 || !strings.Contains(report.Faults[0].Detail, `no feature has the property "colour"`) {
		t.Error(report.Faults)
	}
}

// zonesOf imports files by a plan.
func zonesOf(t testing.TB, plan Plan, files ...File) (*Imported, *geojson.Report) {
	t.Helper()
	report := &geojson.Report{}
	imported, err := Zones(t.Context(), files, plan, called(t), report, func() {})
	if err != nil {
		t.Fatal(err)
	}
	return imported, report
}

// feature is a feature of a polygon's coordinates, and members of properties.
func feature(polygon, properties string) string {
	return shaped(`{"type":"Polygon","coordinates":`+polygon+`}`, properties)
}

// shaped is a feature of a geometry.
func shaped(geometry, properties string) string {
	return `{"type":"Feature","properties":{` + properties + `},"geometry":` + geometry + `}`
}

func collection(features ...string) string {
	return `{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`
}

// without is a copy of a map that lacks a key.
func without(m map[string]string, key string) map[string]string {
	out := maps.Clone(m)
	delete(out, key)
	return out
}

func FuzzValueRule(f *testing.F) {
	for _, s := range []string{"fill=#ff5252 -> party:russia,status:observed", `name~"(.*) /// (.*)" → party:$1,x_note:"$2"`, "a=* -> party:b", "a= -> party:b", `"a\"b"="c\\d" -> party:"e"`, `a~"(?P<n>x)" -> party:${n}`} {
		f.Add(s, "Росія /// RUSSIA")
	}
	f.Fuzz(func(t *testing.T, s, value string) {
		rule, err := parseValueRule(s)
		if err != nil {
			return
		}
		if len(rule.sets) == 0 || rule.theirs == "" {
			t.Errorf("%s sets nothing", strconv.Quote(s))
		}
		_, _ = rule.apply(value, true)
		if _, fits := rule.apply("", false); fits && (rule.kind != equals || rule.value != "") {
			t.Errorf("%s takes what is not there", strconv.Quote(s))
		}
	})
}
