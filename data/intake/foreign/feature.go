package foreign

import (
	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// Feature is one feature of a foreign file. Its geometry is as the format gives it,
// in longitude and latitude, with shells and holes told apart: closing, winding and
// validity are package geojson's.
type Feature struct {
	ID         string // "" when it has none
	Properties []Property
	Geometry   orb.Geometry // nil when it has none
	written    raw          // in its place, where the file has it as GeoJSON
}

// Property is one property of a feature: nil, a bool, a float64, an int64, a string
// or, of what is nested, a jsontext.Value.
type Property struct {
	Name  string
	Value any
}

// raw is a property's value that is JSON already.
type raw = jsontext.Value
