package foreign

import "github.com/paulmach/orb"

// together is one geometry of several: multiple of its kind where all are of one
// kind, else a collection; nil of none. Collections are taken apart.
func together(members []orb.Geometry) orb.Geometry {
	var flat orb.Collection
	for _, g := range members {
		switch g := g.(type) {
		case orb.Collection:
			flat = append(flat, g...)
		case orb.MultiPoint:
			for _, p := range g {
				flat = append(flat, p)
			}
		case orb.MultiLineString:
			for _, l := range g {
				flat = append(flat, l)
			}
		case orb.MultiPolygon:
			for _, p := range g {
				flat = append(flat, p)
			}
		default:
			flat = append(flat, g)
		}
	}
	if len(flat) == 0 {
		return nil
	}
	if len(flat) == 1 {
		return flat[0]
	}
	var points orb.MultiPoint
	var lines orb.MultiLineString
	var polygons orb.MultiPolygon
	for _, g := range flat {
		switch g := g.(type) {
		case orb.Point:
			points = append(points, g)
		case orb.LineString:
			lines = append(lines, g)
		case orb.Polygon:
			polygons = append(polygons, g)
		}
	}
	switch len(flat) {
	case len(points):
		return points
	case len(lines):
		return lines
	case len(polygons):
		return polygons
	}
	return flat
}
