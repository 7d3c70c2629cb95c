package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// nearestNode is a node of the tree with a lower bound of its distance.
type nearestNode struct {
	metres      float64
	level, node int
}

// nearestQueue is a heap: the nearest node is first.
type nearestQueue []nearestNode

func (q *nearestQueue) push(n nearestNode) {
	*q = append(*q, n)
	h := *q
	for i := len(h) - 1; i > 0; {
		parent := (i - 1) / 2
		if h[parent].metres <= h[i].metres {
			return
		}
		h[parent], h[i] = h[i], h[parent]
		i = parent
	}
}

func (q *nearestQueue) pop() nearestNode {
	h := *q
	first, last := h[0], len(h)-1
	h[0], h = h[last], h[:last]
	for i := 0; ; {
		child := 2*i + 1
		if child+1 < len(h) && h[child+1].metres < h[child].metres {
			child++
		}
		if child >= len(h) || h[i].metres <= h[child].metres {
			break
		}
		h[i], h[child] = h[child], h[i]
		i = child
	}
	*q = h
	return first
}

// bound returns a distance in metres that no place in a node's box is nearer than.
func (t *packedTree) bound(p orb.Point, node int) float64 {
	b := t.boxes[node]
	return boxDistance(p, extent{float64(b.west), float64(b.south), float64(b.east), float64(b.north)})
}

const (
	equatorRadius = 6378137.0
	flattening    = 1 / 298.257223563
	eccentricity2 = flattening * (2 - flattening)
)

// curvature returns the radii of curvature at a latitude, in metres: of the
// meridian, M, and across it, N.
func curvature(lat float64) (meridian, across float64) {
	s := math.Sin(lat * degree)
	v := 1 - eccentricity2*s*s
	across = equatorRadius / math.Sqrt(v)
	return across * (1 - eccentricity2) / v, across
}

// boxDistance returns a lower bound, close for places near by, of the geodesic
// distance in metres from p to any place in a box of longitude and latitude.
//
// A way on the ellipsoid has the length ∫√(M²dφ² + N²cos²φ·dλ²). With σ its
// length on the unit sphere of the same φ and λ, that is
//
//	∫√(M²dσ² + (N²−M²)·cos²φ·dλ²) ≥ √(M₁²·σ² + (N₂²−M₂²)·cos²φ₂·Δλ²),
//
// since ∫√(u²+v²) ≥ √((∫u)²+(∫v)²), where φ₁ and φ₂ are the least and the
// greatest distance of the way from the equator: M grows with it, N²−M² and
// cos φ fall. A shortest way bends to the pole, by less than half its length.
func boxDistance(p orb.Point, e extent) float64 {
	angle, lon := sphereDistance(p, e)
	low, high := min(p[1], e.south), max(p[1], e.north)
	nearest, farthest := 0.0, max(high, -low)+angle/degree*(0.5+0.01) // 0.01: the ellipsoid is no sphere
	if low > 0 || high < 0 {
		nearest = min(math.Abs(low), math.Abs(high))
	}
	m1, _ := curvature(nearest)
	across := 0.0
	if farthest < 90 {
		m2, n2 := curvature(farthest)
		across = (n2*n2 - m2*m2) * math.Pow(math.Cos(farthest*degree)*lon, 2)
	}
	return math.Sqrt(m1*m1*angle*angle+across) * (1 - 1e-12)
}

// sphereDistance returns the angle from p to a box on the unit sphere, and the
// least difference in longitude, both in radians.
func sphereDistance(p orb.Point, e extent) (angle, lon float64) {
	lat := min(max(p[1], e.south), e.north)
	if x := p[0] + 360*math.Round((e.middle()-p[0])/360); x < e.west || x > e.east {
		// The nearest place is on the nearer of the two meridians, where the
		// great circle from p meets it at a right angle, or at an end of it.
		lon = min(math.Abs(math.Remainder(e.west-p[0], 360)), math.Abs(math.Remainder(e.east-p[0], 360))) * degree
		sin, cos := math.Sincos(p[1] * degree)
		foot := math.Atan2(sin, cos*math.Cos(lon)) / degree
		switch {
		case e.south <= foot && foot <= e.north:
			lat = foot
		case math.Abs(math.Remainder(foot-e.south, 360)) < math.Abs(math.Remainder(foot-e.north, 360)):
			lat = e.south
		default:
			lat = e.north
		}
	}
	// Haversine, which is exact for small angles.
	u, v := math.Sin((lat-p[1])*degree/2), math.Sin(lon/2)
	h := u*u + math.Cos(lat*degree)*math.Cos(p[1]*degree)*v*v
	return 2 * math.Asin(math.Sqrt(min(1, max(0, h)))), lon
}
