package data

import (
	"context"
	"slices"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// located is a thing with where it lies.
type located struct {
	thing    Thing
	told     TallyThing
	parts    [][]tallyPart // by reading
	group    *string
	noWeight bool
	certain  bool // beyond the accuracy of the line under the reading compared with too
}

// place finds where a thing lies.
func (c *tallyCounter) place(ctx context.Context, l *located) error {
	l.parts = make([][]tallyPart, len(c.views))
	if err := c.measure(ctx, l, l.thing.Geometry); err != nil {
		return err
	}
	weight, ok := numberOf(l.thing.Properties[c.q.Weight])
	l.noWeight = c.q.Weight != "" && !ok
	l.group = groupOf(l.thing.Properties[c.q.By])
	point, err := pointOf(l.thing.Geometry)
	if err != nil {
		return err
	}
	l.told = TallyThing{Thing: l.thing, Point: point, Certain: true}
	district := c.districtOf(point)
	if district >= 0 {
		l.told.District = c.districts[district].ID
	}
	for k, v := range c.views {
		if len(l.parts[k]) == 0 { // a line without length, or an area too small to measure, has a weight all the same
			l.parts[k] = append(l.parts[k], tallyPart{side: v.sideOf(point), district: district})
		}
		if c.q.Weight != "" && !l.noWeight {
			share(l.parts[k], weight)
		}
		side, ok := mostly(l.parts[k])
		if !ok {
			side = v.sideOf(point)
		}
		l.told.Sides = append(l.told.Sides, ThingSide{v.d.share.Basis, side})
		if v.asked {
			l.told.Side = side
			if c.tells {
				if metres, bearing, ok := v.distance(point); ok {
					l.told.DistanceM, l.told.BearingDeg = &metres, &bearing
				}
			}
			l.told.Certain = certain(l.parts[k])
		}
	}
	if c.against >= 0 {
		l.told.Against = l.told.Sides[c.against].Side
		l.certain = l.told.Certain && certain(l.parts[c.against])
	}
	if c.along != nil {
		l.told.Changes = c.along.changes(point)
	}
	return nil
}

// certain reports whether nothing of a thing lies within the accuracy of the line.
func certain(parts []tallyPart) bool {
	return !slices.ContainsFunc(parts, func(p tallyPart) bool { return p.uncertain })
}

// whole is all that there is of a thing.
func (l *located) whole() Amounts {
	var all Amounts
	for _, p := range l.parts[0] {
		all.add(p.Amounts)
	}
	return all
}

// measure appends the parts of a geometry.
func (c *tallyCounter) measure(ctx context.Context, l *located, g orb.Geometry) error {
	switch g := g.(type) {
	case orb.Point:
		c.point(l, g)
	case orb.MultiPoint:
		for _, p := range g {
			c.point(l, p)
		}
	case orb.LineString:
		return c.line(l, g)
	case orb.MultiLineString:
		for _, line := range g {
			if err := c.line(l, line); err != nil {
				return err
			}
		}
	case orb.Polygon:
		return c.area(ctx, l, orb.MultiPolygon{g})
	case orb.MultiPolygon:
		return c.area(ctx, l, g)
	case orb.Collection:
		for _, member := range g {
			if err := c.measure(ctx, l, member); err != nil {
				return err
			}
		}
	}
	return nil
}

// point counts a place.
func (c *tallyCounter) point(l *located, p orb.Point) {
	district, inLand := c.districtOf(p), c.views[0].land.Contains(p) // the land is that of every reading
	for k, v := range c.views {
		l.parts[k] = append(l.parts[k], tallyPart{Amounts: Amounts{Number: 1}, side: sideBy(inLand, inLand && v.held.Contains(p)), district: district,
			uncertain: v.paths.blurs(p), near: c.q.WithinM > 0 && v.paths.within(p, c.q.WithinM)})
	}
}

// line counts the kilometres of a line.
func (c *tallyCounter) line(l *located, line orb.LineString) error {
	for k, v := range c.views {
		pieces, err := geo.Pieces(line, append([]*geo.Index{v.land, v.held, v.blurred, v.nearBy}, c.indexes...)...)
		if err != nil {
			return err
		}
		for _, p := range pieces {
			part := tallyPart{Amounts: Amounts{Km: p.LengthM / 1000}, side: sideBy(p.In[0], p.In[1]), district: -1, uncertain: p.In[2] && p.In[0], near: p.In[3]}
			for i, in := range p.In[4:] {
				if in {
					part.district = i
					break
				}
			}
			l.parts[k] = append(l.parts[k], part)
		}
	}
	return nil
}

// area counts polygons, by a place in them or by their km².
func (c *tallyCounter) area(ctx context.Context, l *located, shape orb.MultiPolygon) error {
	if !c.q.ByArea {
		p, ok, err := geo.InnerPoint(shape)
		if ok {
			c.point(l, p)
		}
		return err
	}
	bound, around := shape.Bound(), crosses(shape)
	near := func(s orb.MultiPolygon) orb.MultiPolygon {
		if around {
			return s
		}
		return geo.Cropped(s, bound)
	}
	for k, v := range c.views {
		layers := []orb.MultiPolygon{shape, near(v.d.land.Shape), near(v.d.held), near(v.blur), near(v.near)}
		whole, err := geo.Overlay(ctx, layers, geo.Options{Workers: 1})
		if err != nil {
			return err
		}
		rest := [16]float64{}
		for mask := range rest {
			rest[mask] = whole.Of(1 | uint(mask)<<1)
		}
		for i, district := range c.districts {
			if !district.Shape.Bound().Intersects(bound) && !around {
				continue
			}
			inside, err := geo.Overlay(ctx, append(layers[:5:5], near(district.Shape)), geo.Options{Workers: 1})
			if err != nil {
				return err
			}
			for mask := range rest {
				m2 := inside.Of(0b100001 | uint(mask)<<1)
				rest[mask] -= m2
				l.parts[k] = appendArea(l.parts[k], mask, i, m2)
			}
		}
		for mask, m2 := range rest {
			l.parts[k] = appendArea(l.parts[k], mask, -1, m2)
		}
	}
	return nil
}

// leastM2 is less than the crossings of an overlay are rounded by.
const leastM2 = 1e-3

// appendArea appends land, by a mask of the territory, the held land, what is uncertain and what is near.
func appendArea(to []tallyPart, mask, district int, m2 float64) []tallyPart {
	if m2 < leastM2 {
		return to
	}
	inLand := mask&1 != 0
	return append(to, tallyPart{Amounts: Amounts{Km2: m2 / 1e6}, side: sideBy(inLand, mask&2 != 0), district: district,
		uncertain: inLand && mask&4 != 0, near: mask&8 != 0})
}

// share shares a weight out among parts: by area if they have any, else by length,
// else alike.
func share(parts []tallyPart, weight float64) {
	var all Amounts
	for _, p := range parts {
		all.add(p.Amounts)
	}
	for i := range parts {
		p := &parts[i]
		switch {
		case all.Km2 > 0:
			p.Weight = weight * p.Km2 / all.Km2
		case all.Km > 0:
			p.Weight = weight * p.Km / all.Km
		default:
			p.Weight = weight / float64(len(parts))
		}
	}
}

// mostly is the side where most of a thing lies, false where none of it can be measured.
func mostly(parts []tallyPart) (LandSide, bool) {
	var sums [3]float64
	sides := [3]LandSide{HeldSide, FreeSide, Outside}
	for _, p := range parts {
		for i, side := range sides {
			if p.side == side {
				sums[i] += p.Number + p.Km + p.Km2
			}
		}
	}
	out, most := Outside, 0.0
	for i, sum := range sums {
		if sum > most {
			out, most = sides[i], sum
		}
	}
	return out, most > 0
}

// pointOf is the place that the distance of a thing is measured from: of a line its middle vertex.
func pointOf(g orb.Geometry) (orb.Point, error) {
	switch g := g.(type) {
	case orb.Point:
		return g, nil
	case orb.MultiPoint:
		if len(g) > 0 {
			return g[0], nil
		}
	case orb.LineString:
		if len(g) > 0 {
			return g[len(g)/2], nil
		}
	case orb.MultiLineString:
		if len(g) > 0 {
			return pointOf(g[len(g)/2])
		}
	case orb.Collection:
		if len(g) > 0 {
			return pointOf(g[0])
		}
	default:
		p, _, err := geo.InnerPoint(g)
		return p, err
	}
	return orb.Point{}, nil
}
