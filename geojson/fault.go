package geojson

import (
	"errors"
	"fmt"
	"strings"
)

// Fault is one reason to refuse a text.
type Fault struct {
	File    string `json:"file"`              // name in the dataset folder
	Feature string `json:"feature,omitempty"` // feature id, or its position as "#3" when it has none
	Rule    string `json:"rule"`              // one of the rules of docs/dataset.md, such as "self-crossing"
	Place   string `json:"place,omitempty"`   // ring, vertex and coordinates, a property, or a place in the JSON
	Detail  string `json:"detail"`            // one sentence
}

// Error reads: zones.geojson: feature "rafah-2": self-crossing at ring 0 near [34.31 31.28]: detail.
func (f Fault) Error() string { return "refused: " + f.line() }

func (f Fault) line() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Feature != "" {
		fmt.Fprintf(&b, ": feature %q", f.Feature)
	}
	fmt.Fprintf(&b, ": %s", f.Rule)
	if f.Place != "" {
		fmt.Fprintf(&b, " at %s", f.Place)
	}
	if f.Detail != "" {
		fmt.Fprintf(&b, ": %s", f.Detail)
	}
	return b.String()
}

// Repair is a change made while reading that loses nothing: winding, a closing
// point, a repeated point.
type Repair Fault

// String is the repair in one line, as Fault.Error writes a fault.
func (r Repair) String() string { return "repaired: " + Fault(r).line() }

// Report lists what was found while reading.
type Report struct {
	Faults  []Fault  `json:"faults"`
	Repairs []Repair `json:"repairs"`
	Notes   []Note   `json:"notes,omitempty"`
}

// Note is a choice that was made in reading a file, or what of it was left out.
type Note struct {
	File string `json:"file"`
	Text string `json:"text"` // one sentence
}

// Err joins the faults, nil when there are none.
func (r *Report) Err() error {
	errs := make([]error, len(r.Faults))
	for i, f := range r.Faults {
		errs[i] = f
	}
	return errors.Join(errs...)
}

// Refuse adds a fault; what it repeats of the text is clipped.
func (r *Report) Refuse(f Fault) { r.Faults = append(r.Faults, f.clipped()) }

// Repaired adds a repair; what it repeats of the text is clipped.
func (r *Report) Repaired(f Repair) { r.Repairs = append(r.Repairs, Repair(Fault(f).clipped())) }

// clipped bounds what a fault repeats of the text it was found in.
func (f Fault) clipped() Fault {
	f.Feature, f.Place = Clip(f.Feature, longest), Clip(f.Place, longest)
	return f
}

// Clip shortens a text for a message.
func Clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}

// longest is how many bytes of a text a fault repeats.
const longest = 200

// syntaxFault ends the reading of a text that cannot be read on.
type syntaxFault struct{ rule, place, detail string }

// The places of what a geometry is made of, as a whole.
const (
	wholeCoordinates = "coordinates"
	wholeCollection  = "geometry/geometries"
)

// isOfNothing reports whether a geometry has no coordinates at all, as RFC 7946 (section 3.1)
// lets a null geometry be written.
func (f *syntaxFault) isOfNothing() bool {
	return f.rule == "empty" && (f.place == wholeCoordinates || f.place == wholeCollection)
}
