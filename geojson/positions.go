package geojson

import "github.com/paulmach/orb"

// Positions counts the positions of a geometry, those that close rings included.
func Positions(g orb.Geometry) int {
	n := 0
	switch g := g.(type) {
	case orb.Point:
		n = 1
	case orb.Bound:
		n = 5
	case orb.MultiPoint:
		n = len(g)
	case orb.LineString:
		n = len(g)
	case orb.Ring:
		n = len(g)
	case orb.MultiLineString:
		for _, line := range g {
			n += len(line)
		}
	case orb.Polygon:
		for _, r := range g {
			n += len(r)
		}
	case orb.MultiPolygon:
		for _, polygon := range g {
			n += Positions(polygon)
		}
	case orb.Collection:
		for _, member := range g {
			n += Positions(member)
		}
	}
	return n
}
