package geo

import (
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// InnerPoint returns a place that lies in the polygons of a geometry, always the
// same for the same geometry: the middle of the widest run in a polygon along a
// parallel through its middle, of the polygon where that is widest. The
// parallel runs between vertices, as near to half the height as they let it. Where
// rounding leaves no place of a run inside, it is a vertex, which [Index.Contains]
// has inside as well.
//
// It is not ok without polygons. The error is that of [Area].
func InnerPoint(g orb.Geometry) (place orb.Point, ok bool, err error) {
	widest := -1.0
	for i, polygon := range polygonsOf(g, nil) {
		x, err := NewIndex(polygon)
		if err != nil {
			return orb.Point{}, false, fmt.Errorf("polygon %d %w", i, err)
		}
		if len(x.segments) == 0 {
			continue
		}
		if p, width := x.widestRun(); width > widest {
			place, widest = p, width
		}
	}
	place[0] -= 360 * math.Round(place[0]/360)
	return place, widest >= 0, nil
}

// polygonsOf appends the polygons of a geometry.
func polygonsOf(g orb.Geometry, to []orb.Polygon) []orb.Polygon {
	switch g := g.(type) {
	case orb.Polygon:
		return append(to, g)
	case orb.MultiPolygon:
		return append(to, g...)
	case orb.Ring:
		return append(to, orb.Polygon{g})
	case orb.Bound:
		return append(to, g.ToPolygon())
	case orb.Collection:
		for _, member := range g {
			to = polygonsOf(member, to)
		}
	}
	return to
}

// widestRun returns the middle of the widest run inside along the parallel
// through the middle, and its width in degrees as of the equator; a vertex and 0
// where there is none.
func (x *Index) widestRun() (orb.Point, float64) {
	lat := x.betweenVertices()
	var crossings []float64
	for i := range x.segments {
		a, b := x.segments[i].a, x.segments[i].b
		if (a[1] > lat) != (b[1] > lat) {
			crossings = append(crossings, a[0]+(lat-a[1])/(b[1]-a[1])*(b[0]-a[0]))
		}
	}
	slices.Sort(crossings)
	place, widest := x.segments[0].a, 0.0
	for i := 0; i+1 < len(crossings); i++ {
		west, east := crossings[i], crossings[i+1]
		p := orb.Point{west + (east-west)/2, lat}
		if width := (east - west) * math.Cos(lat*degree); width > widest && x.Contains(p) {
			place, widest = p, width
		}
	}
	return place, widest
}

// betweenVertices is the latitude half-way between the vertices next above and
// below half the height.
func (x *Index) betweenVertices() float64 {
	middle := x.box.south + (x.box.north-x.box.south)/2
	below, above := x.box.south, x.box.north
	for i := range x.segments {
		if lat := x.segments[i].a[1]; lat <= middle {
			below = max(below, lat)
		} else {
			above = min(above, lat)
		}
	}
	return below + (above-below)/2
}
