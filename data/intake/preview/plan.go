package preview

import (
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/intake"
	"github.com/demarc-map/demarc/data/intake/inspect"
)

// planOf takes what the first look suggests and fills in what only people know.
func planOf(found *inspect.Inspection, today data.Date) intake.Plan {
	plan := intake.Plan{Map: map[string]string{}, Set: map[string]string{},
		Otherwise: map[string]string{"party": nobody, "basis": reading, "status": "observed", "accuracy_m": "0", "source": "import"}}
	for _, a := range found.Suggestion.Arguments {
		ours, theirs, _ := strings.Cut(a.Value, "=")
		switch {
		case a.Flag == "date":
			plan.Date = a.Value
		case a.Flag == "layer":
			plan.Layer = a.Value
		case a.Flag == "encoding":
			plan.Encoding = a.Value
		case a.Flag == "date-format":
			plan.DateFormat = a.Value
		case a.Flag == "map" && ours != "accuracy_m" && !a.Unknown:
			plan.Map[ours] = theirs
		case a.Flag == "set" && ours == "valid_from" && a.Unknown:
			plan.Set[ours] = today.String()
		}
	}
	if by := found.Suggestion.PartyOf; by != "" {
		plan.Map["party"] = by // whoever the values of it are
	}
	if _, mapped := plan.Map["party"]; mapped {
		plan.Set["party"] = nobody // those without it
	}
	return plan
}
