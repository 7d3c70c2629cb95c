package intake

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"

	"github.com/go-json-experiment/json/jsontext"
)

// ours gives values to our properties, and notes those that the feature lacks.
func (g *gathering) ours(now *current, f geojson.Feature, theirs map[string]jsontext.Value, has belongs) (map[string]string, error) {
	p := g.plan
	ours := map[string]string{}
	own := map[string]string{}
	if now.own {
		own = g.own(theirs)
		g.titled(now, theirs)
	}
	for _, given := range []map[string]string{p.Otherwise, own, p.Set, now.ours} {
		maps.Copy(ours, given)
	}
	taken, err := p.values.of(theirs, now.name, f.Label(), has("party"))
	if err != nil {
		return nil, err
	}
	for name, from := range p.Map {
		text, ok, err := plain(theirs[from])
		if err != nil {
			return nil, fmt.Errorf("property %q: %w", from, err)
		}
		if ok && visible(text) != "" {
			taken[name] = text
		}
	}
	for _, name := range slices.Sorted(maps.Keys(ours)) {
		if !has(name) {
			delete(ours, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p.Map)) {
		g.given(now, f, ours, taken, name, has)
	}
	for _, name := range slices.Sorted(maps.Keys(p.values.gives)) {
		if _, said := taken[name]; !said && name != "party" {
			continue // the rule that took the feature leaves it as it is for all
		}
		g.given(now, f, ours, taken, name, has)
	}
	if now.own {
		g.called(ours)
	}
	return ours, nil
}

// given sets a property of ours that is taken from theirs, or notes that it is not there.
func (g *gathering) given(now *current, f geojson.Feature, ours, taken map[string]string, name string, has belongs) {
	if !has(name) {
		return
	}
	text, there := taken[name]
	if names := g.written[name]; names != nil && there {
		names[text]++
	}
	if !there {
		if _, set := g.plan.Set[name]; !set {
			delete(ours, name)
		}
		g.lack.add(name, now.name, f.Label())
		return
	}
	ours[name] = data.WithoutControls(text)
	if ours[name] != text {
		g.report.Repaired(data.Repair{File: now.name, Feature: f.Label(), Rule: "control-character", Place: g.plan.takenFrom(name), Detail: "invisible characters were taken out"})
	}
}

// fill reads the values of our properties into a zone.
func (g *gathering) fill(z *data.Zone, ours map[string]string, file string) error {
	for _, name := range slices.Sorted(maps.Keys(ours)) {
		value := ours[name]
		var err error
		switch name {
		case "id":
			if z.ID = Slug(value); z.ID == "" {
				err = fmt.Errorf("no id can be made of %q, which has no Latin letter or digit; without an id of theirs zones are numbered, and x_id keeps it", value)
			}
		case "party":
			z.Party = g.names.Parties.ID(value)
		case "basis":
			z.Basis = g.names.Bases.ID(value)
		case "status":
			z.Status = data.Status(value)
		case "source":
			z.Source = Slug(value)
		case "accuracy_m":
			if z.AccuracyM, err = strconv.ParseFloat(strings.TrimSpace(value), 64); err == nil && !(z.AccuracyM >= 0 && z.AccuracyM <= 1e5) {
				err = fmt.Errorf("%s is no accuracy in metres, which lies between 0 and 100000", value)
			}
		case "valid_from":
			if z.Valid.From, err = g.day(value, file); err == nil {
				err = g.plausible(z.Valid.From)
			}
		case "valid_to":
			z.Valid.To, err = g.day(value, file)
		case "mapped_on":
			z.MappedOn, err = g.day(value, file)
		default:
			attribute(z, name, value)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// day reads a day of a property. What --set gives is written as this program writes days.
func (g *gathering) day(text, file string) (data.Date, error) {
	if day, err := data.ParseDate(text); err == nil {
		return day, nil
	}
	one, err := g.plan.dates.find(text, false)
	if err == nil {
		g.toldDay(file, text, one)
	}
	return one.day, err
}

// attribute sets a name or an attribute of theirs.
func attribute(z *data.Zone, name, value string) {
	if lang, ok := strings.CutPrefix(name, "name_"); ok {
		if z.Name == nil {
			z.Name = data.Text{}
		}
		z.Name[lang] = value
		return
	}
	if z.Extra == nil {
		z.Extra = map[string]any{}
	}
	z.Extra[name] = value
}
