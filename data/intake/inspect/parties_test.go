package inspect

import (
	"fmt"
	"strings"
	"testing"
)

// squares is a map of a square for each object of properties.
func squares(properties ...string) string {
	var text strings.Builder
	for n, p := range properties {
		fmt.Fprintf(&text, `{"type": "Feature", "properties": %s, "geometry": {"type": "Polygon", "coordinates": [[[%d, 0], [%d, 0], [%d, 1], [%d, 0]]]}}`+"\n", p, n, n+1, n+1, n)
	}
	return text.String()
}

// lookedAt is what a first look says of a text.
func lookedAt(t *testing.T, text string) (found *Inspection, said string) {
	t.Helper()
	found, err := Look(t.Context(), inMemory("f.geojson", text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return found, found.Text([]string{"f.geojson"})
}

func TestWhoseLandItIsIsChosenInTheOpen(t *testing.T) {
	for _, c := range []struct {
		what       string
		properties []string
		said, not  []string
	}{
		{"one property without a telling name", []string{`{"H": "Group A+", "id": "a"}`, `{"H": "Group A-", "id": "b"}`}, []string{"--map party=H", "--party 'Group A+'"}, []string{"party=PROPERTY"}},
		{"two of them", []string{`{"H": "A", "K": "x"}`, `{"H": "B", "K": "y"}`}, []string{"--map party=PROPERTY", `these properties tell polygons apart: "H" (2 values: "A", "B"), "K" (2 values`, "--party PARTY"}, nil},
		{"names alone", []string{`{"name": "Zone one"}`, `{"name": "Zone two"}`}, []string{"--map party=PROPERTY", `"name" (2 values`}, nil},
		{"nothing", []string{`{}`, `{}`}, []string{"--party PARTY"}, []string{"PROPERTY"}},
		{"a telling name", []string{`{"controlled_by": "A", "type": "x"}`, `{"controlled_by": "B", "type": "y"}`}, []string{"--map party=controlled_by", "other properties tell polygons apart, too"}, nil},
		{"colours", []string{`{"fill": "#ff5252", "stroke": "#000000"}`, `{"fill": "#0f9d58", "stroke": "#111111"}`, `{"fill": "#ff5252"}`, `{}`},
			[]string{"--value 'fill=#ff5252 -> party:NAME'", "--value 'fill=#0f9d58 -> party:NAME'", "--value 'fill= -> party:NAME'", "--party PARTY"}, []string{"--map party=fill \\", "stroke="}},
		{"a folder of one name beside colours", []string{`{"folder": "Map", "fill": "#ff5252"}`, `{"folder": "Map", "fill": "#0f9d58"}`}, []string{"--value 'fill=#ff5252 -> party:NAME'"}, []string{"--map party=folder"}},
		{"a folder of one name", []string{`{"folder": "Map"}`, `{"folder": "Map"}`}, []string{"--party PARTY"}, []string{"party=folder"}},
		{"folders", []string{`{"folder": "North", "fill": "#ff5252"}`, `{"folder": "South", "fill": "#0f9d58"}`}, []string{"--map party=folder"}, []string{"fill=#"}},
		{"a status and a name", []string{`{"name": "Occupied /// Kherson oblast"}`, `{"name": "Liberated /// Kherson"}`, `{"name": "Occupied /// Crimea"}`},
			[]string{`--value 'name~"^(.*) /// (.*)$" -> party:$1,name_en:$2'`, "--party Occupied", "where it is a status"}, []string{"--map name_en=name", "PROPERTY"}},
		{"a name in two languages", []string{`{"fill": "#ff5252", "name": "Захоплено /// Captured"}`, `{"fill": "#0f9d58", "name": "Вільно /// Free"}`},
			[]string{"fill=#ff5252 -> party:NAME", `name~"^(.*) /// (.*)$" -> name_uk:$1,name_en:$2`}, []string{"party:$1"}},
		{"a status and a name, but for one", []string{`{"name": "Occupied /// Kherson oblast"}`, `{"name": "Liberated /// Kherson"}`, `{"name": "Unknown"}`},
			[]string{`--value 'name~"^(.*) /// (.*)$" -> party:$1,name_en:$2'`, "--value 'name=* -> party:NAME'"}, []string{"these properties tell"}},
		{"numbers", []string{`{"control": 1}`, `{"control": 2}`, `{"control": 1}`}, []string{"--value 'control=1 -> party:NAME'", "--value 'control=2 -> party:NAME'"}, nil},
		{"yes and no", []string{`{"occupied": true}`, `{"occupied": false}`}, []string{"--value 'occupied=true -> party:NAME'"}, nil},
		{"names that come again, beside colours", []string{`{"name": "Forces A", "fillColor": "#ff0000"}`, `{"name": "Forces B", "fillColor": "#0000ff"}`, `{"name": "Forces A", "fillColor": "#ff0000"}`},
			[]string{"--value 'fillColor=#ff0000 -> party:NAME'", "--map party=name"}, nil},
		{"who edited it", []string{`{"Name": "Assessed Control", "Editor": "a"}`, `{"Name": "Claimed Control", "Editor": "b"}`}, []string{`these properties tell polygons apart: "Name" (2 values`, "party=PROPERTY"}, []string{"party=Editor"}},
		{"what is nobody's", []string{`{"held_by": "A", "zone type": "held"}`, `{"held_by": "B", "zone type": "buffer zone"}`}, []string{`leave them out with --where 'prop["zone type"] != "buffer zone"'`}, nil},
		{"two spellings", []string{`{"party": "A"}`, `{"party": "A "}`, `{"party": "B"}`, `{"party": "\u00e9"}`, `{"party": "e\u0301"}`},
			[]string{`"A" (1) and "A " (1) are one party, "A"`, `"e\u0301" (1) and "\u00e9" (1) are one party`}, nil},
		{"two that look alike", []string{`{"party": "North"}`, `{"party": "north"}`}, []string{`"North" (1) and "north" (1) look alike, and are 2 names of a party`}, nil},
	} {
		_, said := lookedAt(t, squares(c.properties...))
		for _, want := range c.said {
			if !strings.Contains(said, want) {
				t.Errorf("%s: no %s in\n%s", c.what, want, said)
			}
		}
		for _, not := range c.not {
			if strings.Contains(said, not) {
				t.Errorf("%s: %s in\n%s", c.what, not, said)
			}
		}
	}
}

func TestALookTakesCollectionsApartAsAnImportDoes(t *testing.T) {
	found, said := lookedAt(t, `{"type": "Feature", "properties": {}, "geometry": {"type": "GeometryCollection", "geometries": [
		{"type": "Point", "coordinates": [1, 2]}, {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}]}}`)
	if found.Suggestion == nil || found.Suggestion.Zones != 1 || !strings.Contains(said, "--points leave-out") {
		t.Error(said)
	}
}

func TestAFileWithoutPolygonsIsToldWhatItIsFor(t *testing.T) {
	for shape, want := range map[string]string{
		`{"type": "Point", "coordinates": [1, 2]}`:                       "demarc import ZONES_FILE f.geojson --points places --set kind=town",
		`{"type": "MultiLineString", "coordinates": [[[1, 2], [2, 3]]]}`: "demarc split --data DATASET --line f.geojson",
	} {
		if found, said := lookedAt(t, `{"type": "Feature", "properties": {}, "geometry": `+shape+`}`); found.Suggestion != nil || !strings.Contains(said, want) {
			t.Errorf("no %s in\n%s", want, said)
		}
	}
}
