package foreign

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// nesting finds for each ring the innermost one around it, -1 for none. A line
// sweeps from west to east over the edges of all rings; the edge right below the
// westernmost vertex of a ring tells what the ring lies in. Rings may touch.
// Where they cross, or have coordinates that are no numbers, the answer is one of
// those possible. It takes n log n steps for n edges.
func nesting(rings []orb.Ring) []int {
	s := &sweep{below: make([]*edge, len(rings))}
	var events []event
	for i, r := range rings {
		events = s.add(events, i, r)
	}
	slices.SortStableFunc(events, func(a, b event) int {
		return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.kind, b.kind), cmp.Compare(a.y, b.y))
	})
	for _, e := range events {
		switch e.kind {
		case leaves:
			s.status.remove(e.edge)
		case enters:
			s.status.insert(e.edge)
		case asks:
			s.below[e.edge.ring] = e.edge.previous
		}
	}
	return s.around()
}

// The kinds of an event, in the order in which those of one longitude happen.
const (
	leaves = iota
	enters
	asks
)

// event is something that happens where the sweeping line comes by.
type event struct {
	x, y float64
	kind int
	edge *edge
}

// edge is an edge of a ring, from west to east.
type edge struct {
	a, b   orb.Point
	ring   int
	inside bool // the ring lies above it
	size   float64
	node
}

// y is where the edge is at a longitude.
func (e *edge) y(x float64) float64 {
	switch {
	case x <= e.a[0]:
		return e.a[1]
	case x >= e.b[0]:
		return e.b[1]
	}
	return e.a[1] + (e.b[1]-e.a[1])*((x-e.a[0])/(e.b[0]-e.a[0]))
}

// touching is how near, in degrees, rings touch: what is rounded on the way.
const touching = 1e-12

// under orders two edges that the line meets at once, from where the eastern one
// begins.
func (e *edge) under(f *edge) bool {
	x := max(e.a[0], f.a[0])
	if d := e.y(x) - f.y(x); math.Abs(d) > touching {
		return d < 0
	}
	x = min(e.b[0], f.b[0])
	if d := e.y(x) - f.y(x); math.Abs(d) > touching {
		return d < 0
	}
	if e.inside != f.inside { // one on the other: what ends here is below what begins
		return f.inside
	}
	if e.inside { // both begin: the larger ring first
		return e.size > f.size
	}
	return e.size < f.size
}

type sweep struct {
	status tree
	below  []*edge // the edge below the westernmost vertex of each ring, nil for none
}

// add makes events of the edges of a ring, and one that asks what is below it.
func (s *sweep) add(events []event, number int, r orb.Ring) []event {
	area := planarArea(r)
	size := math.Abs(area)
	var first *edge
	for i, a := range r {
		b := r[(i+1)%len(r)]
		e := &edge{a: a, b: b, ring: number, inside: area > 0, size: size}
		if b[0] < a[0] {
			e.a, e.b, e.inside = b, a, !e.inside
		}
		if !(e.a[0] < e.b[0]) || !bothFinite(a) || !bothFinite(b) {
			continue // upright, or no numbers
		}
		e.seed(uint64(number), uint64(i))
		events = append(events, event{e.a[0], e.a[1], enters, e}, event{e.b[0], e.b[1], leaves, e})
		if first == nil || e.a[0] < first.a[0] || e.a[0] == first.a[0] && e.under(first) {
			first = e
		}
	}
	if first != nil {
		events = append(events, event{first.a[0], first.a[1], asks, first})
	}
	return events
}

// around follows what is below each ring: a ring that lies above an edge of
// another lies in it, or beside it, in what that one lies in.
func (s *sweep) around() []int {
	const unknown, busy = -2, -3
	out := make([]int, len(s.below))
	for i := range out {
		out[i] = unknown
	}
	var path []int
	for i := range s.below {
		at, found := i, -1
		for {
			if out[at] == busy { // rings that cross may lie below each other
				break
			}
			if out[at] != unknown {
				found = out[at]
				break
			}
			out[at] = busy
			path = append(path, at)
			below := s.below[at]
			if below == nil || below.ring == at {
				break
			}
			if below.inside {
				found = below.ring
				break
			}
			at = below.ring
		}
		for ; len(path) > 0; path = path[:len(path)-1] {
			out[path[len(path)-1]] = found
		}
	}
	return acyclic(out)
}

// acyclic takes rings out of each other that lie in themselves by way of others, as
// only those do that cross.
func acyclic(around []int) []int {
	state := make([]int, len(around)) // 0 not seen, else the walk that saw it
	for i := range around {
		for at := i; at >= 0 && state[at] == 0; at = around[at] {
			state[at] = i + 1
			if next := around[at]; next >= 0 && state[next] == i+1 {
				around[at] = -1
			}
		}
	}
	return around
}

// planarArea is the signed area of a ring in square degrees, positive counter-clockwise.
func planarArea(r orb.Ring) float64 {
	sum := 0.0
	for i, a := range r {
		b := r[(i+1)%len(r)]
		sum += (a[0]-r[0][0])*(b[1]-r[0][1]) - (b[0]-r[0][0])*(a[1]-r[0][1])
	}
	return sum / 2
}

func bothFinite(p orb.Point) bool { return p[0]-p[0] == 0 && p[1]-p[1] == 0 }
