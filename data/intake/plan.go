package intake

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Plan says how foreign properties become ours.
type Plan struct {
	// Map names, for a property of ours, the foreign property to take it from.
	Map map[string]string `json:"map"`
	// Set gives a property of ours one value for all features. Where Map names the same
	// property, it is the value of the features that lack theirs, and that is reported.
	Set map[string]string `json:"set"`
	// Date says where the day of a state is: "name" for the file's name, or the
	// foreign property that holds it. Empty means records with valid_from.
	Date string `json:"date"`
	// Otherwise is for all features what Set is, but of what Map does not name.
	Otherwise map[string]string `json:"-"`
	// Truncated reads answers of servers that say that they are not all.
	Truncated bool `json:"-"`
	// Encoding is that of the texts of files that do not say theirs.
	Encoding string `json:"-"`
}

// properties are those of ours that a plan may fill.
var properties = []string{"id", "party", "basis", "status", "source", "accuracy_m", "valid_from", "valid_to"}

// ReadPlan reads a plan from JSON; unknown members and properties are errors.
func ReadPlan(r io.Reader) (Plan, error) {
	var p Plan
	dec := json.NewDecoder(r)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&p); err != nil {
		return Plan{}, fmt.Errorf("mapping: %w", err)
	}
	return p, p.check()
}

// Merge adds what the other plan sets, which goes before what p sets.
func (p Plan) Merge(other Plan) (Plan, error) {
	out := Plan{Map: map[string]string{}, Set: map[string]string{}, Otherwise: p.Otherwise, Date: p.Date, Truncated: p.Truncated || other.Truncated, Encoding: cmp.Or(other.Encoding, p.Encoding)}
	maps.Copy(out.Map, p.Map)
	maps.Copy(out.Map, other.Map)
	maps.Copy(out.Set, p.Set)
	maps.Copy(out.Set, other.Set)
	if other.Date != "" {
		out.Date = other.Date
	}
	return out, out.check()
}

func (p Plan) check() error {
	for _, m := range []map[string]string{p.Map, p.Set} {
		for name := range m {
			if !slices.Contains(properties, name) && !strings.HasPrefix(name, "name_") && !strings.HasPrefix(name, "x_") {
				return fmt.Errorf("mapping: %q is no property of a zone: one of %v, name_… or x_… is wanted", name, properties)
			}
		}
	}
	return nil
}

// ParsePairs reads "ours=foreign" arguments.
func ParsePairs(args []string) (map[string]string, error) {
	out := map[string]string{}
	for _, arg := range args {
		name, value, ok := strings.Cut(arg, "=")
		if !ok || name == "" {
			return nil, fmt.Errorf("%q is not written NAME=VALUE", arg)
		}
		out[name] = value
	}
	return out, nil
}
