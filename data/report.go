package data

import "github.com/demarc-map/demarc/geojson"

// Fault is one reason to refuse a dataset.
type Fault = geojson.Fault

// Repair is a change made while reading that loses nothing.
type Repair = geojson.Repair

// Report is what reading a dataset found.
type Report struct {
	Dataset  string `json:"dataset,omitempty"`
	Snapshot string `json:"snapshot,omitempty"` // set when accepted
	OK       bool   `json:"ok"`
	geojson.Report
	Quality *Quality `json:"quality,omitempty"` // set when accepted
}
