package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// nearPlane measures from a point as on a plane: a degree has one length all around.
type nearPlane struct {
	p           orb.Point
	east, north float64 // metres a degree
}

// planeAt returns the plane that touches the ellipsoid at a point.
func planeAt(p orb.Point) nearPlane {
	east, north := metresPerDegree(p[1])
	return nearPlane{p, east, north}
}

// planeWithin returns a plane on which nothing that lies within a distance of a
// point is farther from it than it is. It is not ok near the poles, and for
// distances for which the plane would bound little.
//
// A way of that length, ∫√(M²dφ² + N²cos²φ·dλ²), stays within δ = metres/min M of
// the latitude it begins at. With M₀ and C₀ not above M and N·cos φ there, it is not
// shorter than √(M₀²Δφ² + C₀²Δλ²), since ∫√(u²+v²) ≥ √((∫u)²+(∫v)²). The slopes of
// M and N are at most 66 and 22 km a radian, and that of the cosine at most 1.
func planeWithin(p orb.Point, metres float64) (plane nearPlane, ok bool) {
	const least = equatorRadius * (1 - eccentricity2)
	delta := metres / least * (1 + 1e-9)
	cos := math.Cos(p[1]*degree) - delta
	if !(delta <= 0.05 && cos >= 0.05) {
		return nearPlane{}, false
	}
	meridian, across := curvature(p[1])
	const down = degree * (1 - 1e-12)
	return nearPlane{p, (across - 22_000*delta) * cos * down, max(least, meridian-66_000*delta) * down}, true
}

// roundingM is more than places as near as planes are for are moved by rounding, in metres.
const roundingM = 1e-6

// turned is the longitude of the point in the turn that is nearest to another.
func (n *nearPlane) turned(lon float64) float64 {
	if d := lon - n.p[0]; d > 180 || d < -180 {
		return n.p[0] + 360*math.Round(d/360)
	}
	return n.p[0]
}

// box returns the distance of the nearest place in a box.
func (n *nearPlane) box(e extent) float64 {
	x, y := n.turned(e.middle()), n.p[1]
	dx, dy := max(e.west-x, x-e.east, 0)*n.east, max(e.south-y, y-e.north, 0)*n.north
	return math.Sqrt(dx*dx + dy*dy)
}

// edge returns the distance of the nearest place on an edge.
func (n *nearPlane) edge(s *indexSegment) float64 {
	x := n.turned((s.a[0] + s.b[0]) / 2)
	ax, ay := (s.a[0]-x)*n.east, (s.a[1]-n.p[1])*n.north
	dx, dy := (s.b[0]-s.a[0])*n.east, (s.b[1]-s.a[1])*n.north
	if square := dx*dx + dy*dy; square > 0 {
		t := min(1, max(0, -(ax*dx+ay*dy)/square))
		ax, ay = ax+t*dx, ay+t*dy
	}
	return math.Sqrt(ax*ax + ay*ay)
}
