package mapcontext

import (
	"bytes"
	"maps"
	"slices"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"

	"github.com/go-json-experiment/json"
)

// document is context.json.
type document struct {
	Attribution data.Text `json:"attribution"`
	MappedIn    int       `json:"mapped_in"`
	Bearing     float64   `json:"bearing"`
}

// document reads context.json; what is wrong in it is in the report.
func (r *reader) document(text []byte) (d document) {
	fault := func(rule, place, detail string) {
		r.report.Refuse(geojson.Fault{File: path(documentFile), Rule: rule, Place: place, Detail: detail})
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if err := json.Unmarshal(text, &d, json.RejectUnknownMembers(true)); err != nil {
		fault("schema", "the whole file", err.Error())
		return d
	}
	if d.Attribution.In("en") == "" {
		fault("missing-member", "attribution", "say whom the context is from, in one language at least: a map shows it")
	}
	for _, lang := range slices.Sorted(maps.Keys(d.Attribution)) {
		plain(d.Attribution[lang], "attribution, "+lang, fault)
	}
	if d.MappedIn != 0 && (d.MappedIn < 1900 || d.MappedIn > 2100) {
		fault("range", "mapped_in", "a year is wanted, such as 2021")
	}
	if !(d.Bearing > -180 && d.Bearing < 180) {
		fault("range", "bearing", "degrees clockwise from north are wanted, between -180 and 180")
	}
	return d
}
