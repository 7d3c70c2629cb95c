package foreign

import (
	"bytes"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// feature reads one feature.
func (e *esri) feature(f esriFeature) (Feature, error) {
	var out Feature
	var err error
	if len(f.Attributes) > 0 {
		if out.Properties, err = propertiesOf(jsontext.NewDecoder(bytes.NewReader(f.Attributes))); err != nil {
			return out, err
		}
	}
	for _, p := range out.Properties {
		if value, ok := p.Value.(raw); ok && p.Name == e.id && e.id != "" {
			out.ID = plainText(value)
		}
	}
	if len(f.Geometry) > 0 && f.Geometry.Kind() != 'n' {
		out.Geometry, err = e.shape(f.Geometry)
	}
	return out, err
}

// shape reads a geometry, nil for an empty one.
func (e *esri) shape(value jsontext.Value) (orb.Geometry, error) {
	var g struct {
		Rings, Paths, Points, X, Y, CurveRings, CurvePaths, XMin, SpatialReference jsontext.Value
	}
	if err := json.Unmarshal(value, &g, json.MatchCaseInsensitiveNames(true)); err != nil {
		return nil, err
	}
	if len(g.SpatialReference) > 0 {
		if err := e.reference(g.SpatialReference); err != nil {
			return nil, err
		}
	}
	var none orb.Geometry
	within := func(v jsontext.Value) *jsontext.Decoder { return jsontext.NewDecoder(bytes.NewReader(v)) }
	switch {
	case len(g.CurveRings) > 0, len(g.CurvePaths) > 0:
		return nil, e.in.fault("curves", "geometry", "curveRings and curvePaths are not read: ask the server again with returnTrueCurves=false")
	case len(g.Rings) > 0:
		rings, err := lines(within(g.Rings))
		if err != nil {
			return nil, fmt.Errorf("rings: %w", err)
		}
		return e.polygons(rings)
	case len(g.Paths) > 0:
		paths, err := lines(within(g.Paths))
		var out orb.MultiLineString
		for _, p := range paths {
			out = append(out, p)
		}
		return single(out), err
	case len(g.Points) > 0:
		points, err := positions(within(g.Points))
		if len(points) == 0 {
			return nil, err
		}
		return orb.MultiPoint(points), err
	case g.X.Kind() == '0' && g.Y.Kind() == '0':
		return position(within(jsontext.Value(fmt.Sprintf("[%s,%s]", g.X, g.Y))))
	case len(g.XMin) > 0:
		return nil, e.in.fault("esri", "geometry", "an envelope is no shape that is read")
	case len(g.X) > 0 && (g.X.Kind() == 'n' || plainText(g.X) == "NaN"): // as Esri writes an empty point
		return none, nil
	}
	return nil, e.in.fault("esri", "geometry", "neither rings, paths, points nor x and y")
}

// polygons makes a polygon of each shell.
func (e *esri) polygons(all [][]orb.Point) (orb.Geometry, error) {
	var rings []orb.Ring
	for i, r := range all {
		if len(r) < 3 {
			return nil, e.in.fault("too-few-points", fmt.Sprintf("ring %d", i), "a ring has at least three different points")
		}
		if r[0] != r[len(r)-1] {
			r = append(r, r[0]) // as package geojson would, but the area is wanted first
			e.in.note("feature #%d: ring %d was closed", e.n, i)
		}
		rings = append(rings, r)
	}
	shapes, outside := esriPolygons(rings)
	if len(outside) > 0 {
		return nil, e.in.fault("hole-outside", fmt.Sprintf("ring %d", outside[0]),
			"it runs counter-clockwise, as holes do in Esri JSON, and no shell is round it: turn it where it is land")
	}
	var one orb.Geometry = shapes
	switch len(shapes) {
	case 0:
		one = nil
	case 1:
		one = shapes[0]
	}
	return one, nil
}

// single is a line alone where there is but one, nil where there is none.
func single(all orb.MultiLineString) orb.Geometry {
	switch len(all) {
	case 0:
		return nil
	case 1:
		return all[0]
	}
	return all
}
