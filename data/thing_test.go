package data_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/demo"

	"pgregory.net/rapid"
)

const (
	wellsLayer = `"things": [{"id": "wells", "title": {"en": "Wells"}, "counts": "number", "mapped_on": "2024-11-20", "source": "crossings",
		"attribution": {"en": "Nobody"}}], "sources": [`
	well      = `{"type":"Feature","id":%q,"properties":{"thing_layer":"wells"%s},"geometry":%s}`
	wellPoint = `{"type":"Point","coordinates":[34.4,31.4]}`
)

// withThings is the embedded dataset with a layer of wells instead of its own.
func withThings(t testing.TB, features ...string) fstest.MapFS {
	t.Helper()
	files := withoutThings(t)
	edit(t, files, "dataset.json", `"sources": [`, wellsLayer)
	files["things.geojson"] = &fstest.MapFile{Data: []byte(`{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`)}
	return files
}

// withoutThings is the embedded dataset as it was before it had things.
func withoutThings(t testing.TB) fstest.MapFS {
	t.Helper()
	files := copyOf(t)
	delete(files, "things.geojson")
	var dataset map[string]any
	if err := json.Unmarshal(files["dataset.json"].Data, &dataset); err != nil {
		t.Fatal(err)
	}
	delete(dataset, "things")
	dataset["sources"] = slices.DeleteFunc(dataset["sources"].([]any), func(source any) bool {
		return slices.Contains([]string{"osm-schools-2024-11-20", "osm-places-2021-08", "pom-localities-2016", "osm-built-up-2021-08"}, source.(map[string]any)["id"].(string))
	})
	text, err := json.MarshalIndent(dataset, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	files["dataset.json"] = &fstest.MapFile{Data: text}
	return files
}

func read(t testing.TB, folder fs.FS) *data.Snapshot {
	t.Helper()
	s, report, err := data.Read(context.Background(), folder)
	if err != nil {
		t.Fatalf("%v: %v", err, report.Faults)
	}
	return s
}

// The names that the datasets had before any could carry things.
const (
	demoName = "sha256:8b7d970ef1e58831a8590e97fb1f155c266656ccf97c3d8fa06b61086270b32d"
	gazaName = "sha256:3749aaf0efaa68ae4a1b767fe6543a6566947c0efb0dbbe31b1346c4cc767157"
)

func TestThingsAreReadBackAsTheyWere(t *testing.T) {
	polygon := `{"type":"Polygon","coordinates":[[[34.4,31.4],[34.41,31.4],[34.41,31.41],[34.4,31.4]]]}`
	counted := map[string][]string{"number": {wellPoint, polygon}, "km2": {polygon},
		"km": {`{"type":"LineString","coordinates":[[34.4,31.4],[34.41,31.42]]}`, `{"type":"MultiLineString","coordinates":[[[34.4,31.4],[34.41,31.42]],[[34.5,31.4],[34.51,31.42]]]}`}}
	rapid.Check(t, func(rt *rapid.T) {
		var features []string
		counts := rapid.SampledFrom([]string{"number", "km", "km2"}).Draw(rt, "counts")
		for i, shape := range rapid.SliceOfN(rapid.SampledFrom(counted[counts]), 1, 5).Draw(rt, "shapes") {
			more := rapid.SampledFrom([]string{"", `,"kind":"deep"`, `,"count":3`, `,"count":0,"x_beds":4`, `,"valid_from":"2025-12-01"`, `,"valid_to":"2026-02-01"`,
				`,"valid_from":"2025-12-01","valid_to":"2026-02-01"`, `,"source":"ocha-cod-ab","name_en":"Deep","name_ar":"عميق"`}).Draw(rt, "more")
			features = append(features, fmt.Sprintf(well, fmt.Sprintf("w-%d", i), more, shape))
		}
		files := withThings(t, features...)
		if counts != "number" {
			edit(t, files, "dataset.json", `"counts": "number"`, `"counts": "`+counts+`"`)
		}
		if !readsBack(rt, files) {
			t.Fatal("refused")
		}
		s := read(t, files)
		canonical, err := s.Canonical()
		if err != nil {
			t.Fatal(err)
		}
		stored, err := data.ReadCanonical(context.Background(), s.Name(), canonical)
		if err != nil || !reflect.DeepEqual(stored.Things, s.Things) || !reflect.DeepEqual(stored.Dataset.Things, s.Dataset.Things) {
			t.Fatalf("%v: other things: %+v, not %+v", err, stored.Things, s.Things)
		}
	})
}

func TestTheOrderOfThingsDoesNotChangeTheName(t *testing.T) {
	a, b := fmt.Sprintf(well, "a", "", wellPoint), fmt.Sprintf(well, "b", "", wellPoint)
	if one, other := read(t, withThings(t, a, b)), read(t, withThings(t, b, a)); one.Name() != other.Name() {
		t.Errorf("%s became %s", one.Name(), other.Name())
	}
	if one, other := read(t, withThings(t, a)), read(t, withThings(t, b)); one.Name() == other.Name() {
		t.Error("other things have the same name")
	}
}

func TestDatasetsWithoutThingsKeepTheirNames(t *testing.T) {
	if got := read(t, demo.Files()).Name(); got != demoName {
		t.Errorf("the demo is %s, not %s", got, demoName)
	}
	if got := read(t, withoutThings(t)).Name(); got != gazaName {
		t.Errorf("Gaza without its things is %s, not %s", got, gazaName)
	}
}

func TestThingsThatSayWhatCannotBeAreRefused(t *testing.T) {
	for what, c := range map[string]struct{ from, to, rule, file string }{
		"an unknown layer":           {`"thing_layer":"wells"`, `"thing_layer":"bells"`, "reference", "things.geojson"},
		"no layer":                   {`"thing_layer":"wells"`, `"kind":"deep"`, "missing-property", "things.geojson"},
		"an unknown source":          {`"thing_layer":"wells"`, `"thing_layer":"wells","source":"none"`, "reference", "things.geojson"},
		"an id twice":                {`"id":"b"`, `"id":"a"`, "duplicate-id", "things.geojson"},
		"a number of less than none": {`"thing_layer":"wells"`, `"thing_layer":"wells","count":-1`, "range", "things.geojson"},
		"an end before the begin":    {`"thing_layer":"wells"`, `"thing_layer":"wells","valid_from":"2026-02-01","valid_to":"2026-01-01"`, "date", "things.geojson"},
		"a misspelt property":        {`"thing_layer":"wells"`, `"thing_layer":"wells","knid":"deep"`, "unknown-property", "things.geojson"},
		"several points":             {wellPoint, `{"type":"MultiPoint","coordinates":[[34.4,31.4]]}`, "wrong-geometry", "things.geojson"},
		"a line to be numbered":      {wellPoint, `{"type":"LineString","coordinates":[[34.4,31.4],[34.41,31.42]]}`, "wrong-geometry", "things.geojson"},
		"swapped axes":               {`[34.4,31.4]`, `[31.4,34.4]`, "swapped-axes", "things.geojson"},
		"no day":                     {`"mapped_on": "2024-11-20", `, ``, "missing-property", "dataset.json"},
		"another day":                {`"2024-11-20"`, `"2024-11-31"`, "schema", "dataset.json"},
		"no title":                   {`{"en": "Wells"}`, `{}`, "missing-property", "dataset.json"},
		"no attribution":             {`{"en": "Nobody"}`, `{}`, "missing-property", "dataset.json"},
		"an unknown count":           {`"counts": "number"`, `"counts": "heads"`, "unknown-count", "dataset.json"},
		"a source that is none":      {`"source": "crossings",`, `"source": "none",`, "reference", "dataset.json"},
		"a layer without things":     {`"things": [`, `"things": [{"id": "schools", "title": {"en": "S"}, "counts": "km", "mapped_on": "2024-11-20", "source": "crossings", "attribution": {"en": "N"}},`, "empty", "dataset.json"},
	} {
		t.Run(what, func(t *testing.T) {
			files := withThings(t, fmt.Sprintf(well, "a", "", wellPoint), fmt.Sprintf(well, "b", "", wellPoint))
			edit(t, files, c.file, c.from, c.to)
			_, report, err := data.Read(context.Background(), files)
			if err == nil || !slices.ContainsFunc(report.Faults, func(f data.Fault) bool { return f.Rule == c.rule && f.File == c.file }) {
				t.Errorf("%v: no %s in %s among %v", err, c.rule, c.file, report.Faults)
			}
		})
	}
}

func TestAThingIsShownWhileItIsValid(t *testing.T) {
	s := read(t, withThings(t, fmt.Sprintf(well, "always", "", wellPoint), fmt.Sprintf(well, "then", `,"valid_from":"2025-12-01","valid_to":"2026-02-01"`, wellPoint),
		fmt.Sprintf(well, "long-ago", `,"valid_to":"2000-01-01"`, wellPoint)))
	if s.FirstDate() != embedded().FirstDate() {
		t.Errorf("the first day is %s: things are no evidence", s.FirstDate())
	}
	for day, want := range map[string]string{"2025-11-30": "always", "2025-12-01": "always then", "2026-01-31": "always then", "2026-02-01": "always"} {
		e, err := s.Edition("", date(t, day))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, item := range s.Section(e, data.ThingsSection).Items {
			if item.Properties["mapped_on"] != "2024-11-20" || item.Properties["source"] != "crossings" {
				t.Errorf("%s: %v", item.ID, item.Properties)
			}
			got = append(got, item.ID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("on %s there are %v, not %s", day, got, want)
		}
	}
	if fields := s.Fields(data.ThingsSection); !slices.ContainsFunc(fields, func(f data.Field) bool { return f == data.Field{Name: "thing_layer", Type: "string"} }) {
		t.Errorf("fields: %v", fields)
	}
}

func TestADatasetWithoutThingsHasNoSectionOfThem(t *testing.T) {
	s := read(t, demo.Files())
	if names := s.SectionNames(); slices.Contains(names, data.ThingsSection) || slices.Contains(s.LayerNames(), data.ThingsSection) {
		t.Error(names)
	}
	files, err := s.Files()
	if err != nil || files["things.geojson"] != nil {
		t.Errorf("%v: %v", err, slices.Collect(maps.Keys(files)))
	}
}
