package server

import (
	"math"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
)

// openingWidth is the pixels, 512 a tile, in which the map of a dataset fits at its opening zoom.
const openingWidth = 640

// opening returns where a map of a snapshot opens: in the middle of everything
// in it, of data on both sides of the antimeridian too, at the zoom from 0 to 16
// at which all of it is in sight.
func opening(s *data.Snapshot) (centre orb.Point, zoom int) {
	bounds := s.Bound()
	if turned := turnedBound(s); turned.Max[0]-turned.Min[0] < bounds.Max[0]-bounds.Min[0] {
		bounds = turned
	}
	centre = bounds.Center()
	if centre[0] > 180 {
		centre[0] -= 360
	}
	side := max((bounds.Max[0]-bounds.Min[0])/360, mercator(bounds.Max[1])-mercator(bounds.Min[1]))
	if side <= 0 {
		return centre, 16
	}
	return centre, min(max(int(math.Floor(math.Log2(openingWidth/512.0/side))), 0), 16)
}

// mercator is how far up a latitude is on the square map of the world, of side 1.
func mercator(lat float64) float64 {
	sin := math.Sin(min(max(lat, -85.05), 85.05) * math.Pi / 180)
	return math.Atanh(sin) / (2 * math.Pi)
}

// turnedBound is the bounding box when what lies wholly in the west is one turn on.
func turnedBound(s *data.Snapshot) orb.Bound {
	bound := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	add := func(box orb.Bound) {
		if box.Max[0] <= 0 {
			box.Min[0], box.Max[0] = box.Min[0]+360, box.Max[0]+360
		}
		bound = bound.Union(box)
	}
	for i := range s.Territories {
		for _, polygon := range s.Territories[i].Shape {
			add(polygon.Bound())
		}
	}
	for i := range s.Zones {
		for _, polygon := range s.Zones[i].Shape {
			add(polygon.Bound())
		}
	}
	for i := range s.Lines {
		add(s.Lines[i].Shape.Bound())
	}
	for i := range s.Places {
		add(s.Places[i].Point.Bound())
	}
	return bound
}
