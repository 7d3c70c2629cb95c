package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// overlayEdge is one edge, x1 ≤ x2, in degrees of longitude (x) and latitude
// (y) from the origin of its set.
//
// There is no area under a vertical edge, x1 = x2, so an overlay leaves them
// out. Prepared layers keep them, in the direction of their ring, since such
// an edge may cross the bottom line of a window.
type overlayEdge struct {
	x1, y1, x2, y2 float64
	ring           int32
	step           int32 // what going up through it adds to the ring's winding: +1 or -1
}

// between returns the heights of the edge at the borders west and east, or at
// its ends where they lie between these.
func (e *overlayEdge) between(west, east float64) (y1, y2 float64) {
	if e.x1 == e.x2 {
		return e.y1, e.y2
	}
	return e.y(max(west, e.x1)), e.y(min(east, e.x2))
}

// y returns the height of the edge at x, from the nearer end.
func (e *overlayEdge) y(x float64) float64 {
	switch {
	case x <= e.x1:
		return e.y1
	case x >= e.x2:
		return e.y2
	case x-e.x1 < e.x2-x:
		return e.y1 + (x-e.x1)*((e.y2-e.y1)/(e.x2-e.x1))
	}
	return e.y2 - (e.x2-x)*((e.y2-e.y1)/(e.x2-e.x1))
}

// x returns where an edge that is not horizontal has the height y.
func (e *overlayEdge) x(y float64) float64 {
	if math.Abs(y-e.y1) < math.Abs(e.y2-y) {
		return e.x1 + (y-e.y1)*((e.x2-e.x1)/(e.y2-e.y1))
	}
	return e.x2 - (e.y2-y)*((e.x2-e.x1)/(e.y2-e.y1))
}

// edgeSet holds the edges of all polygons of an overlay.
type edgeSet struct {
	edges    []overlayEdge
	rings    []setRing
	polygons []setPolygon
	rule     FillRule
	layers   int
	vertical bool      // keep vertical edges
	box      extent    // of all edges, in longitude and latitude
	origin   orb.Point // what the coordinates of the edges are relative to
	window   *window   // what to measure; nil is everything
}

// setRing says what a ring does for its polygon, which covers a place when its
// shell winds round it and no hole does. Under EvenOdd the rings of a polygon
// count as a single one.
type setRing struct {
	polygon int32
	hole    bool
}

// setPolygon is one polygon of a set: its layer and where its edges are.
type setPolygon struct {
	layer      int
	begin, end int
	box        extent
}

// newEdgeSet returns an empty set with room for polygons.
func newEdgeSet(rule FillRule, layers int, sizes []orb.MultiPolygon) *edgeSet {
	polygons, edges := 0, 0
	for _, layer := range sizes {
		polygons += len(layer)
		for _, polygon := range layer {
			for _, r := range polygon {
				edges += len(r)
			}
		}
	}
	return &edgeSet{
		edges:    make([]overlayEdge, 0, edges),
		polygons: make([]setPolygon, 0, polygons),
		rule:     rule, layers: layers, box: newExtent(),
	}
}

// addPolygon appends the edges of one polygon.
func (s *edgeSet) addPolygon(polygon orb.Polygon, layer int) error {
	begin, first, id := len(s.edges), len(s.rings), int32(len(s.polygons))
	box, err := eachRing(polygon, func(ring orb.Ring, shift float64, as role) {
		if s.rule == NonZero || len(s.rings) == first {
			s.rings = append(s.rings, setRing{id, s.rule == NonZero && as == hole})
		}
		s.addRing(ring, shift, int32(len(s.rings)-1))
	})
	if err != nil {
		return err
	}
	s.polygons = append(s.polygons, setPolygon{layer, begin, len(s.edges), box})
	s.box.join(box)
	return nil
}

// addRing appends the edges of a ring. Going up through an edge that runs east
// enters a counter-clockwise ring.
func (s *edgeSet) addRing(vertices orb.Ring, shift float64, ring int32) {
	if len(vertices) < 3 {
		return
	}
	prev := vertices[len(vertices)-1]
	prev[0] += shift
	for _, p := range vertices {
		p[0] += shift
		if prev[0] < p[0] {
			s.edges = append(s.edges, overlayEdge{prev[0], prev[1], p[0], p[1], ring, +1})
		} else if prev[0] > p[0] {
			s.edges = append(s.edges, overlayEdge{p[0], p[1], prev[0], prev[1], ring, -1})
		} else if s.vertical && prev[1] != p[1] {
			s.edges = append(s.edges, overlayEdge{prev[0], prev[1], p[0], p[1], ring, +1})
		}
		prev = p
	}
}
