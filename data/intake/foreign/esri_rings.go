package foreign

import "github.com/paulmach/orb"

// esriPolygons makes polygons of rings in any order, of which those that run clockwise are
// shells and the others holes: each of the innermost shell round it. It returns the
// numbers of the holes that no shell is round.
func esriPolygons(rings []orb.Ring) (polygons orb.MultiPolygon, outside []int) {
	isHole, around := directed(rings)
	return assembled(rings, isHole, around), orphans(isHole, around)
}
