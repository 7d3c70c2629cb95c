package geo

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/demarc-map/demarc/geo/rtree"
)

// edgeTree finds edges, by their numbers, from where they are. It holds their
// extents as float32, rounded outward, so a search may find an edge that lies
// beside what is asked for by a rounding, about 1e-7 of the coordinate, but
// never misses one.
type edgeTree struct{ tree *rtree.Tree[float32] }

// newEdgeTree packs n edges.
func newEdgeTree(n int, at func(edge int) extent) edgeTree {
	return edgeTree{rtree.New(n, func(edge int) rtree.Box[float64] {
		e := at(edge)
		return rtree.Box[float64]{MinX: e.west, MinY: e.south, MaxX: e.east, MaxY: e.north}
	}, roundOut)}
}

// roundOut returns the least box around another.
func roundOut(b rtree.Box[float64]) rtree.Box[float32] {
	return rtree.Box[float32]{MinX: roundDown(b.MinX), MinY: roundDown(b.MinY), MaxX: -roundDown(-b.MaxX), MaxY: -roundDown(-b.MaxY)}
}

func roundDown(v float64) float32 {
	f := float32(v)
	if float64(f) > v {
		f = math.Nextafter32(f, float32(math.Inf(-1)))
	}
	return f
}

// search calls visit with every edge whose extent touches another, in no
// particular but always the same order, until visit returns false.
func (t edgeTree) search(e extent, visit func(edge uint32) bool) {
	if !e.empty() && e.south <= e.north {
		t.tree.Search(roundOut(rtree.Box[float64]{MinX: e.west, MinY: e.south, MaxX: e.east, MaxY: e.north}), visit)
	}
}

// nearest calls visit with edges, those first that may be nearest to p, until
// none is left that may be nearer than the distance in metres that visit
// returned last.
func (t edgeTree) nearest(p orb.Point, visit func(edge uint32) float64) {
	t.nearestBy(func(e extent) float64 { return boxDistance(p, e) }, visit)
}

// nearestBy is nearest by another bound of the distance to what lies in a box.
func (t edgeTree) nearestBy(bound func(extent) float64, visit func(edge uint32) float64) {
	t.tree.Nearest(func(b rtree.Box[float32]) float64 {
		return bound(extent{float64(b.MinX), float64(b.MinY), float64(b.MaxX), float64(b.MaxY)})
	}, visit)
}
