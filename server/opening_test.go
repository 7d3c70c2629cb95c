package server

import (
	"testing"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
)

func TestAMapOpensOnItsData(t *testing.T) {
	box := func(west, south, east, north float64) orb.Polygon {
		return orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}.ToPolygon()
	}
	for name, c := range map[string]struct {
		shape  orb.MultiPolygon
		centre orb.Point
		zoom   int
	}{
		"eighteen degrees fit at zoom 4": {orb.MultiPolygon{box(22, 44, 40, 52)}, orb.Point{31, 48}, 4},
		"a village at zoom 15":           {orb.MultiPolygon{box(10, 0, 10.0078125, 0.0078125)}, orb.Point{10.00390625, 0.00390625}, 15},
		"both sides of the antimeridian": {orb.MultiPolygon{box(179, 40, 180, 55), box(-180, 40, -177, 55)}, orb.Point{-179, 47.5}, 4},
		"the whole Earth at zoom 0":      {orb.MultiPolygon{box(-180, -90, 180, 90)}, orb.Point{0, 0}, 0},
	} {
		s := &data.Snapshot{Contents: data.Contents{Territories: []data.Territory{{Shape: c.shape}}}}
		if centre, zoom := opening(s); centre != c.centre || zoom != c.zoom {
			t.Errorf("%s: opens at %v, zoom %d, not at %v, zoom %d", name, centre, zoom, c.centre, c.zoom)
		}
	}
}
