package mapcontext

import (
	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
)

// The layers of a context, from bottom to top, each in a file of its name.
const (
	Land    = "land"    // polygons; sea is what no land covers
	Builtup = "builtup" // polygons
	Water   = "water"   // lines and polygons
	Roads   = "roads"   // lines
	Borders = "borders" // lines
	Places  = "places"  // points with names

	locator = "locator" // polygons and points for an inset of the region
)

// Coast is the kind of a border that is none between states.
const Coast = "coast"

// The kinds of places that are names of an area, without a dot.
const (
	Country = "country"
	Sea     = "sea"
)

// Lowest is the last rank: what matters least and shows only on large scales.
const Lowest = 5

// Map is a context. It is never changed once it is read.
type Map struct {
	Name        string    // of its content: other files have another name; hexadecimal digits
	Attribution data.Text // whom it is from, for wherever it shows
	MappedIn    int       // the year that its roads and built-up land are of, 0 when it is not said
	Bearing     float64   // degrees clockwise from north that are up in an upright view, 0 when there is none
	Layers      []Layer   // from bottom to top, without empty ones
	Locator     []Feature // for an inset; nil when there is none
}

// Layer is a named list of features.
type Layer struct {
	Name     string
	Features []Feature
}

// Feature is a thing on the map.
type Feature struct {
	Kind     string
	Rank     int // 1 matters most, [Lowest] least
	Title    data.Text
	Geometry orb.Geometry
}

// Layer returns the features of a layer, nil when the context is nil or has none.
func (m *Map) Layer(name string) []Feature {
	if m == nil {
		return nil
	}
	for _, l := range m.Layers {
		if l.Name == name {
			return l.Features
		}
	}
	return nil
}

// Named is the name of the context, "" when it is nil.
func (m *Map) Named() string {
	if m == nil {
		return ""
	}
	return m.Name
}

// Extent is the box of the land, in which the map is whole; ok is false when there is
// no land.
func (m *Map) Extent() (box orb.Bound, ok bool) {
	for i, f := range m.Layer(Land) {
		if i == 0 {
			box, ok = f.Geometry.Bound(), true
		}
		box = box.Union(f.Geometry.Bound())
	}
	return box, ok
}
