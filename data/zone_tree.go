package data

import (
	"sync"

	"github.com/paulmach/orb"
	"github.com/tidwall/rtree"
)

// zoneTree finds zones by their bounding boxes. It is made when it is first asked.
type zoneTree struct {
	once sync.Once
	tree rtree.RTreeG[int32]
}

// search tells the positions of the zones whose boxes touch a box until each returns false.
func (t *zoneTree) search(zones []Zone, box orb.Bound, each func(i int32) bool) {
	t.once.Do(func() {
		for i := range zones {
			bound := zones[i].Shape.Bound()
			t.tree.Insert(bound.Min, bound.Max, int32(i))
		}
	})
	t.tree.Search(box.Min, box.Max, func(_, _ [2]float64, i int32) bool { return each(i) })
}
