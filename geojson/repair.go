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
	options Options
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
		p, bad := m.polygon(ctx, g, place)
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
			p, bad := m.polygon(ctx, g[i], within(place, "polygon", i))
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

func (m repairer) polygon(ctx context.Context, p orb.Polygon, place string) (orb.Polygon, *syntaxFault) {
	for i := range p {
		ring, bad := m.ring(ctx, p[i], i == 0, within(place, "ring", i))
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
func (m repairer) ring(ctx context.Context, r orb.Ring, shell bool, place string) (orb.Ring, *syntaxFault) {
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
	turn := turnOf(r)
	if turn == 0 {
		return m.ofNoArea(ctx, r, place)
	}
	if (turn > 0) != shell {
		m.note("winding", place, "the ring was reversed (RFC 7946: shells counter-clockwise, holes clockwise)")
		slices.Reverse(r)
	}
	return r, nil
}

// ofNoArea lets a ring that encloses nothing in all pass only where its edges
// cross and crossings are to be resolved.
func (m repairer) ofNoArea(ctx context.Context, r orb.Ring, place string) (orb.Ring, *syntaxFault) {
	mp := orb.MultiPolygon{{r}}
	flaws, err := geo.Flaws(ctx, mp, m.options.MaxSteps)
	switch {
	case err != nil:
		return nil, m.unfinished(ctx, err, mp, place)
	case len(flaws) == 0 || flaws[0].Kind != geo.EdgesCross:
		return nil, &syntaxFault{"zero-area", Near(place, r[0]), "the ring encloses nothing"}
	case !m.options.Clean:
		return nil, &syntaxFault{"self-crossing", Near(place, flaws[0].Place), "edges cross each other"}
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
func LongEdge(points []orb.Point) int { return longEdge(points, false) }

// longEdge is LongEdge, but where turns is true an edge of a full turn, from −180 to 180,
// is none.
func longEdge(points []orb.Point, turns bool) int {
	for i := 1; i < len(points); i++ {
		if span := math.Abs(points[i][0] - points[i-1][0]); span > 180 && !(turns && span == 360) {
			return i - 1
		}
	}
	return -1
}

// Uncut finds an edge of polygons that spans more than 180° of longitude, which may
// be one that runs across the antimeridian: its place, and what to do. Where turns is
// true an edge of a full turn is none: it can be nothing else. ok is false without one.
func Uncut(mp orb.MultiPolygon, turns bool) (place, detail string, ok bool) {
	for i, polygon := range mp {
		for j, ring := range polygon {
			if k := longEdge(ring, turns); k >= 0 {
				return Near(fmt.Sprintf("polygon %d, ring %d, vertex %d", i, j, k), ring[k]),
					"an edge spans more than 180° of longitude; cut the polygon at the antimeridian (RFC 7946, section 3.1.9)", true
			}
		}
	}
	return "", "", false
}

// Near is a place in a text followed by a place on Earth.
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

// tooComplex is the rule of a geometry whose check takes too many steps.
const tooComplex = "too-complex"

// unfinished is the fault of a check that ended with an error.
func (m repairer) unfinished(ctx context.Context, err error, mp orb.MultiPolygon, place string) *syntaxFault {
	switch {
	case ctx.Err() != nil:
		return cutShort(place)
	case errors.Is(err, geo.ErrBudget):
		return &syntaxFault{tooComplex, Near(place, mp[0][0][0]), fmt.Sprintf("its rings meet so often that checking them takes more than %d steps: simplify it, or send it in parts", m.options.MaxSteps)}
	case errors.Unwrap(err) != nil:
		err = errors.Unwrap(err)
	}
	return &syntaxFault{"not-measurable", orWhole(place), err.Error()}
}

// cutShort stands for a check that the context ended; the reader returns the
// context's cause in its place.
func cutShort(place string) *syntaxFault {
	return &syntaxFault{"not-measurable", orWhole(place), "the check was cut short"}
}
