package export

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// kind is what the cells of a column hold: text as string, number as float64,
// flag as bool, day as data.Date. Any cell may be nil.
type kind int

const (
	text kind = iota
	number
	flag
	day
)

// column is a column of a table, under a name that no other column of it has in
// capitals or small letters.
type column struct {
	name string
	key  string // the property
	kind kind
}

// table is a section as rows and columns.
type table struct {
	name    string
	columns []column
	items   []data.Item
	rows    [][]any // one an item, one cell a column
}

// wanted lists the columns that each layer has in every file, so that files of
// several days fit each other. Names and the dataset's own attributes follow the id
// and the rest.
var wanted = map[string][]column{
	data.TerritoriesSection: {{"kind", "kind", text}, {"parent", "parent", text}, {"source", "source", text},
		{"published_area_km2", "published_area_km2", number}, {"area_km2", "area_km2", number}},
	data.HeldLayer: {{"parties", "parties", text}, {"party", "party", text}, {"basis", "basis", text}, {"counts", "counts", flag}, {"mark", "mark", text},
		{"area_km2", "area_km2", number}},
	data.ZonesSection: {{"party", "party", text}, {"basis", "basis", text}, {"status", "status", text}, {"valid_from", "valid_from", day},
		{"valid_to", "valid_to", day}, {"mapped_on", "mapped_on", day}, {"counts", "counts", flag}, {"mark", "mark", text}, {"source", "source", text}, {"accuracy_m", "accuracy_m", number}, {"area_km2", "area_km2", number}},
	data.LinesSection: {{"kind", "kind", text}, {"party", "party", text}, {"basis", "basis", text}, {"status", "status", text},
		{"valid_from", "valid_from", day}, {"valid_to", "valid_to", day}, {"mapped_on", "mapped_on", day}, {"held_side", "held_side", text}, {"territory", "territory", text},
		{"extend_m", "extend_m", number}, {"source", "source", text}, {"accuracy_m", "accuracy_m", number}, {"length_km", "length_km", number}},
	data.PlacesSection: {{"kind", "kind", text}, {"source", "source", text}},
	data.ThingsSection: {{"thing_layer", "thing_layer", text}, {"kind", "kind", text}, {"count", "count", number}, {"valid_from", "valid_from", day}, {"valid_to", "valid_to", day},
		{"mapped_on", "mapped_on", day}, {"source", "source", text}, {"length_km", "length_km", number}, {"area_km2", "area_km2", number}},
}

// tables returns layers of a snapshot as tables.
func tables(ctx context.Context, s *data.Snapshot, sections ...data.Section) ([]table, error) {
	out := make([]table, len(sections))
	for i, section := range sections {
		t := table{name: section.Name, items: section.Items, columns: columnsOf(s, section)}
		for _, item := range section.Items {
			if ctx.Err() != nil {
				return nil, context.Cause(ctx)
			}
			if err := measure(&item); err != nil {
				return nil, fmt.Errorf("%s: feature %q: %w", section.Name, item.ID, err)
			}
			row := make([]any, len(t.columns))
			for k, c := range t.columns {
				row[k] = c.cell(&item)
			}
			t.rows = append(t.rows, row)
		}
		out[i] = t
	}
	return out, nil
}

// columnsOf returns id, names, the wanted columns, what files tell beside them, and the
// dataset's own.
func columnsOf(s *data.Snapshot, section data.Section) []column {
	known, found := map[string]bool{"id": true}, map[string]bool{"name_en": true}
	always := slices.Concat(wanted[section.Name], told(s, section.Name))
	for _, c := range always {
		known[c.key] = true
	}
	for _, item := range section.Items {
		for key := range item.Properties {
			if !known[key] {
				found[key] = true
			}
		}
	}
	out := []column{{"id", "id", text}}
	var own []column
	for _, key := range slices.Sorted(maps.Keys(found)) {
		if strings.HasPrefix(key, "name_") {
			out = append(out, column{key, key, text})
		} else {
			own = append(own, column{key, key, kindOf(key, section.Items)})
		}
	}
	return distinct(append(append(out, always...), own...))
}

// kindOf is the kind of an attribute of the dataset's own: text unless all agree.
func kindOf(key string, items []data.Item) kind {
	kinds := map[kind]bool{}
	for i := range items {
		switch items[i].Properties[key].(type) {
		case nil:
		case float64:
			kinds[number] = true
		case bool:
			kinds[flag] = true
		default:
			kinds[text] = true
		}
	}
	if len(kinds) == 1 {
		for k := range kinds {
			return k
		}
	}
	return text
}

// distinct numbers the names that differ in capitals only: to SQL they are equal.
func distinct(columns []column) []column {
	taken := map[string]bool{}
	for i := range columns {
		c := &columns[i]
		for n := 2; taken[strings.ToLower(c.name)]; n++ {
			c.name = fmt.Sprintf("%s_%d", c.key, n)
		}
		taken[strings.ToLower(c.name)] = true
	}
	return columns
}

// measure adds the item's area or length to its properties.
func measure(item *data.Item) error {
	switch shape := item.Shape.(type) {
	case orb.MultiPolygon:
		m2, err := geo.Area(shape)
		if err != nil {
			return err
		}
		item.Properties["area_km2"] = m2 / 1e6
	case orb.LineString:
		item.Properties["length_km"] = geo.Length(shape) / 1e3
	}
	return nil
}

// cell returns an item's value in a column; a day that is none is left empty.
func (c *column) cell(item *data.Item) any {
	v := item.Properties[c.key]
	switch {
	case v == nil:
		return nil
	case c.kind == day:
		d, err := data.ParseDate(fmt.Sprint(v))
		if err != nil {
			return nil
		}
		return d
	case c.kind == text:
		return fmt.Sprint(v)
	}
	return v
}
