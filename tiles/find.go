package tiles

import (
	"slices"

	"github.com/demarc-map/demarc/geo/rtree"
)

// packParts returns the tree in which tiles find the parts they show.
func packParts(parts []part) *rtree.Tree[int32] {
	return rtree.New(len(parts), func(i int) rtree.Box[float64] {
		b := &parts[i].box
		return rtree.Box[float64]{MinX: float64(b.MinX), MinY: float64(b.MinY), MaxX: float64(b.MaxX), MaxY: float64(b.MaxY)}
	}, func(b rtree.Box[float64]) box {
		return box{MinX: int32(b.MinX), MinY: int32(b.MinY), MaxX: int32(b.MaxX), MaxY: int32(b.MaxY)}
	})
}

// find appends the parts whose boxes meet a box, in their order.
func find(parts *rtree.Tree[int32], found []uint32, b box) []uint32 {
	found, _ = (&prepared{}).findShown(parts, found, b, 0)
	return found
}

// findShown is find without the parts whose first zoom comes after a zoom. It
// tells how many of these are details.
func (p *prepared) findShown(parts *rtree.Tree[int32], found []uint32, b box, zoom uint8) (shown []uint32, small int) {
	begin := len(found)
	parts.Search(b, func(part uint32) bool {
		switch {
		case p.first == nil || p.first[part] <= zoom:
			found = append(found, part)
		case p.features[p.parts[part].feature].detail:
			small++
		}
		return true
	})
	slices.Sort(found[begin:])
	return found, small
}
