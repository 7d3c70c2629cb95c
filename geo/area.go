package geo

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// Area returns the area of a geometry on the WGS 84 ellipsoid in square
// metres, never negative. Edges are straight in longitude and latitude.
//
// A polygon is its shell less its holes, whatever way the rings turn; the
// members of a multipolygon or collection are added. So Area is for valid
// geometries; where rings cross themselves or members overlap, ask [Overlay],
// which counts every place once. Points, lines and nil have no area. A bound
// whose west is greater than its east runs across the antimeridian (RFC 7946,
// section 5.2).
//
// The error is [ErrCoordinate], [ErrPole] or [ErrWide], with the place.
func Area(g orb.Geometry) (float64, error) {
	var sum compensated
	if err := addArea(&sum, g); err != nil {
		return 0, err
	}
	return max(0, sum.value()), nil
}

func addArea(sum *compensated, g orb.Geometry) error {
	switch g := g.(type) {
	case nil, orb.Point, orb.MultiPoint, orb.LineString, orb.MultiLineString:
		return nil
	case orb.Ring:
		return addPolygonArea(sum, orb.Polygon{g})
	case orb.Polygon:
		return addPolygonArea(sum, g)
	case orb.MultiPolygon:
		for i, p := range g {
			if err := addPolygonArea(sum, p); err != nil {
				return fmt.Errorf("polygon %d %w", i, err)
			}
		}
		return nil
	case orb.Collection:
		for i, member := range g {
			if err := addArea(sum, member); err != nil {
				return fmt.Errorf("member %d %w", i, err)
			}
		}
		return nil
	case orb.Bound:
		a, err := boundArea(g)
		sum.add(a)
		return err
	}
	return fmt.Errorf("geo: area of unknown geometry %T", g)
}

func addPolygonArea(sum *compensated, p orb.Polygon) error {
	for i, r := range p {
		as := shell
		if i > 0 {
			as = hole
		}
		a, err := ringArea(r, as)
		if err != nil {
			return fmt.Errorf("ring %d %w", i, err)
		}
		sum.add(math.Abs(a) * float64(as))
	}
	return nil
}

func boundArea(b orb.Bound) (float64, error) {
	for _, p := range []orb.Point{b.Min, b.Max} {
		if err := checkPoint(p); err != nil {
			return 0, err
		}
	}
	height, width := b.Max[1]-b.Min[1], b.Max[0]-b.Min[0]
	if height <= 0 {
		return 0, nil
	}
	if width < 0 {
		width += 360
	}
	if width > 360 || width < 0 {
		return 0, fmt.Errorf("from longitude %v to %v: %w", b.Min[0], b.Max[0], ErrWide)
	}
	return width * degree * meanZonal(height, height, b.Min[1]), nil
}

// SignedArea returns the area enclosed by a ring in square metres on the
// WGS 84 ellipsoid, positive when the ring runs counter-clockwise. Parts that
// it runs round twice count twice, and parts on the other hand negative. A
// ring with an edge between 180 and 360 degrees long is read as a shell.
func SignedArea(r orb.Ring) (float64, error) { return ringArea(r, shell) }

func ringArea(r orb.Ring, as role) (float64, error) {
	r, box, err := readRing(r, as)
	if err != nil || len(r) < 3 {
		return 0, err
	}
	lat0 := box.south + (box.north-box.south)/2
	if reach := (box.north - box.south) / 2; reach <= taylorReach {
		return taylorRingArea(r, lat0, reach), nil
	}
	return seriesRingArea(r, lat0), nil
}

// seriesRingArea sums −Δλ·(mean of S over the edge − S(lat0)): the area under
// each edge down to the parallel lat0, which the ring's edges share. Any lat0
// gives the same area; one in the middle of the ring keeps the terms small.
func seriesRingArea(r orb.Ring, lat0 float64) float64 {
	var sum compensated
	prev := r[len(r)-1]
	for _, p := range r {
		sum.add((prev[0] - p[0]) * degree * meanZonal(prev[1]-lat0, p[1]-lat0, lat0))
		prev = p
	}
	return sum.value()
}

// taylorRingArea is seriesRingArea for a ring within reach degrees of lat0.
func taylorRingArea(r orb.Ring, lat0, reach float64) float64 {
	t := newZonalTaylor(lat0, reach)
	var sum compensated
	prev := r[len(r)-1]
	for _, p := range r {
		sum.add((prev[0] - p[0]) * t.mean(prev[1]-lat0, p[1]-lat0))
		prev = p
	}
	return sum.value()
}
