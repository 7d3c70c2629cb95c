package data

import (
	"maps"
	"slices"

	"github.com/paulmach/orb"
)

// Edition is what the map of a place shows on the days of one epoch under one
// basis: every territory and place, the zones of the basis, the control lines and
// the things that are valid then.
type Edition struct {
	Epoch Epoch
	Basis string // id
}

// Item is one feature of an edition.
type Item struct {
	ID         string
	Shape      orb.Geometry // of things any that MappedThing has
	Name       Text
	Valid      Interval // open on both sides for territories and places, and for things that say nothing
	Properties map[string]any
}

// Section is the items of one kind, in the order of their ids.
type Section struct {
	Name  string // see SectionNames
	Items []Item
}

// Keys returns the names of an item's properties, id first, then by name.
func (i *Item) Keys() []string {
	keys := slices.Sorted(maps.Keys(i.Properties))
	at := slices.Index(keys, "id")
	return append([]string{"id"}, slices.Delete(keys, at, at+1)...)
}
