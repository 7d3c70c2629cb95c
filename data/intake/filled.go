package intake

import (
	"errors"
	"fmt"
	"strings"

	"github.com/demarc-map/demarc/geojson"

	"github.com/go-json-experiment/json/jsontext"
)

// properties of ours that features of each kind have.
type belongs func(ours string) bool

func ofZones(ours string) bool { return ours != "kind" }

func ofLines(string) bool { return true }

func ofPlaces(ours string) bool {
	return ours == "id" || ours == "kind" || ours == "source" || strings.HasPrefix(ours, "name_") || strings.HasPrefix(ours, "x_")
}

// filled fills in our properties of a foreign feature, and reports what is wrong with them.
func (g *gathering) filled(now *current, f geojson.Feature, theirs map[string]jsontext.Value, has belongs) (drawn, bool) {
	g.lack.features++
	ours, err := g.ours(now, f, theirs, has)
	if errors.Is(err, errUnknown) {
		return drawn{}, false
	}
	if err != nil {
		g.refuse(now, f, "mapping", "", err)
		return drawn{}, false
	}
	one := drawn{day: now.day, kind: ours["kind"], from: Origin{now.name, f.Label()}}
	delete(ours, "kind")
	if has("valid_from") && g.plan.Date != "" && g.plan.Date != "name" {
		text, at, err := g.plan.stateDay(theirs)
		if err == nil {
			err = g.plausible(at.day)
		}
		if err != nil {
			g.refuse(now, f, "mapping", "", err)
			return one, false
		}
		one.day = at.day
		g.toldDay(now.name, text, at)
	}
	if err := g.fill(&one.zone, ours, now.name); err != nil {
		g.refuse(now, f, "mapping", "", err)
		return one, false
	}
	switch {
	case has("valid_from") && g.plan.Date == "" && one.zone.Valid.From == 0:
		g.refuse(now, f, "missing-property", "valid_from",
			errors.New("no first day on which this holds: give one for all with --set valid_from=YYYY-MM-DD, take it from a property of theirs with --map valid_from=THEIRS, or say with --date where the day of a whole map is"))
		return one, false
	case has("kind") && one.kind == "":
		g.refuse(now, f, "missing-property", "kind",
			errors.New("what kind of place or line it is: give one for all with --set kind=town, or take it from a property of theirs with --map kind=THEIRS"))
		return one, false
	}
	return one, true
}

// stateDay is the day in the property that the plan names, with its text; none where it
// names none.
func (p *prepared) stateDay(theirs map[string]jsontext.Value) (text string, one found, err error) {
	if p.Date == "" || p.Date == "name" {
		return "", found{}, nil
	}
	text, ok, err := plain(theirs[p.Date])
	if err != nil || !ok {
		return "", found{}, fmt.Errorf("property %q holds no day", p.Date)
	}
	if one, err = p.dates.find(text, false); err != nil {
		err = fmt.Errorf("property %q: %w", p.Date, err)
	}
	return text, one, err
}
