package geojson

import (
	"context"
	"fmt"
	"math"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// manyCorners is from how many corners on a ring is checked under the budget of steps.
const manyCorners = 1000

// inconsistent refuses polygons whose rings contradict each other: crossings,
// with their place, and, since a crossing at a shared vertex or a polygon given
// twice has no such place, any whose own area is not the area they cover. Of
// those that do not it returns what keeps them from being valid.
func (m repairer) inconsistent(ctx context.Context, mp orb.MultiPolygon, place string) ([]geo.Flaw, *syntaxFault) {
	short := shortEdges(mp)
	single := len(mp) == 1 && len(mp[0]) == 1 && short
	if single && len(mp[0][0]) < manyCorners && geo.SimpleRing(mp[0][0]) {
		return nil, nil // the common case, and quick
	}
	flaws, err := geo.Flaws(ctx, mp, m.options.MaxSteps)
	switch {
	case err != nil:
		return nil, m.unfinished(ctx, err, mp, place)
	case len(flaws) > 0 && flaws[0].Kind == geo.EdgesCross:
		return nil, &syntaxFault{"self-crossing", Near(within(place, "ring", flaws[0].Rings[1]), flaws[0].Place), "edges cross each other"}
	case single && len(flaws) == 0:
		return nil, nil
	}
	for _, p := range mp {
		if bad := strayHole(ctx, p, place); bad != nil {
			return nil, bad
		}
	}
	if bad := m.overlapping(ctx, mp, place); bad != nil || m.options.Stored {
		return nil, bad
	}
	if bad := coversNothing(mp, place); bad != nil || !short {
		return nil, bad
	}
	return append(flaws, hidden(mp)...), nil
}

// overlapping refuses polygons whose own area is not the area they cover.
func (m repairer) overlapping(ctx context.Context, mp orb.MultiPolygon, place string) *syntaxFault {
	own, err := geo.Area(mp)
	if err != nil {
		return &syntaxFault{"not-measurable", orWhole(place), err.Error()}
	}
	areas, err := geo.Overlay(ctx, []orb.MultiPolygon{mp}, geo.Options{Workers: m.options.Workers, MaxSteps: m.options.MaxSteps})
	if err != nil || ctx.Err() != nil {
		return m.unfinished(ctx, err, mp, place)
	}
	covered := areas.Any(1)
	if math.Abs(own-covered) > agreement*math.Max(own, covered)+1e-6 {
		at := mp[0][0][0]
		if p, found := pinch(mp); found {
			at = p
		}
		return &syntaxFault{"overlapping-rings", Near(place, at),
			fmt.Sprintf("the rings enclose %.6g m² but cover %.6g m²: they overlap or run twice round the same land", own, covered)}
	}
	return nil
}

// nothing is the area in m² up to which a polygon with holes covers nothing,
// beside the agreement relative to its shell: a square of 3 mm.
const nothing = 1e-5

// coversNothing refuses a polygon that its holes cover wholly, which says as
// little as a ring that encloses nothing.
func coversNothing(mp orb.MultiPolygon, place string) *syntaxFault {
	for i, p := range mp {
		shell, err := geo.Area(orb.Polygon{p[0]})
		if err != nil {
			return &syntaxFault{"not-measurable", orWhole(place), err.Error()}
		}
		left, err := geo.Area(p)
		if err != nil {
			return &syntaxFault{"not-measurable", orWhole(place), err.Error()}
		}
		if len(p) > 1 && left <= agreement*shell+nothing {
			at := place
			if len(mp) > 1 {
				at = within(place, "polygon", i)
			}
			return &syntaxFault{"zero-area", Near(orWhole(at), p[0][0]), "its holes cover the whole polygon: nothing is left of it"}
		}
	}
	return nil
}

// shortEdges reports whether no edge spans more than 180° of longitude, so that
// rings are where their coordinates lie.
func shortEdges(mp orb.MultiPolygon) bool {
	_, _, long := Uncut(mp, false)
	return !long
}

// fewHoles is up to how many holes an index of their shell is not worth making.
const fewHoles = 8

// strayHole refuses a polygon with a hole outside its shell. Without crossings
// one point tells for the hole; touching holes are left to the areas.
func strayHole(ctx context.Context, p orb.Polygon, place string) *syntaxFault {
	var shell *geo.Index
	if len(p) > fewHoles+1 {
		index, err := geo.NewIndex(orb.Polygon{p[0]})
		if err != nil {
			return &syntaxFault{"not-measurable", orWhole(place), err.Error()}
		}
		shell = index
	}
	for i, hole := range p[1:] {
		if ctx.Err() != nil {
			return cutShort(place)
		}
		if shell != nil && shell.Contains(hole[0]) {
			continue
		}
		if !geo.InRing(p[0], hole[0]) {
			return &syntaxFault{"hole-outside-shell", Near(within(place, "ring", i+1), hole[0]), "a hole lies inside its shell"}
		}
	}
	return nil
}

// pinch returns a point where a ring comes back to itself before its end.
func pinch(mp orb.MultiPolygon) (orb.Point, bool) {
	for _, p := range mp {
		for _, r := range p {
			seen := make(map[orb.Point]bool, len(r))
			for _, q := range r[1:] {
				if seen[q] {
					return q, true
				}
				seen[q] = true
			}
		}
	}
	return orb.Point{}, false
}
