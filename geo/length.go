package geo

import (
	"github.com/paulmach/orb"
	"github.com/tidwall/geodesic"
)

// Distance returns the length in metres of the shortest way (the geodesic)
// between two points on the WGS 84 ellipsoid (C. F. F. Karney, 2013:
// Algorithms for geodesics), exact to about 15 nanometres. It is NaN when a
// coordinate is not a number or a latitude lies beyond ±90.
func Distance(a, b orb.Point) float64 {
	if a == b {
		return 0
	}
	var metres float64
	geodesic.WGS84.Inverse(a[1], a[0], b[1], b[0], &metres, nil, nil)
	return metres
}

// Length returns the geodesic length in metres from vertex to vertex: of
// lines, and of the rings of polygons, holes too. A ring that is not closed is
// measured as if it were. Points and nil have no length.
//
// Between neighbouring vertices the geodesic is shorter than the edge, which
// is straight in longitude and latitude, by about one part in 10⁷ at 10 km.
func Length(g orb.Geometry) float64 {
	var sum compensated
	addLength(&sum, g)
	return sum.value()
}

func addLength(sum *compensated, g orb.Geometry) {
	switch g := g.(type) {
	case orb.LineString:
		addPathLength(sum, g)
	case orb.MultiLineString:
		for _, line := range g {
			addPathLength(sum, line)
		}
	case orb.Ring:
		addPathLength(sum, g)
		if n := len(g); n > 1 {
			sum.add(Distance(g[n-1], g[0]))
		}
	case orb.Polygon:
		for _, r := range g {
			addLength(sum, r)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			addLength(sum, p)
		}
	case orb.Collection:
		for _, member := range g {
			addLength(sum, member)
		}
	case orb.Bound:
		addLength(sum, g.ToRing())
	}
}

func addPathLength(sum *compensated, path []orb.Point) {
	for i := 1; i < len(path); i++ {
		sum.add(Distance(path[i-1], path[i]))
	}
}
