package geo

import "github.com/paulmach/orb"

// Meets reports whether the lines and polygons of the index touch a box: an
// edge or an inner place of theirs lies in it or on its border. It is decided
// exactly. The box may run on past 180, as in [Index.Search]; a box without
// height or width is a line or a place.
func (x *Index) Meets(box orb.Bound) bool {
	width := box.Max[0] - box.Min[0]
	for west := range x.turnsOf(box.Min[0], width) {
		here := orb.Bound{Min: orb.Point{west, box.Min[1]}, Max: orb.Point{west + width, box.Max[1]}}
		met := false
		x.tree.search(extent{here.Min[0], here.Min[1], here.Max[0], here.Max[1]}, func(i uint32) bool {
			met = x.segments[i].meets(here)
			return !met
		})
		// Without an edge in it the box lies all inside or all outside.
		if met || x.containsHere(here.Min) {
			return true
		}
	}
	return false
}

// meets reports whether an edge touches a box: neither a meridian, nor a
// parallel, nor the line of the edge itself has them on different sides.
func (s *indexSegment) meets(box orb.Bound) bool {
	e := s.extent()
	if e.west > box.Max[0] || e.east < box.Min[0] || e.south > box.Max[1] || e.north < box.Min[1] {
		return false
	}
	left, right := false, false
	for _, corner := range [4]orb.Point{box.Min, {box.Max[0], box.Min[1]}, box.Max, {box.Min[0], box.Max[1]}} {
		side := orientation(s.a, s.b, corner)
		left, right = left || side >= 0, right || side <= 0
	}
	return left && right
}
