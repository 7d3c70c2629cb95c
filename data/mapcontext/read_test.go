package mapcontext_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/data/mapcontext"
)

// folder is a dataset folder with a context of these files.
func folder(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{"context/context.json": {Data: []byte(`{"attribution":{"en":"a"},"mapped_in":2021}`)}}
	for name, text := range files {
		out["context/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// one is a collection of one feature.
func one(properties, kind, coordinates string) string {
	return fmt.Sprintf(`{"type":"FeatureCollection","features":[{"type":"Feature","properties":%s,"geometry":{"type":%q,"coordinates":%s}}]}`, properties, kind, coordinates)
}

const square = `[[[34,31],[35,31],[35,32],[34,32],[34,31]]]`

func TestTheContextOfTheEmbeddedDatasetIsRead(t *testing.T) {
	m, report, err := mapcontext.Read(t.Context(), gaza.Context, 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Repairs) > 0 {
		t.Errorf("%d repairs, the first: %v", len(report.Repairs), report.Repairs[0])
	}
	var names []string
	for _, l := range m.Layers {
		names = append(names, l.Name)
	}
	if want := []string{"land", "builtup", "water", "roads", "borders", "places"}; !slices.Equal(names, want) {
		t.Errorf("layers %v, not %v", names, want)
	}
	if m.MappedIn != 2021 || m.Bearing != 40 || m.Attribution["ar"] == "" || len(m.Locator) == 0 || len(m.Name) != 16 {
		t.Errorf("%d, %g, %v, %d features in the inset, %q", m.MappedIn, m.Bearing, m.Attribution, len(m.Locator), m.Name)
	}
	if box, ok := m.Extent(); !ok || box.Min[0] != 33.3 || box.Max[1] != 32.1 {
		t.Errorf("the land lies in %v", box)
	}
}

func TestAFolderWithoutAContextHasNone(t *testing.T) {
	m, _, err := mapcontext.Read(t.Context(), fstest.MapFS{"dataset.json": {Data: []byte("{}")}}, 1)
	if m != nil || err != nil {
		t.Errorf("%v, %v", m, err)
	}
	if m.Layer(mapcontext.Land) != nil {
		t.Error("no context has land")
	}
}

func TestAFaultNamesFileFeatureRuleAndPlace(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{"land.geojson", one(`{}`, "Point", `[34,31]`), `context/land.geojson: feature "#0": wrong-geometry at geometry`},
		{"land.geojson", one(`{}`, "Polygon", `[[[34,31],[35,32],[35,31],[34,32],[34,31]]]`), `context/land.geojson: feature "#0": self-crossing`},
		{"roads.geojson", one(`{"rank":9}`, "LineString", `[[34,31],[35,31]]`), `context/roads.geojson: feature "#0": range at rank`},
		{"roads.geojson", one(`{"rnak":1}`, "LineString", `[[34,31],[35,31]]`), `unknown-property at rnak`},
		{"roads.geojson", one(`{"rank":1,"name_en":7}`, "LineString", `[[34,31],[35,31]]`), `wrong-type at name_en`},
		{"places.geojson", one(`{"rank":1}`, "Point", `[34,31]`), `missing-property at name_en`},
		{"places.geojson", one(`{"name_en":"a\u202eb"}`, "Point", `[34,31]`), `control-character at name_en`},
		{"places.geojson", one(`{"name_en":"a"}`, "Point", `[341,31]`), `context/places.geojson: feature "#0"`},
		{"places.geojson", `{"type":`, `context/places.geojson`},
		{"context.json", `{"attribution":{"en":"a"},"maped_in":2021}`, `context/context.json: schema`},
		{"context.json", `{}`, `context/context.json: missing-member at attribution`},
		{"context.json", `{"attribution":{"en":"a"},"mapped_in":21}`, `range at mapped_in`},
		{"context.json", `{"attribution":{"en":"a"},"bearing":400}`, `range at bearing`},
	} {
		m, report, err := mapcontext.Read(t.Context(), folder(map[string]string{c.file: c.text}), 1)
		if m != nil || !errors.Is(err, mapcontext.ErrRefused) || len(report.Faults) == 0 || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %s: %v, not %q", c.file, c.text, err, c.want)
		}
	}
	without := folder(map[string]string{"land.geojson": one(`{}`, "Polygon", square)})
	delete(without, "context/context.json")
	if _, _, err := mapcontext.Read(t.Context(), without, 1); !errors.Is(err, mapcontext.ErrRefused) || !strings.Contains(err.Error(), "missing-file") {
		t.Errorf("land of nobody's: %v", err)
	}
}

func TestAContextIsNamedByItsContent(t *testing.T) {
	name := func(files map[string]string) string {
		m, _, err := mapcontext.Read(t.Context(), folder(files), 1)
		if err != nil {
			t.Fatal(err)
		}
		return m.Name
	}
	land := one(`{}`, "Polygon", square)
	first, again, other := name(map[string]string{"land.geojson": land}), name(map[string]string{"land.geojson": land, "note.txt": "x"}), name(map[string]string{"builtup.geojson": land})
	moved := name(map[string]string{"land.geojson": strings.ReplaceAll(land, "35", "36")})
	if first != again || first == other || first == moved {
		t.Errorf("names %s, %s, %s, %s", first, again, other, moved)
	}
}

func TestAContextIsNotTooLarge(t *testing.T) {
	line := "[" + strings.Repeat("[34,31],[34,32],", 250_000) + "[35,32]]"
	_, _, err := mapcontext.Read(t.Context(), folder(map[string]string{"roads.geojson": one(`{}`, "LineString", line)}), 1)
	if !errors.Is(err, mapcontext.ErrRefused) || !strings.Contains(err.Error(), "too-large") {
		t.Error(err)
	}
}
