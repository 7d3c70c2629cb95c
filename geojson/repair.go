package geojson

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// repairer repairs what can be repaired without loss, tells note of it, and
// names the first thing that cannot.
type repairer struct {
	note    func(rule, place, detail string)
	clean   bool // see Options
	workers int
}

func (m repairer) geometry(ctx context.Context, g orb.Geometry, place string) (orb.Geometry, *syntaxFault) {
	switch g := g.(type) {
	case orb.LineString:
		return m.line(g, place)
	case orb.MultiLineString:
		for i := range g {
			line, bad := m.line(g[i], within(place, "line", i))
			if bad != nil {
				return nil, bad
			}
			g[i] = line
		}
		return g, nil
	case orb.Polygon:
		p, bad := m.polygon(g, place)
		if bad != nil {
			return nil, bad
		}
		mp, bad := m.consistent(ctx, orb.MultiPolygon{p}, place)
		if len(mp) == 1 {
			return mp[0], bad
		}
		return mp, bad
	case orb.MultiPolygon:
		for i := range g {
			p, bad := m.polygon(g[i], within(place, "polygon", i))
			if bad != nil {
				return nil, bad
			}
			g[i] = p
		}
		return m.consistent(ctx, g, place)
	case orb.Collection:
		for i := range g {
			member, bad := m.geometry(ctx, g[i], within(place, "geometry", i))
			if bad != nil {
				return nil, bad
			}
			g[i] = member
		}
	}
	return g, nil
}

func within(place, what string, i int) string {
	if place != "" {
		place += ", "
	}
	return fmt.Sprintf("%s%s %d", place, what, i)
}

func (m repairer) line(l orb.LineString, place string) (orb.LineString, *syntaxFault) {
	l = orb.LineString(m.repeats([]orb.Point(l), place))
	if len(l) < 2 {
		return nil, &syntaxFault{"too-few-points", orWhole(place), "a line has at least two different points"}
	}
	return l, nil
}

func (m repairer) polygon(p orb.Polygon, place string) (orb.Polygon, *syntaxFault) {
	for i := range p {
		ring, bad := m.ring(p[i], i == 0, within(place, "ring", i))
		if bad != nil {
			return nil, bad
		}
		p[i] = ring
	}
	return p, nil
}

// ring closes, drops repeated points and winds a ring by RFC 7946, section
// 3.1.6: shells counter-clockwise, holes clockwise. A ring with an edge longer
// than 180° is left as wound, since its winding then says which way it runs.
func (m repairer) ring(r orb.Ring, shell bool, place string) (orb.Ring, *syntaxFault) {
	if len(r) > 0 && r[0] != r[len(r)-1] {
		m.note("unclosed-ring", place, "the first point was added at the end")
		r = append(r, r[0])
	}
	r = orb.Ring(m.repeats([]orb.Point(r), place))
	if len(r) < 4 {
		return nil, &syntaxFault{"too-few-points", place, "a ring has at least three different points"}
	}
	if LongEdge(r) >= 0 {
		return r, nil
	}
	area := doubleArea(r)
	if area == 0 {
		if at, _, ok := geo.Crossing(orb.MultiPolygon{{r}}); ok && m.clean {
			return r, nil
		} else if ok {
			return nil, &syntaxFault{"self-crossing", Near(place, at), "edges cross each other"}
		}
		return nil, &syntaxFault{"zero-area", Near(place, r[0]), "the ring encloses nothing"}
	}
	if (area > 0) != shell {
		m.note("winding", place, "the ring was reversed (RFC 7946: shells counter-clockwise, holes clockwise)")
		slices.Reverse(r)
	}
	return r, nil
}

// repeats drops points equal to the one before.
func (m repairer) repeats(points []orb.Point, place string) []orb.Point {
	n := len(points)
	points = slices.Compact(points)
	if dropped := n - len(points); dropped > 0 {
		m.note("repeated-point", orWhole(place), fmt.Sprintf("%d repeated points were dropped", dropped))
	}
	return points
}

// LongEdge returns the index of the first edge that spans more than 180° of
// longitude, -1 when there is none.
func LongEdge(points []orb.Point) int {
	for i := 1; i < len(points); i++ {
		if math.Abs(points[i][0]-points[i-1][0]) > 180 {
			return i - 1
		}
	}
	return -1
}

// doubleArea is twice the signed area in square degrees, for its sign alone.
func doubleArea(r orb.Ring) float64 {
	sum := 0.0
	for i := 1; i < len(r); i++ {
		sum += (r[i-1][0]-r[0][0])*(r[i][1]-r[0][1]) - (r[i][0]-r[0][0])*(r[i-1][1]-r[0][1])
	}
	return sum
}

// consistent checks polygons and, when it may, cleans those that fail.
func (m repairer) consistent(ctx context.Context, mp orb.MultiPolygon, place string) (orb.MultiPolygon, *syntaxFault) {
	bad := m.inconsistent(ctx, mp, place)
	if bad == nil || !m.clean {
		return mp, bad
	}
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

// agreement is how far, relative to the area, a polygon's own area may lie from
// the area it covers before its rings are taken to contradict each other.
const agreement = 1e-9

// inconsistent refuses polygons whose rings contradict each other: crossings,
// with their place, and, since a crossing at a shared vertex or a polygon given
// twice has no such place, any whose own area is not the area they cover.
func (m repairer) inconsistent(ctx context.Context, mp orb.MultiPolygon, place string) *syntaxFault {
	if len(mp) == 1 && len(mp[0]) == 1 && geo.SimpleRing(mp[0][0]) && LongEdge(mp[0][0]) < 0 {
		return nil // the common case, and quick
	}
	if at, ring, ok := geo.Crossing(mp); ok {
		return &syntaxFault{"self-crossing", Near(within(place, "ring", ring), at), "edges cross each other"}
	}
	for _, p := range mp {
		if bad := strayHole(ctx, p, place); bad != nil {
			return bad
		}
	}
	own, err := geo.Area(mp)
	if err != nil {
		return &syntaxFault{"not-measurable", orWhole(place), err.Error()}
	}
	areas, err := geo.Overlay(ctx, []orb.MultiPolygon{mp}, geo.Options{Workers: m.workers})
	if ctx.Err() != nil {
		return cutShort(place)
	}
	if err != nil {
		return &syntaxFault{"not-measurable", orWhole(place), errors.Unwrap(err).Error()}
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

// cutShort stands for a check that the context ended; the reader returns the
// context's cause in its place.
func cutShort(place string) *syntaxFault {
	return &syntaxFault{"not-measurable", orWhole(place), "the check was cut short"}
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

// Near is a place in a text with the position there: "ring 0 near [34.31 31.28]".
func Near(place string, p orb.Point) string {
	if place != "" {
		place += " "
	}
	return fmt.Sprintf("%snear [%v %v]", place, p[0], p[1])
}

func orWhole(place string) string {
	if place == "" {
		return "geometry"
	}
	return place
}
