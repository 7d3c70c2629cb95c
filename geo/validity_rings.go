package geo

import (
	"slices"

	"github.com/paulmach/orb"
)

// crossAtPoints finds rings that go from one side of another to its other side
// through a place that both touch: the ways out of that place, sorted around it,
// nest like brackets when no two rings cross there.
func (v *validity) crossAtPoints() {
	type way struct {
		ring int
		to   orb.Point
	}
	for _, at := range v.places {
		var ways []way
		for _, p := range v.touching[at] {
			ways = append(ways, way{p.ring, p.before}, way{p.ring, p.after})
		}
		slices.SortStableFunc(ways, func(a, b way) int { return compareAround(at, a.to, b.to) })
		var open []int
		for _, w := range ways {
			if n := len(open); n > 0 && open[n-1] == w.ring {
				open = open[:n-1]
			} else {
				open = append(open, w.ring)
			}
		}
		if len(open) > 1 {
			v.flaw(RingsCrossAtPoint, at, int32(min(open[0], open[1])), int32(max(open[0], open[1])))
		}
	}
}

// compareAround orders places by their direction from a centre, from east by
// north, exactly.
func compareAround(centre, a, b orb.Point) int {
	if h := half(centre, a) - half(centre, b); h != 0 {
		return h
	}
	return -orientation(centre, a, b)
}

// half is 0 for directions from east up to but without west, else 1.
func half(centre, p orb.Point) int {
	if p[1] > centre[1] || p[1] == centre[1] && p[0] > centre[0] {
		return 0
	}
	return 1
}

// cutInteriors finds polygons whose rings, joined where they touch, close a
// chain: the interior within the chain and the rest of it do not hang together.
func (v *validity) cutInteriors() {
	type touch struct {
		polygon int
		at      orb.Point
	}
	chain := newChains(len(v.rings))
	ends := map[touch]int{} // numbers of the places where rings of a polygon touch
	for _, at := range v.places {
		for _, p := range v.touching[at] {
			key := touch{v.polygon[p.ring], at}
			place, known := ends[key]
			if !known {
				place = chain.add()
				ends[key] = place
			}
			if !chain.join(place, p.ring) {
				v.flaw(InteriorCut, at, int32(p.ring), int32(p.ring))
			}
		}
	}
}

// chains tells what is joined to what (a disjoint-set forest).
type chains struct{ parent []int }

func newChains(n int) *chains {
	c := &chains{}
	for range n {
		c.add()
	}
	return c
}

func (c *chains) add() int {
	c.parent = append(c.parent, len(c.parent))
	return len(c.parent) - 1
}

func (c *chains) root(i int) int {
	for c.parent[i] != i {
		c.parent[i] = c.parent[c.parent[i]]
		i = c.parent[i]
	}
	return i
}

// join joins two; false when they were joined already.
func (c *chains) join(a, b int) bool {
	a, b = c.root(a), c.root(b)
	c.parent[a] = b
	return a != b
}
