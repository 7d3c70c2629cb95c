package intake

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"
)

// ofName takes what the plan takes from a file's name.
func (g *gathering) ofName(now *current) {
	base := now.name[strings.LastIndexAny(now.name, `/\`)+1:]
	refuse := func(rule string, err error) {
		g.report.Refuse(data.Fault{File: now.name, Rule: rule, Place: "file name", Detail: err.Error()})
	}
	if g.plan.Date == "name" {
		one, err := g.plan.dates.find(base, true)
		if err == nil {
			err = g.plausible(one.day)
		}
		if err != nil {
			refuse("date", err)
		} else {
			g.toldDay(now.name, base, one)
			now.day = one.day
		}
	}
	now.ours = map[string]string{}
	for _, ours := range slices.Sorted(maps.Keys(g.plan.fromName)) {
		like := g.plan.fromName[ours]
		m := like.FindStringSubmatch(base)
		if m == nil || strings.TrimSpace(m[1]) == "" {
			refuse("mapping", fmt.Errorf("nothing in %q is what --from-name %s=%s takes", base, ours, like))
			continue
		}
		now.ours[ours] = m[1]
	}
}

// plausible refuses days to come.
func (g *gathering) plausible(day data.Date) error {
	if today := g.plan.Today; today != 0 && day > today+1 {
		return fmt.Errorf("%s is a day to come, on which nobody can have seen anything: is it read as it was meant (--date-format)? --allow-future takes it", day)
	}
	return nil
}

// toldDay notes what a person should know of how a day was read.
func (g *gathering) toldDay(file, text string, one found) {
	if one.day != one.written {
		g.tally.add("time|%s of another day in UTC than they are written, which is taken", file, 1, fmt.Sprintf("%q is of %s", geojson.Clip(text, 60), one.day))
	}
	if one.day.Time().Year() < 1900 {
		g.tally.add("day|%s before 1900", file, 1, one.day.String())
	}
}
