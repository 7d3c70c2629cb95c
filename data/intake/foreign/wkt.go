package foreign

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geom"
	"github.com/twpayne/go-geom/encoding/wkt"
)

// mostBrackets is how many brackets may be open at once.
const mostBrackets = 32

// wktOfCurve finds curves and surfaces, which may lie in a collection.
var wktOfCurve = regexp.MustCompile(`(?i)\b(CIRCULARSTRING|COMPOUNDCURVE|CURVEPOLYGON|MULTICURVE|MULTISURFACE|POLYHEDRALSURFACE|TIN|TRIANGLE)\b`)

// parseWKT reads a geometry in well-known text. Heights and measures are left out. An
// empty one is nil.
func parseWKT(text string) (orb.Geometry, error) {
	depth := 0
	for _, c := range []byte(text) {
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth > mostBrackets {
			return nil, fmt.Errorf("more than %d brackets are open at once", mostBrackets)
		}
	}
	if name := wktOfCurve.FindString(text); name != "" {
		return nil, fmt.Errorf("it is a %s, %w", strings.ToUpper(name), errCurves)
	}
	g, err := wkt.Unmarshal(text)
	if err != nil {
		words, _, _ := strings.Cut(err.Error(), "\n")
		_, hint, more := strings.Cut(err.Error(), "HINT: ")
		if more {
			words += ": " + hint
		}
		return nil, errors.New("WKT: " + words)
	}
	if g == nil {
		return nil, errors.New("WKT: it holds nothing")
	}
	out, err := fromGeom(g)
	return rewound(out), err // programs write either winding
}

// fromGeom converts a geometry of go-geom to orb's types, nil where it is empty.
func fromGeom(g geom.T) (orb.Geometry, error) {
	var out orb.Geometry
	if g.Empty() {
		return out, nil
	}
	switch g := g.(type) {
	case *geom.Point:
		out = orb.Point{g.X(), g.Y()}
	case *geom.MultiPoint:
		out = orb.MultiPoint(flatLine(g))
	case *geom.LineString:
		out = orb.LineString(flatLine(g))
	case *geom.MultiLineString:
		all := make(orb.MultiLineString, g.NumLineStrings())
		for i := range all {
			all[i] = flatLine(g.LineString(i))
		}
		out = all
	case *geom.Polygon:
		out = polygonOf(g)
	case *geom.MultiPolygon:
		var all orb.MultiPolygon
		for i := range g.NumPolygons() {
			if p := g.Polygon(i); !p.Empty() {
				all = append(all, polygonOf(p))
			}
		}
		out = all
	case *geom.GeometryCollection:
		var all orb.Collection
		for _, member := range g.Geoms() {
			one, err := fromGeom(member)
			if err != nil {
				return nil, err
			}
			if one != nil {
				all = append(all, one)
			}
		}
		out = all
	default:
		return nil, fmt.Errorf("a %T is not read", g)
	}
	return out, nil
}

func polygonOf(g *geom.Polygon) orb.Polygon {
	out := make(orb.Polygon, g.NumLinearRings())
	for i := range out {
		out[i] = flatLine(g.LinearRing(i))
	}
	return out
}

// flatLine takes longitude and latitude of flat coordinates.
func flatLine(g geom.T) []orb.Point {
	flat, stride := g.FlatCoords(), g.Stride()
	out := make([]orb.Point, len(flat)/stride)
	for i := range out {
		out[i] = orb.Point{flat[i*stride], flat[i*stride+1]}
	}
	return out
}
