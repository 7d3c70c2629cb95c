package inspect

import "github.com/demarc-map/demarc/data/intake/foreign"

// Inspection is what a first look at a file finds. Every feature is in Geometries,
// in WithoutGeometry or in Refused, and in one of them only.
type Inspection struct {
	File    string   `json:"file"`
	Format  string   `json:"format"`
	Wrapped []string `json:"wrapped"` // what it came in, from the outside
	Notes   []string `json:"notes"`   // what the reader of the format chose by itself, and what a file without a polygon is for
	Layers  []Layer  `json:"layers"`

	CoordinateSystem string    `json:"coordinate_system"`
	BBox             []float64 `json:"bbox,omitempty"` // west, south, east, north in degrees; none without a shape

	Features        int     `json:"features"`
	Geometries      []Count `json:"geometries"` // of the features that can be read
	WithoutGeometry int     `json:"without_geometry"`
	Refused         int     `json:"refused"` // features with a shape that cannot be read as it is

	Repairs []Kind `json:"repairs"`
	Faults  []Kind `json:"faults"` // those of the text too, which end the reading

	Properties     []Property `json:"properties"`
	MoreProperties int        `json:"more_properties"` // that are not listed, at least

	DayInName  *DayInName  `json:"day_in_name,omitempty"`
	Outlines   []string    `json:"outlines"`             // features that reach around all others, which may be the territory
	Suggestion *Suggestion `json:"suggestion,omitempty"` // none where there is no polygon

	polygonal   int // features with polygons
	lines       int // features with lines
	points      int // features with points
	parts       int // polygons in all
	otherShapes int // features with another shape
}

// Layer is a layer of a file.
type Layer struct {
	Name     string `json:"name"`
	Features int    `json:"features"` // -1 where that is not known
	Read     bool   `json:"read"`     // this one was looked at

	geometries []Count // of what was looked at besides
	unread     string  // why it cannot be read, "" where it can
}

// Count is how many there are of something.
type Count struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// Kind is the repairs or faults of one rule.
type Kind struct {
	Rule     string   `json:"rule"`
	Count    int      `json:"count"`
	Examples []string `json:"examples"` // the first three, with feature and place
}

// Property is what features say under one name.
type Property struct {
	Name     string  `json:"name"`
	Features int     `json:"features"` // that have it, with a value
	Kinds    []Count `json:"kinds"`    // text, number, boolean, null, list, object
	Distinct int     `json:"distinct"` // different values
	More     bool    `json:"more"`     // there are more different values than Distinct
	Top      []Count `json:"top"`      // the values met most, of the first thousand different ones
	Looks    []Looks `json:"looks"`

	onPolygons int     // features of polygons that have it
	ofPolygons []Count // their values, those met most first
}

// Looks is what a property seems to be.
type Looks struct {
	As       string `json:"as"`                 // party, day, id, name or accuracy
	Format   string `json:"format,omitempty"`   // of days
	First    string `json:"first,omitempty"`    // the first day, YYYY-MM-DD
	Last     string `json:"last,omitempty"`     // and the last
	Language string `json:"language,omitempty"` // of names, by BCP 47, as their script or the property's name hints
}

// DayInName is a day that the file's name holds.
type DayInName struct {
	Day    string `json:"day"` // YYYY-MM-DD
	Format string `json:"format"`
}

// Suggestion is the command that would import a file.
type Suggestion struct {
	Command   string     `json:"command"` // for a POSIX shell, on several lines
	Arguments []Argument `json:"arguments"`
	Remarks   []string   `json:"remarks"` // what stands in the way, or is left to people
	Zones     int        `json:"zones"`   // that come of it, where no two states are alike

	PartyOf string `json:"-"` // the property that tells parties apart, "" for none
	Most    string `json:"-"` // the value of it that most polygons have
}

// Argument is a flag of the command with its value.
type Argument struct {
	Flag    string `json:"flag"`
	Value   string `json:"value"`
	Unknown bool   `json:"unknown"` // the value is, or ends with, a word that people replace
	Why     string `json:"why"`
}

// Options bound a look. The zero value works.
type Options struct {
	foreign.Options
	Vertices int   // positions in all, without bound when 0
	MaxSteps int64 // of the check of one feature, without bound when 0
}

// shaped is how many features have a shape that can be read.
func (i *Inspection) shaped() int { return i.Features - i.WithoutGeometry - i.Refused }
