package geo

import (
	"context"

	"github.com/paulmach/orb"
)

// Clean returns what a multipolygon covers, by the rule where its rings cross,
// as a valid multipolygon (see Union). It repairs bowties, spikes, repeated
// vertices, holes outside their shells and polygons that overlap, and dissolves
// borders between polygons. A valid multipolygon whose polygons share points at
// most comes back with the same vertices, in the order described at Union.
func Clean(ctx context.Context, mp orb.MultiPolygon, rule FillRule) (orb.MultiPolygon, error) {
	return combine(ctx, rule, func(in []bool) bool { return in[0] }, mp)
}

// Dissolve returns what any of the zones covers, as Union does.
func Dissolve(ctx context.Context, zones ...orb.MultiPolygon) (orb.MultiPolygon, error) {
	n := 0
	for _, z := range zones {
		n += len(z)
	}
	all := make(orb.MultiPolygon, 0, n)
	for _, z := range zones {
		all = append(all, z...)
	}
	return Clean(ctx, all, NonZero)
}

// Union returns what a or b covers.
//
// The result is valid by the rules of OGC Simple Features: rings are simple,
// rings of a polygon meet at single points at most, interiors are connected and
// polygons share single points at most. It is wound as RFC 7946 asks, with closed
// rings that begin at their lowest vertex by longitude, then latitude, and
// polygons ordered by that vertex. Where all operands together span no more than
// 360 degrees it depends on the set of input edges alone: operands may be swapped,
// and polygons and rings given in another order, without changing a bit. Where they
// span more, everything is brought into the turn around the first polygon, so that
// with another first one the same land may come out a turn away, cut at another
// meridian and rounded to it. No ring of a result is wider than 360 degrees, so
// every function reads it.
//
// Input may be invalid; a multipolygon covers what it covers in an [Overlay]. Rings
// that cross the antimeridian, in either way that readers of Area may write
// them, come out unwrapped, with longitudes beyond ±180.
//
// Crossings are rounded to a grid whose unit is the finest of 1, 2, 10, 20, 100, …
// ×1e-9 degrees with which the extent of all operands spans at most 2³¹ units:
// 1e-9° (0.1 mm) up to 2.1° of extent, 1e-8° up to 21°, 2e-7° for the whole Earth.
// Nothing is moved by more than one unit, and an input vertex that is in the
// result is there bit for bit (but −0 as 0), unless it is within two units of an
// edge not its own, or of another vertex. Edges of half a turn or more get
// vertices in between, so that they can run one way only.
//
// The error is [ErrCoordinate], [ErrPole], [ErrWide], [ErrBudget] when input
// crosses itself tens of millions of times, or the cause of ctx.
func Union(ctx context.Context, a, b orb.MultiPolygon) (orb.MultiPolygon, error) {
	return combine(ctx, NonZero, func(in []bool) bool { return in[0] || in[1] }, a, b)
}

// Intersection returns what both a and b cover. See Union.
func Intersection(ctx context.Context, a, b orb.MultiPolygon) (orb.MultiPolygon, error) {
	return combine(ctx, NonZero, func(in []bool) bool { return in[0] && in[1] }, a, b)
}

// Difference returns what a covers and b does not. See Union.
func Difference(ctx context.Context, a, b orb.MultiPolygon) (orb.MultiPolygon, error) {
	return combine(ctx, NonZero, func(in []bool) bool { return in[0] && !in[1] }, a, b)
}

// SymmetricDifference returns what one of a and b covers and the other does
// not. See Union.
func SymmetricDifference(ctx context.Context, a, b orb.MultiPolygon) (orb.MultiPolygon, error) {
	return combine(ctx, NonZero, func(in []bool) bool { return in[0] != in[1] }, a, b)
}

// combine returns the region of which keep, told which layers cover it, says yes.
func combine(ctx context.Context, rule FillRule, keep func(in []bool) bool, operands ...orb.MultiPolygon) (orb.MultiPolygon, error) {
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	l, err := newLayers(rule, operands...)
	if err != nil {
		return nil, err
	}
	if err := l.place(); err != nil {
		return nil, err
	}
	return l.region(ctx, keep)
}
