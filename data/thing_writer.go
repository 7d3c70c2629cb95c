package data

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
	orbjson "github.com/paulmach/orb/geojson"
)

// ThingWriter writes where things lie, one after another, and then their tally.
type ThingWriter interface {
	Add(*TallyThing) error
	End(TallyEnd) error
}

// TallyEnd is a tally with what was repaired in the things.
type TallyEnd struct {
	*Tally
	Repairs []Repair `json:"repairs,omitempty"`
	LeftOut int      `json:"repairs_left_out,omitempty"` // repairs beyond those that are listed
}

// NewThingWriter writes to w as json, geojson or csv. Only csv uses hold, which keeps
// the rows until the properties of all things are known.
func NewThingWriter(format string, w io.Writer, hold ThingHold) (ThingWriter, error) {
	switch format {
	case "json":
		return &thingsJSON{w: w, head: `{"located":[`, tail: func(tally []byte) []byte { return append([]byte("],"), tally[1:]...) }, row: locatedThing}, nil
	case "geojson":
		return &thingsJSON{w: w, head: `{"type":"FeatureCollection","features":[`, row: thingFeature,
			tail: func(tally []byte) []byte { return append(append([]byte(`],"tally":`), tally...), '}') }}, nil
	case "csv":
		return &thingsCSV{w: w, hold: hold, held: csv.NewWriter(hold), names: map[string]bool{}}, nil
	}
	return nil, fmt.Errorf("%w: things are told as json, geojson or csv", ErrQuestion)
}

// ThingHold keeps what is written until it is read back.
type ThingHold interface {
	io.Writer
	Reader() (io.Reader, error)
}

// thingsJSON writes a list of things between what opens and what closes it.
type thingsJSON struct {
	w    io.Writer
	head string
	row  func(*TallyThing) any
	tail func(tally []byte) []byte
	some bool
}

// Add implements ThingWriter.
func (t *thingsJSON) Add(thing *TallyThing) error {
	before := t.head
	if t.some {
		before = ","
	}
	t.some = true
	text, err := plainJSON(t.row(thing))
	if err != nil {
		return err
	}
	_, err = t.w.Write(append([]byte(before), text...))
	return err
}

// End implements ThingWriter.
func (t *thingsJSON) End(end TallyEnd) error {
	text, err := plainJSON(end)
	if err != nil {
		return err
	}
	text = append(t.tail(text), '\n')
	if !t.some {
		text = append([]byte(t.head), text...)
	}
	_, err = t.w.Write(text)
	return err
}

// plainJSON encodes without escapes for markup.
func plainJSON(v any) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v)
	return bytes.TrimSpace(text.Bytes()), err
}

// locatedThing is a thing as JSON tells it.
func locatedThing(t *TallyThing) any {
	return struct {
		Index int     `json:"index"` // among all that were read, from 0
		ID    string  `json:"id"`
		Lon   float64 `json:"lon"` // of the place that its distance is measured from
		Lat   float64 `json:"lat"`
		*TallyThing
		Properties map[string]jsontext.Value `json:"properties"`
	}{t.Thing.Index, t.Thing.ID, t.Point[0], t.Point[1], t, ownProperties(t)}
}

// ownProperties is an object in any case.
func ownProperties(t *TallyThing) map[string]jsontext.Value {
	if t.Thing.Properties == nil {
		return map[string]jsontext.Value{}
	}
	return t.Thing.Properties
}

// thingFeature is a thing as its feature, with what a tally tells beside its own properties.
func thingFeature(t *TallyThing) any {
	told := toldOf(t)
	taken := func(name string) bool { _, known := told[name]; return known || name == "against" || name == "changes" }
	out := map[string]any{}
	for name, value := range t.Thing.Properties {
		out[ownName(name, taken)] = value
	}
	for name, value := range told {
		out[name] = value
	}
	return struct {
		Type       string            `json:"type"`
		ID         string            `json:"id,omitempty"`
		Geometry   *orbjson.Geometry `json:"geometry"`
		Properties map[string]any    `json:"properties"`
	}{"Feature", t.Thing.ID, orbjson.NewGeometry(t.Thing.Geometry), out}
}

// toldOf is what a tally tells of a thing beside its own properties, by name.
func toldOf(t *TallyThing) map[string]any {
	told := map[string]any{"index": t.Thing.Index, "district": t.District, "side": t.Side, "distance_m": t.DistanceM, "bearing_deg": t.BearingDeg, "certain": t.Certain}
	for _, s := range t.Sides {
		told["side_"+s.Basis] = s.Side
	}
	if t.Against != "" {
		told["against"] = t.Against
	}
	if len(t.Changes) > 0 {
		told["changes"] = t.Changes
	}
	return told
}

// ownName is the name of a property of a thing beside the names that a tally takes.
func ownName(name string, taken func(string) bool) string {
	for taken(name) {
		name += "_own"
	}
	return name
}

// mostColumns bounds the row of a table by what spreadsheets and databases take.
const mostColumns = 1000

func tooManyProperties() error {
	return fmt.Errorf("%w: the things have more than %d properties, too many for a table: GeoJSON holds them", ErrQuestion, mostColumns)
}

// thingsCSV writes a row a thing (RFC 4180). Rows are held with their properties
// as JSON until all names of properties are known.
type thingsCSV struct {
	w     io.Writer
	hold  ThingHold
	held  *csv.Writer
	names map[string]bool // of properties
}

// Add implements ThingWriter.
func (t *thingsCSV) Add(thing *TallyThing) error {
	for name := range thing.Thing.Properties {
		if t.names[name] {
			continue
		}
		if len(t.names) == mostColumns {
			return tooManyProperties()
		}
		t.names[name] = true
	}
	own, err := plainJSON(ownProperties(thing))
	if err != nil {
		return err
	}
	return t.held.Write(append(thingRecord(thing), string(own)))
}

// thingRecord is the row of a thing without its own properties.
func thingRecord(t *TallyThing) []string {
	number := func(v *float64) string {
		if v == nil {
			return ""
		}
		return strconv.FormatFloat(*v, 'f', 1, 64)
	}
	place := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	row := []string{strconv.Itoa(t.Thing.Index), t.Thing.ID, place(t.Point[0]), place(t.Point[1]), t.District, string(t.Side)}
	for _, s := range t.Sides {
		row = append(row, string(s.Side))
	}
	return append(row, number(t.DistanceM), number(t.BearingDeg), strconv.FormatBool(t.Certain))
}

// End implements ThingWriter.
func (t *thingsCSV) End(end TallyEnd) error {
	t.held.Flush()
	if err := t.held.Error(); err != nil {
		return err
	}
	header := []string{"index", "id", "lon", "lat", "district", "side"}
	for _, r := range end.Readings {
		header = append(header, "side_"+r.Basis)
	}
	header = append(header, "distance_m", "bearing_deg", "certain")
	fixed := len(header)
	// Names go in the order of the alphabet, for that in which an object lists them says nothing.
	names := slices.Sorted(maps.Keys(t.names))
	for _, name := range names {
		header = append(header, ownName(name, func(name string) bool { return slices.Contains(header, name) }))
	}
	held, err := t.hold.Reader()
	if err != nil {
		return err
	}
	out, rows := csv.NewWriter(t.w), csv.NewReader(held)
	rows.ReuseRecord = true
	if err := out.Write(header); err != nil {
		return err
	}
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			out.Flush()
			return out.Error()
		}
		if err != nil {
			return err
		}
		var own map[string]jsontext.Value
		if err := json.Unmarshal([]byte(row[fixed]), &own); err != nil {
			return err
		}
		whole := row[:fixed:fixed]
		for _, name := range names {
			text := ""
			if value := groupOf(own[name]); value != nil {
				text = *value
			}
			whole = append(whole, text)
		}
		if err := out.Write(whole); err != nil {
			return err
		}
	}
}
