package data

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
)

// ThingLayer describes a layer of things that a dataset carries: schools,
// built-up area, roads. The things are in things.geojson.
type ThingLayer struct {
	ID    string `json:"id"`
	Title Text   `json:"title"`
	// Counts says what of a thing is counted where nobody asks otherwise.
	Counts ThingCount `json:"counts"`
	// MappedOn is the day on which the things were as they are here. It says nothing
	// about whether they still are.
	MappedOn    Date   `json:"mapped_on"`
	Source      string `json:"source"`      // of things that name none themselves
	Attribution Text   `json:"attribution"` // that whoever passes the layer on has to give
	Note        Text   `json:"note,omitempty"`
	By          string `json:"by,omitempty"` // property that its tally groups by
}

// ThingCount is what of a thing is counted.
type ThingCount string

// What is counted. Polygons count by a place inside them, or by area under CountKm2.
const (
	CountNumber ThingCount = "number"
	CountKm     ThingCount = "km"
	CountKm2    ThingCount = "km2"
)

// ThingCounts lists what may be counted.
func ThingCounts() []ThingCount { return []ThingCount{CountNumber, CountKm, CountKm2} }

// MappedThing is a thing of a layer, as it was on the day on which it was mapped.
type MappedThing struct {
	ID     string
	Name   Text
	Layer  string
	Kind   string   // "" when not said
	Count  *float64 // how many the feature stands for, nil when not said
	Source string
	Valid  Interval // open on both sides where nothing is said
	Extra  map[string]any
	Shape  orb.Geometry // orb.Point, orb.LineString, orb.MultiLineString or orb.MultiPolygon
}

// Properties returns the thing's properties as its file holds them, by name.
func (t *MappedThing) Properties() map[string]any {
	p := attributes(t.Name, t.Extra)
	p.set("thing_layer", t.Layer)
	p.set("kind", t.Kind)
	p.set("source", t.Source)
	p.day("valid_from", t.Valid.From)
	p.day("valid_to", t.Valid.To)
	if t.Count != nil {
		p["count"] = *t.Count
	}
	return p
}

// ThingLayer returns a layer of things by its id.
func (d *Dataset) ThingLayer(id string) (*ThingLayer, bool) {
	i := slices.IndexFunc(d.Things, func(l ThingLayer) bool { return l.ID == id })
	if i < 0 {
		return nil, false
	}
	return &d.Things[i], true
}

// MappedOn is the day on which a thing was as it is here: that of its layer.
func (d *Dataset) MappedOn(t *MappedThing) Date {
	if l, ok := d.ThingLayer(t.Layer); ok {
		return l.MappedOn
	}
	return 0 // in no snapshot that was read
}

// sortThings puts things in the order of their layers' ids and then of their own,
// so that the things of a layer lie side by side.
func sortThings(all []MappedThing) {
	slices.SortFunc(all, func(a, b MappedThing) int { return cmp.Or(cmp.Compare(a.Layer, b.Layer), cmp.Compare(a.ID, b.ID)) })
}

// ThingsOf returns the things of a layer, in the order of their ids.
func (c *Contents) ThingsOf(layer string) []MappedThing {
	from, _ := slices.BinarySearchFunc(c.Things, layer, func(t MappedThing, id string) int { return cmp.Compare(t.Layer, id) })
	after, _ := slices.BinarySearchFunc(c.Things, layer, func(t MappedThing, id string) int { return cmp.Or(cmp.Compare(t.Layer, id), -1) })
	return c.Things[from:after]
}
