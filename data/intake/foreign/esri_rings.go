package foreign

import (
	"cmp"
	"slices"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
	"github.com/tidwall/rtree"
)

// esriShell is a ring that bounds land from outside.
type esriShell struct {
	ring  orb.Ring
	box   orb.Bound
	size  float64    // of the box
	index *geo.Index // nil where the ring is beyond the map
	known bool       // index was made
	holes []orb.Ring
}

// esriPolygons makes polygons of rings in any order, of which those that run clockwise are
// shells and the others holes: each of the smallest shell round it. It returns the
// numbers of the holes that no shell is round.
func esriPolygons(rings []orb.Ring) (polygons orb.MultiPolygon, outside []int) {
	var shells []*esriShell
	var tree rtree.RTreeG[*esriShell]
	for _, r := range rings {
		if r.Orientation() != orb.CCW { // one of no area, package geojson refuses
			box := r.Bound()
			s := &esriShell{ring: r, box: box, size: (box.Max[0] - box.Min[0]) * (box.Max[1] - box.Min[1])}
			shells = append(shells, s)
			tree.Insert(box.Min, box.Max, s)
		}
	}
	for i, r := range rings {
		if r.Orientation() != orb.CCW {
			continue
		}
		var near []*esriShell
		box := r.Bound()
		tree.Search(box.Min, box.Max, func(_, _ [2]float64, s *esriShell) bool {
			near = append(near, s)
			return true
		})
		slices.SortFunc(near, func(a, b *esriShell) int { return cmp.Compare(a.size, b.size) })
		at := slices.IndexFunc(near, func(s *esriShell) bool { return s.isRound(r) })
		if at < 0 {
			outside = append(outside, i)
			continue
		}
		near[at].holes = append(near[at].holes, r)
	}
	for _, s := range shells {
		polygons = append(polygons, append(orb.Polygon{s.ring}, s.holes...))
	}
	rewound(polygons)
	return polygons, outside
}

// isRound reports whether a hole is inside the shell. It may touch it, so that more
// than one of its places is looked at.
func (s *esriShell) isRound(hole orb.Ring) bool {
	if inner := hole.Bound(); !s.box.Contains(inner.Min) || !s.box.Contains(inner.Max) {
		return false
	}
	if !s.known {
		s.index, _ = geo.NewIndex(orb.Polygon{s.ring})
		s.known = true
	}
	if s.index == nil {
		return true // package geojson says where it is beyond the map
	}
	a, b, c := hole[0], hole[len(hole)/3], hole[2*len(hole)/3]
	middle := orb.Point{(a[0] + hole[1][0]) / 2, (a[1] + hole[1][1]) / 2}
	return s.index.Contains(a) && s.index.Contains(b) && s.index.Contains(c) && s.index.Contains(middle)
}
