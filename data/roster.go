package data

import (
	"math/bits"
	"slices"

	"github.com/demarc-map/demarc/geo/rtree"

	"github.com/paulmach/orb"
)

// roster is the zones that count in an edition, ready to be listed by where they lie.
type roster struct {
	zones   []*Zone // by id
	tree    *rtree.Tree[float64]
	days    []Date   // of the evidence of each
	source  []int32  // of each, a position in sources
	sources []string // in order
}

// newRoster lists zones that come by id.
func newRoster(s *Snapshot, zones []*Zone) *roster {
	r := &roster{zones: zones, days: make([]Date, len(zones)), source: make([]int32, len(zones))}
	r.sources = ids(zones, func(z *Zone) string { return z.Source })
	slices.Sort(r.sources)
	r.sources = slices.Clone(slices.Compact(r.sources))
	for i, z := range zones {
		r.days[i] = s.EvidenceDay(z)
		at, _ := slices.BinarySearch(r.sources, z.Source)
		r.source[i] = int32(at)
	}
	r.tree = rtree.New(len(zones), func(i int) rtree.Box[float64] { return boxOf(zones[i].Shape.Bound()) }, func(b rtree.Box[float64]) rtree.Box[float64] { return b })
	return r
}

func boxOf(b orb.Bound) rtree.Box[float64] {
	return rtree.Box[float64]{MinX: b.Min[0], MinY: b.Min[1], MaxX: b.Max[0], MaxY: b.Max[1]}
}

// near is what the zones that touch a box say of themselves. They are marked where they
// lie and then read off by id, so that no ids are compared.
func (r *roster) near(box orb.Bound) (out counted) {
	marks, said := make([]uint64, (len(r.zones)+63)/64), make([]bool, len(r.sources))
	count := 0
	r.tree.Search(boxOf(box), func(i uint32) bool {
		marks[i/64] |= 1 << (i % 64)
		count++
		return true
	})
	out.features = make([]string, 0, count+1) // the territory joins them
	for w, word := range marks {
		for ; word != 0; word &= word - 1 {
			i := 64*w + bits.TrailingZeros64(word)
			out.features = append(out.features, r.zones[i].ID)
			out.newest = max(out.newest, r.days[i])
			said[r.source[i]] = true
		}
	}
	for i, source := range r.sources {
		if said[i] {
			out.sources = append(out.sources, source)
		}
	}
	return out
}

// bytes is about what a roster weighs.
func (r *roster) bytes() int64 { return 72*int64(len(r.zones)) + 16*int64(len(r.sources)) }
