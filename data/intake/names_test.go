package intake

import (
	"slices"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// called gives ids to parties and readings, none of them asked for.
func called(t testing.TB) Called {
	t.Helper()
	names, err := NewCalled(nil)
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestNoTwoNamesHaveOneIDAndOneNameHasOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		asked := map[string]string{"Group A+": "group-a-2"}
		names, err := newNames("party", asked)
		if err != nil {
			t.Fatal(err)
		}
		name := rapid.OneOf(rapid.SampledFrom([]string{"Group A+", "Group A-", "group a", "group-a-2", "SDF (قسد)", "SDF (تحرير)", "Росія", "Украина", "party", "party-1", "!", "?", "Łódź", "Lodz", "Ło\u0301dz\u0301", "Łódź", ""}), rapid.String())
		byName, byID := map[string]string{}, map[string]string{}
		for _, n := range rapid.SliceOf(name).Draw(t, "names") {
			id, n := names.ID(n), norm.NFC.String(visible(n))
			if n == "" && id == "" {
				continue
			}
			if !data.ValidID(id) {
				if len(Slug(n)) > 90 {
					continue // longer than an id may be, and refused with its place later
				}
				t.Fatalf("%q has the id %q", n, id)
			}
			if before, ok := byName[n]; ok && before != id {
				t.Fatalf("%q has the ids %q and %q", n, before, id)
			}
			if other, ok := byID[id]; ok && other != n {
				t.Fatalf("%q and %q have the id %q", n, other, id)
			}
			byName[n], byID[id] = id, n
		}
		if len(names.All()) != len(byName) {
			t.Fatalf("%v, of %v", names.All(), byName)
		}
		if id, ok := byName["Group A+"]; ok && id != "group-a-2" {
			t.Fatalf("the id asked for is %q", id)
		}
	})
}

func TestWhoComesFirstHasThePlainIDAndAccentsAreNoHyphens(t *testing.T) {
	names, err := newNames("party", nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range []string{"Group A+", "Group A-", "Росія", "Україна", "Élysée"} {
		got = append(got, names.ID(n))
	}
	if want := []string{"group-a", "group-a-2", "party-1", "party-2", "elysee"}; !slices.Equal(got, want) {
		t.Errorf("%v, not %v", got, want)
	}
	for _, asked := range []map[string]string{{"A": "No id"}, {"A": "x", "B": "x"}} {
		if _, err := newNames("party", asked); err == nil {
			t.Errorf("%v may be asked for", asked)
		}
	}
}

// Nobody is guessed: who holds a zone whose file does not say so is told, or asked.
func TestAFeatureWithoutTheMappedPropertyIsNobodysGuess(t *testing.T) {
	feature := func(properties string) string {
		return `{"type":"Feature","properties":` + properties + `,"geometry":{"type":"Polygon","coordinates":` + square + `}}`
	}
	with, without := feature(`{"H":"North","n":"A"}`), feature(`{"h":"South"}`)
	base := map[string]string{"party": "p", "basis": "b", "status": "observed", "source": "s", "accuracy_m": "5", "valid_from": "2025-01-01"}
	for name, c := range map[string]struct {
		features []string
		property string
		set      map[string]string
		fault    string // none where ""
		repair   string
	}{
		"all have it":                  {[]string{with, with}, "H", nil, "", ""},
		"one lacks it":                 {[]string{with, without}, "H", nil, `feature "#1": mapping at H: #1 without "H", from which party is taken`, ""},
		"one has null":                 {[]string{with, feature(`{"H":null}`)}, "H", nil, `#1 without "H"`, ""},
		"one has a text of nothing":    {[]string{with, feature(`{"H":"  "}`)}, "H", nil, `#1 without "H"`, ""},
		"many lack it":                 {[]string{with, without, without, without, without}, "H", nil, `4 features: #1, #2 of a.geojson, #3 of a.geojson, … without "H"`, ""},
		"one lacks it, another is set": {[]string{with, without}, "H", map[string]string{"party": "Nobody's"}, "", `#1 without "H" got party "Nobody's"`},
		"none has it":                  {[]string{with, without}, "HOLDR", nil, `no feature has the property "HOLDR", from which party is to be taken; theirs are "H", "h", "n"`, ""},
		"none has it, another is set":  {[]string{with, without}, "HOLDR", map[string]string{"party": "x"}, `no feature has the property "HOLDR"`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			report := &geojson.Report{}
			plan := Plan{Otherwise: base, Set: c.set, Map: map[string]string{"party": c.property}}
			content := `{"type":"FeatureCollection","features":[` + strings.Join(c.features, ",") + `]}`
			if _, err := Zones(t.Context(), []File{text("a.geojson", content)}, plan, called(t), report, func() {}); err != nil {
				t.Fatal(err)
			}
			var faults, repairs []string
			for _, f := range report.Faults {
				faults = append(faults, f.Error())
			}
			for _, r := range report.Repairs {
				if r.Rule == "filled-in" {
					repairs = append(repairs, r.String())
				}
			}
			one := func(got []string, want string) {
				t.Helper()
				if want == "" && len(got) > 0 || want != "" && (len(got) != 1 || !strings.Contains(got[0], want)) {
					t.Errorf("%q, not %q", got, want)
				}
			}
			one(faults, c.fault)
			one(repairs, c.repair)
		})
	}
}
