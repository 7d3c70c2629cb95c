package geojson

import (
	"context"
	"fmt"
	"math"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// ogcValidity is the rule of polygons that OGC Simple Features calls invalid,
// though it is clear what they cover: rings that touch themselves, holes that cut
// their polygon in pieces, parts that share an edge.
const ogcValidity = "ogc-validity"

// Together checks polygons as if they were one multipolygon of one feature, and
// repairs them as Read does: those of a collection of the feature of that label, or
// of all features of a file where it is "". A fault goes to the report. The error
// is the cause of ctx.
func Together(ctx context.Context, mp orb.MultiPolygon, file, feature string, options Options, report *Report) (orb.MultiPolygon, error) {
	m := repairer{options: options, note: func(rule, place, detail string) {
		report.Repaired(Repair{File: file, Feature: feature, Rule: rule, Place: place, Detail: detail})
	}}
	place := "all features"
	if feature != "" {
		place = "all polygons"
	}
	out, bad := m.consistent(ctx, mp, place)
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	if bad != nil {
		report.Refuse(Fault{File: file, Feature: feature, Rule: bad.rule, Place: bad.place, Detail: bad.detail})
	}
	return out, nil
}

// consistent checks polygons, cleans those whose rings contradict each other,
// when it may, and makes the others valid.
func (m repairer) consistent(ctx context.Context, mp orb.MultiPolygon, place string) (orb.MultiPolygon, *syntaxFault) {
	flaws, bad := m.inconsistent(ctx, mp, place)
	switch {
	case bad != nil && m.options.Clean && bad.rule != "zero-area" && bad.rule != tooComplex:
		return m.cleaned(ctx, mp, bad)
	case bad != nil || len(flaws) == 0 || m.options.Stored:
		return mp, bad
	}
	return m.valid(ctx, mp, flaws, place)
}

// cleaned returns what the rings wind round.
func (m repairer) cleaned(ctx context.Context, mp orb.MultiPolygon, bad *syntaxFault) (orb.MultiPolygon, *syntaxFault) {
	cleaned, err := geo.Clean(ctx, mp, geo.NonZero)
	if err != nil || len(cleaned) == 0 {
		return nil, bad
	}
	after, err := geo.Area(cleaned)
	if err != nil {
		return nil, bad
	}
	before, err := geo.Area(mp)
	if err != nil {
		return nil, bad
	}
	m.note("cleaned", bad.place, fmt.Sprintf("%s; %.6f km² by its rings, %.6f km² once cleaned", bad.rule, before/1e6, after/1e6))
	return cleaned, nil
}

// valid returns polygons that cover the same land and have no flaw. Polygons
// without a flaw stay as they are, in their places; each group of others that
// meet gets the place of its first. What cannot be done without changing an area
// is refused.
func (m repairer) valid(ctx context.Context, mp orb.MultiPolygon, flaws []geo.Flaw, place string) (orb.MultiPolygon, *syntaxFault) {
	at := Near(within(place, "ring", flaws[0].Rings[1]), flaws[0].Place)
	refuse := func(why string) *syntaxFault {
		return &syntaxFault{ogcValidity, at, fmt.Sprintf("%s, and it cannot be mended without changing the land: %s; mend it in a GIS (make valid)", flaws[0].Kind, why)}
	}
	var out orb.MultiPolygon
	for _, group := range groups(mp, flaws) {
		if !group.flawed {
			out = append(out, group.polygons...)
			continue
		}
		made, err := geo.Clean(ctx, group.polygons, geo.NonZero)
		if ctx.Err() != nil {
			return nil, cutShort(place)
		}
		if err != nil {
			return nil, refuse(err.Error())
		}
		if len(made) == 0 {
			return nil, &syntaxFault{"zero-area", at, "the rings enclose nothing"}
		}
		if why := differs(group.polygons, made); why != "" {
			return nil, refuse(why)
		}
		out = append(out, made...)
	}
	left, bad := m.inconsistent(ctx, out, place)
	switch {
	case bad != nil:
		return nil, refuse(bad.detail)
	case len(left) > 0:
		return nil, refuse(string(left[0].Kind))
	}
	more := ""
	if len(flaws) > 1 {
		more = fmt.Sprintf(" (and %d more like it)", len(flaws)-1)
	}
	m.note(ogcValidity, at, fmt.Sprintf("%s%s: written anew as valid polygons (OGC Simple Features) of the same land, %d of %d", flaws[0].Kind, more, len(out), len(mp)))
	return out, nil
}

// differs says how what was made of polygons is not the same land, "" when it is.
func differs(polygons, made orb.MultiPolygon) string {
	before, err := geo.Area(polygons)
	if err != nil {
		return err.Error()
	}
	after, err := geo.Area(made)
	if err != nil {
		return err.Error()
	}
	if math.Abs(before-after) > agreement*before {
		return fmt.Sprintf("%.6g m² would become %.6g m²", before, after)
	}
	if box := made.Bound(); box.Min[0] < -180 || box.Max[0] > 180 {
		return "it would cross the antimeridian"
	}
	return ""
}

// group is polygons that have flaws with each other, or one that has none.
type group struct {
	polygons orb.MultiPolygon
	flawed   bool
}

// groups puts polygons together that have flaws with each other, in the order of
// the first of each group.
func groups(mp orb.MultiPolygon, flaws []geo.Flaw) []*group {
	var polygonOf []int
	for i, p := range mp {
		for range p {
			polygonOf = append(polygonOf, i)
		}
	}
	first := make([]int, len(mp)) // a polygon before it in the same group, or itself
	for i := range first {
		first[i] = i
	}
	root := func(i int) int {
		for first[i] != i {
			first[i] = first[first[i]]
			i = first[i]
		}
		return i
	}
	flawed := make([]bool, len(mp))
	for _, f := range flaws {
		a, b := root(polygonOf[f.Rings[0]]), root(polygonOf[f.Rings[1]])
		first[max(a, b)] = min(a, b)
		flawed[polygonOf[f.Rings[0]]], flawed[polygonOf[f.Rings[1]]] = true, true
	}
	var out []*group
	at := make([]*group, len(mp))
	for i, p := range mp {
		r := root(i)
		if at[r] == nil {
			at[r] = &group{flawed: flawed[i]}
			out = append(out, at[r])
		}
		at[r].polygons = append(at[r].polygons, p)
	}
	return out
}
