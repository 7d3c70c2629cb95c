package data

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// ThingSection keeps things with where they lie as a layer; it is a ThingWriter.
type ThingSection struct {
	Section
	names map[string]bool // of properties
}

// NewThingSection returns an empty layer.
func NewThingSection() *ThingSection {
	return &ThingSection{Section: Section{Name: TallyLayer}, names: map[string]bool{}}
}

// mostKept bounds the memory of a layer that is kept whole.
const mostKept = 500_000

// Add implements ThingWriter. The error is ErrQuestion for more things than are kept,
// or more properties than a table holds.
func (t *ThingSection) Add(thing *TallyThing) error {
	if len(t.Items) == mostKept {
		return fmt.Errorf("%w: a GeoPackage of a tally holds up to %d things: write .geojson or .csv", ErrQuestion, mostKept)
	}
	told := toldOf(thing)
	taken := func(name string) bool {
		_, known := told[name]
		return known || name == "id" || name == "fid" || name == "geom"
	}
	properties := map[string]any{"id": thing.Thing.ID}
	for name, value := range thing.Thing.Properties {
		name = ownName(name, taken)
		if t.names[name] = true; len(t.names) > mostColumns {
			return tooManyProperties()
		}
		properties[name] = cellOf(value)
	}
	for name, value := range told {
		properties[name] = cellOf(value)
	}
	shape := thing.Thing.Geometry
	if p, ok := shape.(orb.Polygon); ok {
		shape = orb.MultiPolygon{p}
	}
	t.Items = append(t.Items, Item{ID: thing.Thing.ID, Shape: shape, Properties: properties})
	return nil
}

// End implements ThingWriter: the layer is whole.
func (t *ThingSection) End(TallyEnd) error { return nil }

// cellOf is a value as a cell of a table: a number, a flag or a text; nil for none. What
// is made of several values is its JSON.
func cellOf(v any) any {
	switch v := v.(type) {
	case jsontext.Value:
		var out any
		if strings.ContainsRune("0tf", rune(v.Kind())) && json.Unmarshal(v, &out) == nil {
			return out
		}
		if text := groupOf(v); text != nil {
			return *text
		}
		return nil
	case *float64:
		if v == nil {
			return nil
		}
		return *v
	case LandSide:
		return string(v)
	case int:
		return float64(v)
	case string, bool:
		return v
	}
	text, err := plainJSON(v)
	if err != nil {
		return nil
	}
	return string(text)
}
