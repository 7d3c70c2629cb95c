package intake

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"
)

// absences are the features that lack a property of theirs from which one of ours is taken.
type absences struct {
	plan     *prepared
	features int                 // those that could have them
	theirs   map[string]bool     // every property that some feature has
	of       map[string]*absence // by our property
}

// absence is the features that lack one property.
type absence struct {
	file, feature string // the first
	more          []string
	count         int
}

// examples is how many features are named.
const examples = 3

func newAbsences(plan *prepared) *absences {
	return &absences{plan: plan, theirs: map[string]bool{}, of: map[string]*absence{}}
}

// add notes that a feature lacks what a property of ours is taken from.
func (a *absences) add(ours, file, feature string) {
	found := a.of[ours]
	switch {
	case found == nil:
		a.of[ours] = &absence{file: file, feature: feature, count: 1}
		return
	case found.count < examples:
		found.more = append(found.more, feature+" of "+file)
	}
	found.count++
}

// tell reports each absence once: a property that no feature has and one that a
// zone must have are faults, and what --set gave in its place is a repair.
func (a *absences) tell(report *geojson.Report) {
	for _, ours := range slices.Sorted(maps.Keys(a.of)) {
		found, theirs := a.of[ours], a.plan.takenFrom(ours)
		which := found.feature
		if found.count > 1 {
			which = fmt.Sprintf("%d features: %s", found.count, strings.Join(append([]string{found.feature}, found.more...), ", "))
			if found.count > examples {
				which += ", …"
			}
		}
		value, set := a.plan.Set[ours]
		switch {
		case found.count == a.features && !a.theirs[theirs] && a.plan.Map[ours] == "": // told with the rules
		case found.count == a.features && !a.theirs[theirs]:
			report.Refuse(data.Fault{File: found.file, Rule: "mapping", Place: theirs,
				Detail: fmt.Sprintf("no feature has the property %q, from which %s is to be taken; theirs are %s", theirs, ours, list(a.theirs))})
		case set:
			report.Repaired(data.Repair{File: found.file, Feature: found.feature, Rule: "filled-in", Place: theirs,
				Detail: fmt.Sprintf("%s without %q got %s %q, which was set for such", which, theirs, ours, value)})
		case slices.Contains(needed, ours):
			report.Refuse(data.Fault{File: found.file, Feature: found.feature, Rule: "mapping", Place: theirs,
				Detail: fmt.Sprintf("%s without %q, from which %s is taken: nobody is guessed; --set %s=VALUE beside the --map or --value gives such features one", which, theirs, ours, ours)})
		}
	}
}

// needed are the properties of ours without which a zone says nothing.
var needed = []string{"party", "basis", "status", "source", "accuracy_m"}

// list writes names for a person, the first dozen.
func list[V any](names map[string]V) string {
	all := slices.Sorted(maps.Keys(names))
	if len(all) == 0 {
		return "none"
	}
	cut := ""
	if most := 12; len(all) > most {
		cut = fmt.Sprintf(" and %d more", len(all)-most)
		all = all[:most]
	}
	for i, name := range all {
		all[i] = fmt.Sprintf("%q", geojson.Clip(name, 60))
	}
	return strings.Join(all, ", ") + cut
}
