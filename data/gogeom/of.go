// Package gogeom converts geometries to the types of go-geom, which its encoders take:
// longitude first, without height.
package gogeom

import (
	"fmt"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geom"
)

// Of converts a geometry, polygons to multipolygons. The error is that of a geometry of
// another kind.
func Of(g orb.Geometry) (geom.T, error) {
	switch g := g.(type) {
	case orb.Point:
		return geom.NewPointFlat(geom.XY, g[:]), nil
	case orb.MultiPoint:
		return geom.NewMultiPointFlat(geom.XY, flat(nil, orb.LineString(g))), nil
	case orb.Collection:
		out := geom.NewGeometryCollection()
		for _, member := range g {
			shape, err := Of(member)
			if err == nil {
				err = out.Push(shape)
			}
			if err != nil {
				return nil, err
			}
		}
		return out, nil
	case orb.LineString:
		return geom.NewLineStringFlat(geom.XY, flat(nil, g)), nil
	case orb.MultiLineString:
		var coordinates []float64
		var ends []int
		for _, line := range g {
			coordinates = flat(coordinates, line)
			ends = append(ends, len(coordinates))
		}
		return geom.NewMultiLineStringFlat(geom.XY, coordinates, ends), nil
	case orb.Polygon:
		return Of(orb.MultiPolygon{g})
	case orb.MultiPolygon:
		out := geom.NewMultiPolygon(geom.XY)
		for _, p := range g {
			var coordinates []float64
			var ends []int
			for _, r := range p {
				coordinates = flat(coordinates, orb.LineString(r))
				ends = append(ends, len(coordinates))
			}
			if err := out.Push(geom.NewPolygonFlat(geom.XY, coordinates, ends)); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	return nil, fmt.Errorf("no conversion for %s", g.GeoJSONType())
}

func flat(to []float64, line orb.LineString) []float64 {
	for _, p := range line {
		to = append(to, p[0], p[1])
	}
	return to
}
