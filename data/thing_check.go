package data

import (
	"fmt"
	"slices"

	"github.com/paulmach/orb"
)

// things faults layers of things that do not say what they are, and things of none.
func (c references) things(s *Snapshot) {
	d := &s.Dataset
	unique(c, datasetFile, d.Things, func(l ThingLayer) string { return l.ID })
	of := map[string]int{}
	for i := range s.Things {
		of[s.Things[i].Layer]++
	}
	for i := range d.Things {
		c.thingLayer(&d.Things[i], of[d.Things[i].ID])
	}
	unique(c, thingsFile, s.Things, func(t MappedThing) string { return t.ID })
	for i := range s.Things {
		t := &s.Things[i]
		c.known(thingsFile, t.ID, "thing_layer", t.Layer, c.layers)
		c.known(thingsFile, t.ID, "source", t.Source, c.sources)
		if l, ok := s.Dataset.ThingLayer(t.Layer); ok && !l.Counts.counts(t.Shape) {
			c.refuse(thingsFile, t.ID, "wrong-geometry", "thing_layer", fmt.Sprintf("the layer %q counts %s, and a %s has none: give it a layer of its own, or leave it out",
				l.ID, l.Counts, t.Shape.GeoJSONType()))
		}
	}
}

// counts reports whether a shape has any of what is counted.
func (c ThingCount) counts(shape orb.Geometry) bool {
	switch shape.(type) {
	case orb.LineString, orb.MultiLineString:
		return c == CountKm
	case orb.MultiPolygon:
		return c != CountKm
	}
	return c == CountNumber
}

// thingLayer checks a layer with a number of things.
func (c references) thingLayer(l *ThingLayer, things int) {
	for _, member := range []struct {
		name    string
		missing bool
	}{{"title", len(l.Title) == 0}, {"attribution", len(l.Attribution) == 0}, {"mapped_on", l.MappedOn == 0}, {"source", l.Source == ""}} {
		if member.missing {
			c.refuse(datasetFile, l.ID, "missing-property", "things/"+l.ID+"/"+member.name, "this member is required")
		}
	}
	if l.Source != "" {
		c.known(datasetFile, l.ID, "source", l.Source, c.sources)
	}
	if !slices.Contains(ThingCounts(), l.Counts) {
		c.refuse(datasetFile, l.ID, "unknown-count", "counts", fmt.Sprintf("%q is none of number, km, km2", l.Counts))
	}
	if things == 0 {
		c.refuse(datasetFile, l.ID, "empty", "things/"+l.ID, "no feature of things.geojson names this layer as its thing_layer")
	}
}
