package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// Within reports whether an edge lies no farther than a distance in metres from a
// point: whether [Index.Nearest] has one there. It costs next to nothing where
// none is near.
func (x *Index) Within(p orb.Point, metres float64) bool {
	plane, ok := planeWithin(p, metres)
	if !ok || !(metres >= 0) || checkPoint(p) != nil {
		_, nearest, _, found := x.Nearest(p)
		return found && nearest <= metres
	}
	east, north := (metres+roundingM)/plane.east, (metres+roundingM)/plane.north
	best := nearestPlace{metres: math.Inf(1)}
	for west := range x.turnsOf(p[0]-east, 2*east) {
		x.tree.search(extent{west, p[1] - north, west + 2*east, p[1] + north}, func(i uint32) bool {
			if s := &x.segments[i]; plane.edge(s) <= metres+roundingM {
				best.search(p, s)
			}
			return best.metres > metres
		})
	}
	return best.metres <= metres
}
