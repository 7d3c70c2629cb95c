package data

import (
	"errors"
	"fmt"
	"strings"
)

// Fault is one reason to refuse a dataset.
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

// Report is what reading a dataset found.
type Report struct {
	Dataset  string   `json:"dataset,omitempty"`
	Snapshot string   `json:"snapshot,omitempty"` // set when accepted
	OK       bool     `json:"ok"`
	Faults   []Fault  `json:"faults"`
	Repairs  []Repair `json:"repairs"`
	Quality  *Quality `json:"quality,omitempty"` // set when accepted
}

// Err joins the faults, nil when there are none.
func (r *Report) Err() error {
	errs := make([]error, len(r.Faults))
	for i, f := range r.Faults {
		errs[i] = f
	}
	return errors.Join(errs...)
}

func (r *Report) refuse(f Fault)  { r.Faults = append(r.Faults, f.clipped()) }
func (r *Report) repair(f Repair) { r.Repairs = append(r.Repairs, Repair(Fault(f).clipped())) }

// clipped bounds what a fault repeats of the text it was found in.
func (f Fault) clipped() Fault {
	f.Feature, f.Place = clip(f.Feature, longest), clip(f.Place, longest)
	return f
}
