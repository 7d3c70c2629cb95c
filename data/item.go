package data

import (
	"maps"
	"slices"

	"github.com/paulmach/orb"
)

// Edition is what the map of a place shows on the days of one epoch under one
// basis: every territory and place, the zones of the basis and the control
// lines that are valid then.
type Edition struct {
	Epoch Epoch
	Basis string // id
}

// Item is one feature of an edition.
type Item struct {
	ID         string
	Shape      orb.Geometry
	Name       Text
	Valid      Interval // open on both sides for territories and places
	Properties map[string]any
}

// Section is the items of one kind, in the order of their ids.
type Section struct {
	Name  string // territories, zones, control_lines or places
	Items []Item
}

// Keys returns the names of an item's properties, id first, then by name.
func (i *Item) Keys() []string {
	keys := slices.Sorted(maps.Keys(i.Properties))
	at := slices.Index(keys, "id")
	return append([]string{"id"}, slices.Delete(keys, at, at+1)...)
}
