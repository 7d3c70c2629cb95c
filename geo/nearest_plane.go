package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// nearPlane measures from a point as on a plane: boxes as if a degree had one length
// all around, edges as if it had the length half-way between.
type nearPlane struct {
	p                orb.Point
	east, north      float64 // metres a degree, for boxes
	sin, cos         float64 // of the latitude of the point
	meridian, across float64 // radii of curvature there
	slack            float64 // by how much of themselves distances of edges are less than measured
}

// planeAt returns the plane that touches the ellipsoid at a point.
func planeAt(p orb.Point) nearPlane {
	n := nearPlane{p: p}
	n.sin, n.cos = math.Sincos(p[1] * degree)
	n.meridian, n.across = curvature(p[1])
	n.east, n.north = n.across*n.cos*degree, n.meridian*degree
	return n
}

// planeWithin returns a plane on which nothing that lies within a distance of a
// point is farther from it than it is. It is not ok near the poles, and for
// distances for which the plane would bound little.
//
// A way of that length, ∫√(M²dφ² + N²cos²φ·dλ²), stays within δ = metres/min M of
// the latitude it begins at. With M₀ and C₀ not above M and N·cos φ there, it is not
// shorter than √(M₀²Δφ² + C₀²Δλ²), since ∫√(u²+v²) ≥ √((∫u)²+(∫v)²). The slopes of
// M and N are at most 66 and 22 km a radian, and that of the cosine at most 1.
//
// To a single place, the plane of the latitude half-way is closer: on the sphere,
//
//	sin²(d/2) = sin²(Δφ/2) + (cos²φₘ − sin²(Δφ/2))·sin²(Δλ/2),
//
// so that d is less than √(Δφ² + cos²φₘ·Δλ²) by at most δ²/(8·cos²φ) of itself,
// which is taken twice for what is left out.
func planeWithin(p orb.Point, metres float64) (plane nearPlane, ok bool) {
	const least = equatorRadius * (1 - eccentricity2)
	delta := metres / least * (1 + 1e-9)
	plane = planeAt(p)
	plane.slack = delta * delta / (4 * plane.cos * plane.cos)
	if !(delta <= 0.05 && plane.cos-delta >= 0.05 && plane.slack < 0.05) {
		return nearPlane{}, false
	}
	const down = degree * (1 - 1e-12)
	plane.east = (plane.across - 22_000*delta) * (plane.cos - delta) * down
	plane.north = max(least, plane.meridian-66_000*delta) * down
	return plane, true
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

// edge returns the distance of the nearest place on an edge. The places of the edge
// are measured by one latitude, which is made up for by its height.
func (n *nearPlane) edge(s *indexSegment) float64 {
	x := n.turned((s.a[0] + s.b[0]) / 2)
	half := ((s.a[1]+s.b[1])/2 - n.p[1]) * degree / 2
	cos := max(0, n.cos-n.sin*half-n.cos*half*half/2)
	bend := eccentricity2 * n.sin * n.cos * half // of the radii, to first order
	east, north := n.across*(1+bend)*cos*degree, n.meridian*(1+3*bend)*degree
	ax, ay := (s.a[0]-x)*east, (s.a[1]-n.p[1])*north
	dx, dy := (s.b[0]-s.a[0])*east, (s.b[1]-s.a[1])*north
	if square := dx*dx + dy*dy; square > 0 {
		t := min(1, max(0, -(ax*dx+ay*dy)/square))
		ax, ay = ax+t*dx, ay+t*dy
	}
	height := math.Abs(s.b[1]-s.a[1]) * degree
	return math.Sqrt(ax*ax+ay*ay) * max(0, 1-n.slack-height/(2*n.cos)-1e-9)
}
