package geo

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/paulmach/orb"
)

// everyShape is each type of geometry: as orb lists them, which is empty or
// zero, filled with a square, and with parts that are empty or of one point.
func everyShape() []orb.Geometry {
	ring := ringAt(34, 31, 35, 31, 35, 32, 34, 32)
	spike := ringAt(34, 31, 34, 31)
	return append([]orb.Geometry{
		ring[0], orb.MultiPoint(ring), orb.LineString(ring), orb.MultiLineString{orb.LineString(ring)},
		ring, orb.Polygon{ring}, orb.MultiPolygon{{ring}}, ring.Bound(), orb.Collection{orb.Polygon{ring}, nil, ring[0]},
		orb.Polygon{nil}, orb.Polygon{{}, ring}, orb.Polygon{ring, nil}, orb.MultiPolygon{nil, {}, {nil}}, orb.MultiLineString{nil, {{1, 2}}},
		spike, orb.Polygon{spike}, orb.Polygon{ring, spike}, orb.LineString(spike), orb.Ring{{34, 31}}, orb.Collection{nil, orb.Collection{}},
	}, orb.AllGeometries...)
}

// foreign is a geometry that orb does not know.
type foreign struct{ orb.Point }

func TestEveryShapeHasAnAreaALengthAndAnIndex(t *testing.T) {
	square := mustArea(t, orb.Polygon{ringAt(34, 31, 35, 31, 35, 32, 34, 32)})
	for _, g := range everyShape() {
		name := fmt.Sprintf("%T %v", g, g)
		area, err := Area(g)
		if err != nil || area != 0 && math.Abs(area-square) > 1e-3 {
			t.Errorf("%s has an area of %v, %v", name, area, err)
		}
		length := Length(g)
		if !(length >= 0 && length < 1e6) {
			t.Errorf("%s has a length of %v", name, length)
		}
		index, err := NewIndex(g)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if inside := index.Contains(orb.Point{34.5, 31.5}); inside != (area > 0) {
			t.Errorf("%s has an area of %v, and the middle inside: %v", name, area, inside)
		}
		_, metres, _, ok := index.Nearest(orb.Point{34.5, 31.5})
		edges := 0
		index.Search(orb.Bound{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}, func(_, _ orb.Point) bool { edges++; return true })
		if ok != (edges > 0) || !(metres >= 0) || length > 0 && !ok {
			t.Errorf("%s of %d edges is %v m away: %v", name, edges, metres, ok)
		}
		if index.Meets(orb.Bound{Min: orb.Point{34.1, 31.1}, Max: orb.Point{34.2, 31.2}}) && area == 0 && !ok {
			t.Errorf("%s meets a box without an edge or an area", name)
		}
	}
}

func TestAShapeThatNobodyKnowsIsAnErrorOrNothing(t *testing.T) {
	for _, g := range []orb.Geometry{foreign{}, orb.Collection{foreign{}}} {
		if _, err := Area(g); err == nil {
			t.Errorf("%T has an area", g)
		}
		if _, err := NewIndex(g); err == nil {
			t.Errorf("%T has an index", g)
		}
		if length := Length(g); length != 0 {
			t.Errorf("%T has a length of %v", g, length)
		}
	}
}

// Whatever is empty goes through every verb on polygons, lines and rings, and
// comes out as empty as it went in.
func TestEmptyShapesPassThroughEveryVerb(t *testing.T) {
	ctx := context.Background()
	square := orb.MultiPolygon{{ringAt(34, 31, 35, 31, 35, 32, 34, 32)}}
	line := orb.LineString{{34.5, 30}, {34.5, 33}}
	for _, g := range everyShape() {
		polygons := orb.MultiPolygon{}
		switch g := g.(type) {
		case orb.MultiPolygon:
			polygons = g
		case orb.Polygon:
			polygons = orb.MultiPolygon{g}
		case orb.Ring:
			polygons = orb.MultiPolygon{{g}}
			signed, err := SignedArea(g)
			if err != nil || math.Abs(signed) != mustArea(t, g) {
				t.Errorf("%v has a signed area of %v, %v", g, signed, err)
			}
			if InRing(g, orb.Point{34.5, 31.5}) != (signed != 0) {
				t.Errorf("the middle is on the wrong side of %v", g)
			}
			SimpleRing(g)
		default:
			continue
		}
		area := mustArea(t, polygons)
		if _, _, crosses := anyCrossing(polygons); crosses {
			t.Errorf("%v crosses itself", polygons)
		}
		for name, verb := range map[string]func() (orb.MultiPolygon, error){
			"clean":        func() (orb.MultiPolygon, error) { return Clean(ctx, polygons, NonZero) },
			"dissolve":     func() (orb.MultiPolygon, error) { return Dissolve(ctx, polygons, nil) },
			"buffer":       func() (orb.MultiPolygon, error) { return Buffer(ctx, polygons, 0) },
			"union":        func() (orb.MultiPolygon, error) { return Union(ctx, polygons, nil) },
			"intersection": func() (orb.MultiPolygon, error) { return Intersection(ctx, polygons, square) },
			"difference":   func() (orb.MultiPolygon, error) { return Difference(ctx, polygons, orb.MultiPolygon{}) },
			"xor":          func() (orb.MultiPolygon, error) { return SymmetricDifference(ctx, nil, polygons) },
			"cropped":      func() (orb.MultiPolygon, error) { return Cropped(polygons, square.Bound()), nil },
		} {
			out, err := verb()
			if err != nil {
				t.Errorf("%s of %v: %v", name, polygons, err)
			} else if got := mustArea(t, out); math.Abs(got-area) > 1e-3 {
				t.Errorf("%s of %v has %v m², not %v", name, polygons, got, area)
			}
		}
		grown, err := Buffer(ctx, polygons, 100)
		if err != nil || (len(grown) > 0) != (area > 0) {
			t.Errorf("%v grown by 100 m is %v, %v", polygons, grown, err)
		}
		fronts, held, err := FrontArea(ctx, square, []orb.MultiPolygon{polygons, nil}, []float64{0, 0})
		if err != nil || len(fronts) != 2 || math.Abs(held-area) > 1e-3 {
			t.Errorf("the fronts of %v hold %v m²: %v, %v", polygons, held, fronts, err)
		}
		if _, err := Front(ctx, polygons, nil, nil); err != nil {
			t.Errorf("front in %v: %v", polygons, err)
		}
		parts, err := Split(ctx, polygons, line, SplitOptions{})
		if area > 0 && (err != nil || len(parts.Left) == 0) || area == 0 && err == nil {
			t.Errorf("%v is split into %v, %v", polygons, parts, err)
		}
		areas, err := Overlay(ctx, []orb.MultiPolygon{polygons, nil}, Options{})
		if err != nil || math.Abs(areas.Total()-area) > 1e-3 {
			t.Errorf("overlay of %v: %v, %v", polygons, areas, err)
		}
		prepared, err := Prepare([]orb.MultiPolygon{polygons, nil}, Options{})
		if err != nil {
			t.Errorf("prepare %v: %v", polygons, err)
			continue
		}
		if areas, err = prepared.Overlay(ctx, square); err != nil || math.Abs(areas.All(0b101)-area) > 1e-3 {
			t.Errorf("overlay with prepared %v: %v, %v", polygons, areas, err)
		}
		if areas, err = prepared.Overlay(ctx, nil); err != nil || areas.Total() != 0 {
			t.Errorf("overlay of nothing with prepared %v: %v, %v", polygons, areas, err)
		}
	}
	for _, line := range []orb.LineString{nil, {}, {{34.5, 31.5}}, {{34.5, 31.5}, {34.5, 31.5}}} {
		if _, err := Split(ctx, square, line, SplitOptions{}); !errors.Is(err, ErrDegenerateLine) {
			t.Errorf("split by %v: %v", line, err)
		}
	}
}
