package intake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"
)

func TestAMappingIsReadAsItIsWritten(t *testing.T) {
	entries, err := ReadMapping([]byte(`# who holds what
territory: outline.geojson
status: no       # is no, and not false
title: 2024-07-01
accuracy-m: 0x10
id: 007
allow-future: yes
map: {party: HOLDER, name_uk: НАЗВА}
set:
  x_colour: "#ff5252"
value:
  - fill=#ff5252 -> party:russia
  - 'name~"a: (.*)" -> party:$1'
id-of: {"Росія": russia}
`))
	if err != nil {
		t.Fatal(err)
	}
	want := `[{territory [outline.geojson] 2 true} {status [no] 3 false} {title [2024-07-01] 4 false} {accuracy-m [0x10] 5 false} {id [007] 6 false} {allow-future [yes] 7 false} ` +
		`{map [party=HOLDER name_uk=НАЗВА] 8 false} {set [x_colour=#ff5252] 9 false} {value [fill=#ff5252 -> party:russia name~"a: (.*)" -> party:$1] 11 false} {id-of [Росія=russia] 14 false}]`
	if fmt.Sprint(entries) != want {
		t.Errorf("%v\nnot %v", entries, want)
	}
}

func TestWhatIsWrongWithAMappingIsToldByItsLine(t *testing.T) {
	for text, want := range map[string]string{
		"id: a\ntitel: b":                       `line 2: "titel" is no key`,
		"id: a\nid: b":                          "line 2: id stands in line 1",
		"set:\n  x_colour: #ff5252":             "line 2: set x_colour: nothing is written there; a text that begins with #",
		"id: [a]":                               "line 1: id: a text is wanted, and this is a list",
		"value: fill=a -> party:b":              "line 1: value: a list of texts is wanted",
		"value:\n- name: x":                     "a text with a colon and a space in it stands in quotes",
		"map: [a]":                              "line 1: map: keys with values is wanted",
		"id: &a b\ntitle: *a":                   "line 1: id: anchors are not read",
		"id: a\ntitle: *b":                      "unknown anchor",
		"a: &a [x, x]\nb: &b [*a, *a]":          "line 1: \"a\" is no key",
		"id: !!int a":                           "tags such as",
		"map: &m {party: x}\nset: {<<: *m}":     "anchors are not read",
		"id: a\n---\nid: b":                     "one document is wanted",
		"- id":                                  "keys with values is wanted",
		"id: \"a":                               "unexpected end",
		"map: {\"a=b\": c}":                     "is no name here",
		"id:":                                   "nothing is written there",
		`{"id": "a", "id": "b"}`:                "stands in line 1",
		strings.Repeat("x", 1<<20) + ": toobig": "more than",
	} {
		if entries, err := ReadMapping([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.80q: %v, %v", text, entries, err)
		}
	}
	for _, text := range []string{"", "# nothing", "{}", "null"} {
		if entries, err := ReadMapping([]byte(text)); err != nil || len(entries) > 0 {
			t.Errorf("%q: %v, %v", text, entries, err)
		}
	}
}

func mappingSchema(t *testing.T) (*jsonschema.Schema, map[string]any) {
	compiler, document := referee.Schema(t, "mapping.schema.json", "urn:demarc:mapping:1")
	schema, err := compiler.Compile("urn:demarc:mapping:1")
	if err != nil {
		t.Fatal(err)
	}
	return schema, document.(map[string]any)
}

func TestTheSchemaOfMappingsHasTheKeysThatAreRead(t *testing.T) {
	_, document := mappingSchema(t)
	keys := slices.Sorted(maps.Keys(document["properties"].(map[string]any)))
	if !slices.Equal(keys, mappingKeys()) {
		t.Errorf("the schema has %v, the reader %v", keys, mappingKeys())
	}
}

// What the published schema accepts is read, and what it refuses is not, as JSON and as YAML.
func TestTheSchemaOfMappingsAndTheReaderAcceptTheSame(t *testing.T) {
	schema, _ := mappingSchema(t)
	texts := rapid.OneOf(rapid.Map(rapid.SampledFrom([]string{"a", "no", "#ff5252", "2024-07-01", "", "=", "a: b", "null", "~", "*", "Росія", "1e3"}), func(s string) any { return s }),
		rapid.Map(rapid.Float64Range(-1e6, 1e6), func(f float64) any { return f }), rapid.Map(rapid.Bool(), func(b bool) any { return b }))
	odd := rapid.SampledFrom([]any{nil, []any{}, []any{nil}, map[string]any{}, []any{map[string]any{"a": "b"}}, map[string]any{"a": nil}, map[string]any{"a": []any{"b"}}, map[string]any{"a=b": "c"}, map[string]any{"": "c"}})
	lists := rapid.Map(rapid.SliceOfN(texts, 0, 3), func(s []any) any { return s })
	pairs := rapid.Map(rapid.MapOfN(rapid.SampledFrom([]string{"party", "x_a", "name_uk"}), texts, 0, 3), func(m map[string]any) any { return m })
	value := rapid.OneOf(texts, texts, lists, pairs, odd)
	key := rapid.SampledFrom(append(mappingKeys(), "mapping", "titel", ""))
	accepted := 0
	rapid.Check(t, func(t *rapid.T) {
		document := map[string]any{}
		for _, k := range rapid.SliceOfN(key, 0, 4).Draw(t, "keys") {
			v := value
			switch shape, known := keysOfMapping[k]; {
			case known && rapid.Bool().Draw(t, "as it should be"):
				v = map[shapeOf]*rapid.Generator[any]{aText: texts, aPath: texts, aList: lists, aPairs: pairs}[shape]
			}
			document[k] = v.Draw(t, "value")
		}
		asJSON, err := json.Marshal(document)
		if err != nil {
			t.Fatal(err)
		}
		asYAML, err := yaml.Marshal(document)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
		if err != nil {
			t.Fatal(err)
		}
		want := schema.Validate(plain)
		if want == nil {
			accepted++
		}
		for _, text := range [][]byte{asJSON, asYAML} {
			if _, err := ReadMapping(text); (err == nil) != (want == nil) {
				t.Fatalf("%s: read %v, schema %v", text, err, want)
			}
		}
	})
	if accepted < 10 {
		t.Errorf("%d mappings were accepted", accepted)
	}
}

func TestRulesOfFlagsGoBeforeThoseOfTheFile(t *testing.T) {
	got := WithoutRules([]string{"fill=a -> party:file", "fill=b -> party:file", "odd"}, []string{"fill = a -> status:claimed"})
	if !slices.Equal(got, []string{"fill=b -> party:file", "odd"}) {
		t.Error(got)
	}
}

func FuzzReadMapping(f *testing.F) {
	for _, s := range []string{"id: a\nmap: {party: who}\nvalue: [a=b -> party:c]", `{"map":{"party":"who"},"set":{"x_a":"b"},"date":"name"}`, "a: &a [*a]", "null", "[", "? {a: b}\n: c", "id: |\n  text", "\ufeffid: a", "id: !!binary a"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		entries, err := ReadMapping(text)
		if err != nil {
			return
		}
		for _, e := range entries {
			shape, known := keysOfMapping[e.Flag]
			if !known || len(e.Values) == 0 || len(e.Values) > 1 && (shape == aText || shape == aPath) {
				t.Errorf("%q: %v", text, e)
			}
		}
	})
}
