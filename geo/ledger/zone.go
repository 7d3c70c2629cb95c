package ledger

import (
	"slices"
	"sync/atomic"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// stock is what all cells of a ledger share.
type stock struct {
	zones  []zone
	budget int           // edges that a leaf may hold
	work   chan struct{} // who opens a cell has one place of it
	bytes  atomic.Int64
}

// zone is a zone whose shells turn left and whose holes turn right.
type zone struct {
	shape     orb.MultiPolygon
	bound     orb.Bound
	accuracyM float64
	edges     int
}

// farthest is how many degrees from the equator and from the prime meridian cells reach.
const farthestNorth, farthestEast = 85, 179.9

// fits reports whether polygons lie where a plane of longitude and latitude tells all.
func fits(polygons orb.MultiPolygon) bool {
	for _, p := range polygons {
		if b := p.Bound(); !(b.Min[0] >= -farthestEast && b.Max[0] <= farthestEast && b.Min[1] >= -farthestNorth && b.Max[1] <= farthestNorth && b.Max[0]-b.Min[0] <= 180) {
			return false
		}
	}
	return true
}

func edges(polygons orb.MultiPolygon) (n int) {
	for _, p := range polygons {
		for _, r := range p {
			n += len(r)
		}
	}
	return n
}

// oriented returns polygons whose shells turn left and whose holes turn right, so
// that how they wind round places adds up, cropped or not: a cropped ring does not
// tell any more which way it turns. Polygons that turn so already are not copied.
func oriented(polygons orb.MultiPolygon) orb.MultiPolygon {
	copied := false
	for i, p := range polygons {
		for k, r := range p {
			if turn, err := geo.SignedArea(r); err != nil || (turn > 0) == (k == 0) || turn == 0 {
				continue
			}
			if !copied {
				polygons, copied = slices.Clone(polygons), true
			}
			if &polygons[i][0] == &p[0] {
				polygons[i] = slices.Clone(p)
			}
			polygons[i][k] = slices.Clone(r)
			slices.Reverse(polygons[i][k])
		}
	}
	return polygons
}
