package geo

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/tidwall/geodesic"
)

// Nearest returns the place on the edges that is nearest to a point, its
// geodesic distance in metres, and the bearing in which to leave the point for
// it: degrees clockwise from north, 0 to 360, and 0 where the distance is 0.
// The place has a longitude within ±180. It is not ok when there are no edges,
// or the point is not one on Earth.
//
// The edges are straight in longitude and latitude. The distance is exact to
// 1 millimetre up to 1,000 km and to 1 in 10⁸ beyond; of several nearest
// places any one is returned, always the same.
func (x *Index) Nearest(p orb.Point) (place orb.Point, distanceM, bearingDeg float64, ok bool) {
	if checkPoint(p) != nil || len(x.segments) == 0 {
		return orb.Point{}, 0, 0, false
	}
	best := nearestPlace{metres: math.Inf(1)}
	x.searchNear(p, &best)
	bearing := 0.0
	if best.metres > 0 {
		geodesic.WGS84.Inverse(p[1], p[0], best.place[1], best.place[0], nil, &bearing, nil)
		if bearing < 0 {
			bearing += 360
		}
	}
	best.place[0] -= 360 * math.Round(best.place[0]/360)
	return best.place, best.metres, bearing, true
}

// searchNear looks for the nearest place on all edges: on the one that is nearest on
// the plane first, and then on those that a plane lets be nearer.
func (x *Index) searchNear(p orb.Point, best *nearestPlace) {
	touching := planeAt(p)
	first, least := uint32(0), math.Inf(1)
	x.tree.nearestBy(touching.box, func(i uint32) float64 {
		if d := touching.edge(&x.segments[i]); d < least {
			first, least = i, d
		}
		return least
	})
	best.search(p, &x.segments[first])
	plane, ok := planeWithin(p, best.metres)
	if !ok {
		x.tree.nearest(p, func(i uint32) float64 {
			best.search(p, &x.segments[i])
			return best.metres
		})
		return
	}
	x.tree.nearestBy(func(e extent) float64 {
		if d := plane.box(e); d < best.metres+roundingM {
			return d
		}
		return math.Inf(1)
	}, func(i uint32) float64 {
		if i != first && plane.edge(&x.segments[i]) < best.metres+roundingM {
			best.search(p, &x.segments[i])
		}
		return best.metres + roundingM
	})
}

// nearestPlace is the nearest place found so far.
type nearestPlace struct {
	place  orb.Point
	metres float64
}

// nearestShort is how long a part of an edge may be, in metres, for its
// distance from a point to have a single minimum to within a millimetre: the
// distance along the part is a parabola, and what is left of it, about
// length³/(radius of the Earth)², is 0.2 mm.
const nearestShort = 2000

// search looks for a nearer place on an edge. It halves the edge, leaving out
// the halves that cannot hold one: no place is farther from the middle of a
// part than half its length.
func (n *nearestPlace) search(p orb.Point, s *indexSegment) {
	if s.a == s.b {
		n.offer(s.a, Distance(p, s.a))
		return
	}
	length := longestOf(s)
	var halve func(t1, t2 float64)
	halve = func(t1, t2 float64) {
		t := t1 + (t2-t1)/2
		q := s.at(t)
		d := Distance(p, q)
		n.offer(q, d)
		if d-length*(t2-t1)/2 >= n.metres {
			return
		}
		if length*(t2-t1) <= nearestShort {
			n.descend(p, s, t1, t2)
			return
		}
		halve(t1, t)
		halve(t, t2)
	}
	halve(0, 1)
}

func (n *nearestPlace) offer(q orb.Point, metres float64) {
	if metres < n.metres {
		n.place, n.metres = q, metres
	}
}

// at returns the place at the share t of the edge.
func (s *indexSegment) at(t float64) orb.Point {
	if t > 0.5 {
		return orb.Point{s.b[0] - (s.b[0]-s.a[0])*(1-t), s.b[1] - (s.b[1]-s.a[1])*(1-t)}
	}
	return orb.Point{s.a[0] + (s.b[0]-s.a[0])*t, s.a[1] + (s.b[1]-s.a[1])*t}
}

// longestOf returns an upper bound of the length of an edge in metres.
func longestOf(s *indexSegment) float64 {
	cos := 1.0
	if s.a[1]*s.b[1] > 0 {
		cos = math.Cos(min(math.Abs(s.a[1]), math.Abs(s.b[1])) * degree)
	}
	return polarRadius * degree * math.Hypot((s.b[0]-s.a[0])*cos, s.b[1]-s.a[1])
}

// descend finds the minimum of the distance between two shares of an edge,
// where its slope is zero: regula falsi with the Illinois rule.
func (n *nearestPlace) descend(p orb.Point, s *indexSegment, t1, t2 float64) {
	const close = 1e-5 // metres along the edge
	length := longestOf(s)
	slope1, slope2 := n.slope(p, s, t1), n.slope(p, s, t2)
	if slope1 >= 0 || slope2 <= 0 {
		return // the minimum is at an end, which slope has offered
	}
	side := 0
	for range 60 {
		if length*(t2-t1) < close {
			return
		}
		t := (t1*slope2 - t2*slope1) / (slope2 - slope1)
		if !(t1 < t && t < t2) {
			t = t1 + (t2-t1)/2
		}
		slope := n.slope(p, s, t)
		switch {
		case slope == 0:
			return
		case slope < 0:
			t1, slope1 = t, slope
			if side < 0 {
				slope2 /= 2
			}
			side = -1
		default:
			t2, slope2 = t, slope
			if side > 0 {
				slope1 /= 2
			}
			side = +1
		}
	}
}

// slope returns the derivative of the distance along the edge at t, by its
// length: the cosine of the angle between the edge and the geodesic that
// arrives from p (first variation of length). It offers the place.
func (n *nearestPlace) slope(p orb.Point, s *indexSegment, t float64) float64 {
	q := s.at(t)
	var metres, arriving float64
	geodesic.WGS84.Inverse(p[1], p[0], q[1], q[0], &metres, nil, &arriving)
	n.offer(q, metres)
	if metres == 0 {
		return 0
	}
	meridian, across := curvature(q[1])
	_, cos := sincosDegrees(q[1])
	east, north := (s.b[0]-s.a[0])*cos*across, (s.b[1]-s.a[1])*meridian
	sinA, cosA := math.Sincos(arriving * degree)
	return (east*sinA + north*cosA) / math.Hypot(east, north)
}
