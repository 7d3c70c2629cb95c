package arrange

import (
	"cmp"
	"context"
	"slices"
)

// Polygon is a shell, counter-clockwise, followed by its holes, clockwise.
// Rings do not repeat their first point.
type Polygon [][]Point

// arc is a boundary edge with the region on its left.
type arc struct {
	from, to Point
	next     int32 // the arc that follows round the region
	node     int32 // number of the node it starts from
	end      int32 // number of the node it ends at
	meeting  bool  // several arcs start from that node
	ring     int32 // the cycle it belongs to, −1 before it is traced
}

// tracer turns boundary arcs into rings, and rings into polygons.
type tracer struct {
	arcs    []arc
	nodes   int
	pinned  []key // vertices to keep in straight runs; nil keeps none
	ends    []key
	counter counter
	out     []int32 // arcs by the node they start from
	cycles  []cycle
	path    []int32 // the arcs of the cycle being split, or the cycles on the way to a shell
	seen    []int32 // by node: position in path + 1
}

// cycle is one closed walk round the region.
type cycle struct {
	lowest int32 // its first arc in the order of the spans
	shell  int32 // index of its polygon, or −1 while that is not known
	holes  [][]Point
}

// link finds the arc that follows each arc. Where several start from a node
// it is the first one clockwise from the way back: the two enclose a wedge of
// the region, so a cycle goes round one connected interior.
func (t *tracer) link() {
	start := t.counter.count(t.nodes, len(t.arcs), func(i int) int32 { return t.arcs[i].node })
	t.out = slices.Grow(t.out[:0], len(t.arcs))[:len(t.arcs)]
	for i := len(t.arcs) - 1; i >= 0; i-- {
		last := &start[t.arcs[i].node+1]
		*last--
		t.out[*last] = int32(i)
	}
	// Now start[n+1] is where the arcs from node n start, and the next entry
	// where they end.
	start = append(start[1:], int32(len(t.arcs)))
	for i := range t.arcs {
		a := &t.arcs[i]
		leaving := t.out[start[a.end]:start[a.end+1]]
		a.next = leaving[0]
		for _, o := range leaving[1:] {
			t.arcs[o].meeting, t.arcs[leaving[0]].meeting = true, true
			if clockwiseLess(a.to, a.from, t.arcs[o].to, t.arcs[a.next].to) {
				a.next = o
			}
		}
	}
}

// clockwiseLess reports whether, turning clockwise round p from the direction
// of back, one meets a before b.
func clockwiseLess(p, back, a, b Point) bool {
	if qa, qb := quarter(p, back, a), quarter(p, back, b); qa != qb {
		return qa < qb
	}
	return orient(p, a, b) < 0
}

// quarter places q clockwise from ref, seen from p: 0 within the first half
// turn, 1 opposite, 2 in the second half turn, 3 a full turn.
func quarter(p, ref, q Point) int {
	switch o := orient(p, ref, q); {
	case o < 0:
		return 0
	case o > 0:
		return 2
	}
	if sign(ref.X-p.X) == sign(q.X-p.X) && sign(ref.Y-p.Y) == sign(q.Y-p.Y) {
		return 3
	}
	return 1
}

// trace walks the cycles, splits them into simple rings and places the holes.
func (t *tracer) trace(w *sweep) []Polygon {
	var polygons []Polygon
	t.cycles = t.cycles[:0]
	t.seen = append(t.seen[:0], make([]int32, t.nodes)...)
	orphans := 0
	for i := range t.arcs {
		if t.arcs[i].ring >= 0 {
			continue
		}
		c := cycle{lowest: int32(i), shell: -1}
		t.split(int32(i), int32(len(t.cycles)), func(ring []Point, shell bool) {
			if shell {
				c.shell = int32(len(polygons))
				polygons = append(polygons, Polygon{ring})
			} else {
				c.holes = append(c.holes, ring)
			}
		})
		if c.shell < 0 {
			orphans++
		}
		t.cycles = append(t.cycles, c)
	}
	var below []int32
	if orphans > 0 {
		below = t.below(w)
	}
	for i := range t.cycles {
		if len(t.cycles[i].holes) == 0 {
			continue
		}
		// A hole without a shell of its own lies in the region above the edge
		// directly below its lowest point: the region of that edge's cycle.
		t.path = t.path[:0]
		home := int32(i)
		for t.cycles[home].shell < 0 {
			t.path = append(t.path, home)
			home = t.arcs[below[t.cycles[home].lowest]].ring
		}
		shell := t.cycles[home].shell
		for _, c := range t.path { // so that no way is gone twice
			t.cycles[c].shell = shell
		}
		polygons[shell] = append(polygons[shell], t.cycles[i].holes...)
	}
	slices.SortFunc(polygons, func(p, q Polygon) int { return compareRings(p[0], q[0]) })
	for _, p := range polygons {
		slices.SortFunc(p[1:], compareRings)
	}
	return polygons
}

// compareRings orders rings by their first points, then by their second.
func compareRings(p, q []Point) int {
	if c := cmp.Compare(p[0].key(), q[0].key()); c != 0 {
		return c
	}
	return cmp.Compare(p[1].key(), q[1].key())
}

// split walks one cycle and cuts it where it comes back to a node: what it went
// round since then is a simple ring of its own.
func (t *tracer) split(first, ring int32, found func(ring []Point, shell bool)) {
	t.path = t.path[:0]
	at := first
	for {
		node := t.arcs[at].node
		if k := t.seen[node]; k > 0 { // closed a loop from path[k−1] on
			t.emit(t.path[k-1:], found)
			for _, i := range t.path[k-1:] {
				t.seen[t.arcs[i].node] = 0
			}
			t.path = t.path[:k-1]
		}
		if t.arcs[at].ring >= 0 {
			return
		}
		t.arcs[at].ring = ring
		t.path = append(t.path, at)
		t.seen[node] = int32(len(t.path))
		at = t.arcs[at].next
	}
}

// emit turns a loop of arcs into a ring from its lowest point on.
func (t *tracer) emit(loop []int32, found func(ring []Point, shell bool)) {
	n := len(loop)
	low := 0
	for i := range loop {
		if less(t.arcs[loop[i]].from, t.arcs[loop[low]].from) {
			low = i
		}
	}
	at := func(i int) Point { return t.arcs[loop[(low+i)%n]].from }
	before, after := at(n-1), at(1)
	ring := make([]Point, 0, n)
	for i := range n {
		p := at(i)
		if orient(at(i+n-1), p, at(i+1)) != 0 || t.pinned != nil && (t.arcs[loop[(low+i)%n]].meeting || t.isPinned(p)) {
			ring = append(ring, p)
		}
	}
	// At the lowest point a ring cannot be straight: its turn tells its direction.
	found(ring, orient(before, at(0), after) > 0)
}

func (t *tracer) isPinned(p Point) bool {
	_, found := slices.BinarySearch(t.pinned, p.key())
	return found
}

// below returns, by arc, the arc directly below the node where the group of
// spans that it belongs to starts.
func (t *tracer) below(w *sweep) []int32 {
	below := make([]int32, len(w.spans))
	_ = w.run(context.Background(), t.nodes, func(starting []int32, under int32, _ int) {
		for _, i := range starting {
			below[i] = under
		}
	})
	return below
}
