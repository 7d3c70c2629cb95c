package geo

import (
	"math"

	"github.com/paulmach/orb"
)

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
