package geo

import "github.com/demarc-map/demarc/geo/arrange"

// sides collects the sides of valid polygons and drops those that run both
// ways: a border that two neighbours share, vertex by vertex, divides nothing
// from nothing where both count alike. Of a country cut into zones the outline
// is left, which is what there is to arrange.
//
// Windings add up, so the sums on either side of every other place stay what
// they were. Only what the borders would have bent by less than the grid's unit
// is not bent any more.
type sides struct {
	list     []ringSide
	free     []int32 // positions in list of sides that were dropped
	table    []int32 // open addressing by ends: position in list + 1, or gone
	together func(class int) int
}

// ringSide runs from a to b, with a before b by X, then Y, and weight says how
// often along that way; at 0 it has been dropped.
type ringSide struct {
	a, b   arrange.Point
	class  int32
	weight int32
}

// reset makes room for sides. Classes that count together drop each other's.
func (s *sides) reset(sides int, together func(class int) int) {
	size := 16
	for size < sides+sides/2 {
		size *= 2
	}
	s.list, s.free, s.table, s.together = s.list[:0], s.free[:0], make([]int32, size), together
}

// add appends a ring; see arrange.Arrangement.AddRing.
func (s *sides) add(ring []arrange.Point, class, weight int32) {
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		switch {
		case p == q:
		case p.X < q.X || p.X == q.X && p.Y < q.Y:
			s.side(ringSide{p, q, class, weight})
		default:
			s.side(ringSide{q, p, class, -weight})
		}
	}
}

// mostProbes bounds the search for a side, however often sides repeat: one that
// is not dropped only costs time.
const mostProbes = 64

// gone marks a place of the table whose side was dropped.
const gone = -1

func (s *sides) side(n ringSide) {
	mask := uint64(len(s.table) - 1)
	place := -1 // in the table, for n
	at := n.hash() & mask
	for range mostProbes {
		k := s.table[at]
		if k <= 0 && place < 0 {
			place = int(at)
		}
		if k == 0 {
			break
		}
		if k != gone {
			old := &s.list[k-1]
			if old.a == n.a && old.b == n.b && (old.class == n.class || old.weight == -n.weight && s.alike(old.class, n.class)) {
				if old.weight += n.weight; old.weight == 0 {
					s.table[at] = gone
					s.free = append(s.free, k-1)
				}
				return
			}
		}
		at = (at + 1) & mask
	}
	k := len(s.list)
	if last := len(s.free) - 1; last >= 0 {
		k, s.free = int(s.free[last]), s.free[:last]
		s.list[k] = n
	} else {
		s.list = append(s.list, n)
	}
	if place >= 0 {
		s.table[place] = int32(k + 1)
	}
}

func (s *sides) alike(a, b int32) bool {
	return s.together != nil && s.together(int(a)) == s.together(int(b))
}

// hash mixes the ends by the multipliers of splitmix64 (Steele et al., 2014).
func (n *ringSide) hash() uint64 {
	h := uint64(n.a.X)*0x9e3779b97f4a7c15 ^ uint64(n.a.Y)*0xbf58476d1ce4e5b9
	h = (h ^ h>>29) * 0x94d049bb133111eb
	h ^= uint64(n.b.X)*0xbf58476d1ce4e5b9 + uint64(n.b.Y)*0x9e3779b97f4a7c15
	h = (h ^ h>>32) * 0xbf58476d1ce4e5b9
	return h ^ h>>29
}
