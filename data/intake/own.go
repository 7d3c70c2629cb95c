package intake

import (
	"maps"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/data"

	"github.com/go-json-experiment/json/jsontext"
)

// ownNames are the properties that an export of demarc has under our own names.
var ownNames = []string{"id", "party", "basis", "status", "accuracy_m", "valid_from", "valid_to", "mapped_on"}

// own gives the properties of an export of demarc to ours. Its source is kept as x_source:
// what it is called only the exporting dataset knows.
func (g *gathering) own(theirs map[string]jsontext.Value) map[string]string {
	out := map[string]string{}
	for name, value := range theirs {
		text, ok, err := plain(value)
		switch {
		case err != nil || !ok || text == "":
		case slices.Contains(ownNames, name), strings.HasPrefix(name, "name_"), strings.HasPrefix(name, "x_"):
			out[name] = text
		case name == "source":
			out["x_source"] = text
		}
	}
	if counts, _, _ := plain(theirs["counts"]); counts == "true" || counts == "false" {
		key := [2]string{out["basis"], out["status"]}
		g.counts[key] = g.counts[key] || counts == "true"
	}
	return out
}

// counted are the statuses that count under a reading, by its id, as exports of demarc
// say; nil where none says so. Where nothing of a reading counts, those count that no zone
// has: a reading that names none would count some.
func (g *gathering) counted() map[string][]data.Status {
	out := map[string][]data.Status{}
	for _, key := range slices.SortedFunc(maps.Keys(g.counts), func(a, b [2]string) int { return strings.Compare(a[1], b[1]) }) {
		if id := g.names.Bases.ID(key[0]); g.counts[key] {
			out[id] = append(out[id], data.Status(key[1]))
		} else if out[id] == nil {
			out[id] = []data.Status{}
		}
	}
	for id := range out {
		if len(out[id]) == 0 {
			out[id] = slices.DeleteFunc(data.Statuses(), func(s data.Status) bool { return g.saidOf(id, s) })
		}
	}
	return out
}

// saidOf reports whether an export says of a status whether it counts under a reading.
func (g *gathering) saidOf(basis string, status data.Status) bool {
	for key := range g.counts {
		if g.names.Bases.ID(key[0]) == basis && key[1] == string(status) {
			return true
		}
	}
	return false
}

// called puts names that are known in the place of their ids, which exports of demarc
// have: a party of the id "north" is the one called "North".
func (g *gathering) called(ours map[string]string) {
	for property, names := range map[string]*Names{"party": g.names.Parties, "basis": g.names.Bases} {
		for _, one := range names.All() {
			if one.ID == ours[property] {
				ours[property] = one.Name
			}
		}
	}
}
