package intake

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/intake/foreign"
	"github.com/demarc-map/demarc/geojson"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// OutlinePlan says how territories are read.
type OutlinePlan struct {
	Where, Layer     string // the features, and the layer of a file with several
	NameFrom, IDFrom string // properties of theirs, for districts
}

// Polygons reads all polygons of a file, for a territory. Those of several
// features become what they cover together; the notes say how many they were.
func Polygons(ctx context.Context, file File, plan OutlinePlan, report *geojson.Report) (orb.MultiPolygon, []string, error) {
	r := &outlines{plan: plan, flag: "--territory-where", what: "a territory", tally: newTally()}
	var out orb.MultiPolygon
	n := 0
	if err := r.read(ctx, file, report, func(_ geojson.Feature, _ map[string]jsontext.Value, shape orb.MultiPolygon) {
		out = append(out, shape...)
		n++
	}); err != nil || n < 2 {
		return out, r.tally.notes(), err
	}
	r.tally.add("feature|%s joined: the territory is what they cover together", file.Name, n, "")
	out, err := geojson.Together(ctx, out, file.Name, "", geojson.Options{Clean: true}, report)
	return out, r.tally.notes(), err
}

// Districts reads a file with a district a feature, within the territory of an id.
// Their names are in a property; their ids are in another, or made of the names.
func Districts(ctx context.Context, file File, plan OutlinePlan, parent, lang string, report *geojson.Report) ([]data.Territory, []string, error) {
	r := &outlines{plan: plan, flag: "--districts-where", what: "a district", districts: true, tally: newTally()}
	names, err := newNames("district", nil)
	if err != nil {
		return nil, nil, err
	}
	names.taken[parent] = true
	var out []data.Territory
	first := map[string]string{}
	err = r.read(ctx, file, report, func(f geojson.Feature, theirs map[string]jsontext.Value, shape orb.MultiPolygon) {
		refuse := func(place, format string, args ...any) {
			report.Refuse(data.Fault{File: file.Name, Feature: f.Label(), Rule: "mapping", Place: place, Detail: fmt.Sprintf(format, args...)})
		}
		name, _, err := plain(theirs[plan.NameFrom])
		if name = strings.TrimSpace(data.WithoutControls(name)); err != nil || name == "" {
			refuse(plan.NameFrom, "no name: the property is not there or empty; it has %s (--district-name)", list(theirs))
			return
		}
		key := name
		if plan.IDFrom != "" {
			id, _, err := plain(theirs[plan.IDFrom])
			if key = Slug(id); err != nil || key == "" {
				refuse(plan.IDFrom, "no id can be made of %q (--district-id)", id)
				return
			}
		}
		if before, twice := first[key]; twice {
			refuse("", "%q is the district of feature %s already: --district-id names a property that differs, and what is one district is one feature", key, before)
			return
		}
		first[key] = f.Label()
		id := key
		if plan.IDFrom == "" {
			id = names.ID(name)
		}
		out = append(out, data.Territory{ID: id, Name: data.Text{lang: name}, Parent: parent, Source: importSource, Shape: shape})
	})
	return out, r.tally.notes(), err
}

// importSource is the id of the source that an import has.
const importSource = "import"

// outlines reads polygons that nobody holds.
type outlines struct {
	plan       OutlinePlan
	flag, what string
	districts  bool // of a territory, which an export of demarc has apart
	tally      *tally
}

// read hands on the features with polygons that the plan takes.
func (r *outlines) read(ctx context.Context, file File, report *geojson.Report, each func(geojson.Feature, map[string]jsontext.Value, orb.MultiPolygon)) error {
	where, err := ParseWhere(r.plan.Where)
	if err != nil {
		return fmt.Errorf("%s: %w", r.flag, err)
	}
	var shapes shapeCount
	faults, out := len(report.Faults), 0
	there := map[string]bool{}
	var inner error
	err = read(ctx, file, foreign.Options{Layer: r.plan.Layer, Own: foreign.OwnTerritories}, 0, report, func(f geojson.Feature, own bool) {
		theirs, err := propertiesOf(f, there)
		if err != nil {
			inner = cmp.Or(inner, err)
			return
		}
		takes, err := where.Takes(theirs)
		if err != nil {
			report.Refuse(data.Fault{File: file.Name, Feature: f.Label(), Rule: "where", Detail: err.Error()})
			return
		}
		if !takes {
			out++
			return
		}
		if parent, _, _ := plain(theirs["parent"]); own && r.plan.Where == "" && (parent != "") != r.districts {
			r.tally.add("territory|%s of an export of demarc left out, which is no "+strings.TrimPrefix(r.what, "a "), file.Name, 1, f.Label())
			return
		}
		parts, err := piecesOf(ctx, f, file.Name, report)
		inner = cmp.Or(inner, err)
		shapes.add(f, parts)
		if len(parts.polygons) > 0 {
			each(f, theirs, parts.polygons)
		}
	})
	if err := cmp.Or(err, inner); err != nil || len(report.Faults) > faults {
		return err
	}
	if name := where.unknown(there); name != "" {
		report.Refuse(data.Fault{File: file.Name, Rule: "mapping", Place: name, Detail: fmt.Sprintf("no feature has the property %q of %s; theirs are %s", name, r.flag, list(there))})
	} else if shapes.polygons == 0 {
		report.Refuse(data.Fault{File: file.Name, Rule: "no-polygon", Detail: fmt.Sprintf("%s, %s left out by %s: %s is made of polygons", shapes, Amount(out, "feature"), r.flag, r.what)})
	}
	r.tally.add("feature|%s left out by "+r.flag, file.Name, out, "")
	r.tally.add("point|%s left out of the territory", file.Name, shapes.points, "")
	r.tally.add("line|%s left out of the territory", file.Name, shapes.lines, "")
	r.tally.add("feature without geometry|%s left out", file.Name, shapes.bare, "")
	return nil
}
