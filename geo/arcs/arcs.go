// Package arcs weighs the vertices of rings and lines for simplification, so
// that neighbours that share a border keep the same vertices of it at any scale.
//
// A vertex is a point, whatever paths run through it. Where all paths agree on
// the two neighbours of a vertex it is an inner vertex of one shared arc; where
// they differ, or a line ends, it is a junction and is always kept. Every arc
// is weighed once, in one direction, whichever path it is read from.
//
// The weight is the effective area of Visvalingam and Whyatt ("Line
// generalisation by repeated elimination of points", The Cartographic Journal
// 30, 1993): the area of the triangle that a vertex forms with its neighbours
// at the time when it is the next to be eliminated, never less than that of
// those eliminated before. Coordinates are integers within arrange.Limit, so
// areas are exact, ties are broken by place on the arc, and weights depend on
// the set of paths alone, not on their order, direction or start.
//
// Borders must have their vertices in common. Where one path has a vertex inside
// an edge of another, node them first (package arrange).
package arcs

import (
	"math"
	"slices"

	"demarc/geo/arrange"
)

// Path is a ring or a line. A ring may repeat its first point at the end.
type Path struct {
	Points []arrange.Point
	Ring   bool
}

// Weigh returns the weight of every vertex of every path, in square units:
// keep the vertices whose weight is at least a threshold to simplify to about
// that area. Junctions and the ends of lines weigh +Inf, and so do two vertices
// of a ring without junctions: its lowest by X, then Y, and the one farthest from
// that. A repeated point has the weight of the point.
//
// It takes O(n log n) time and about 200 bytes a vertex.
func Weigh(paths []Path) [][]float64 {
	n := newNetwork(paths)
	n.junctions()
	for _, run := range n.runs {
		n.weighRun(run)
	}
	weights := make([][]float64, len(paths))
	for i, p := range paths {
		weights[i] = make([]float64, len(p.Points))
		for k := range p.Points {
			weights[i][k] = n.weight[n.at[i][k]]
		}
	}
	return weights
}

// network numbers the points of all paths.
type network struct {
	points []arrange.Point
	at     [][]int32 // by path and vertex: the number of its point
	runs   []run
	beside [][2]int32 // by point: its two neighbours, −1 before they are known
	pinned []bool     // by point
	weight []float64  // by point
	done   []bool     // by point: an inner vertex of a weighed arc
	peeler peeler
}

// run is a path as point numbers, without repetitions.
type run struct {
	at   []int32
	ring bool
}

func newNetwork(paths []Path) *network {
	total := 0
	for _, p := range paths {
		total += len(p.Points)
	}
	n := &network{at: make([][]int32, len(paths))}
	numbers := make(map[arrange.Point]int32, total)
	all := make([]int32, 0, 2*total)
	for i, p := range paths {
		n.at[i] = make([]int32, len(p.Points))
		begin := len(all)
		for k, q := range p.Points {
			id, known := numbers[q]
			if !known {
				id = int32(len(n.points))
				numbers[q] = id
				n.points = append(n.points, q)
			}
			n.at[i][k] = id
			if len(all) == begin || all[len(all)-1] != id {
				all = append(all, id)
			}
		}
		r := run{all[begin:len(all):len(all)], p.Ring}
		for r.ring && len(r.at) > 1 && r.at[0] == r.at[len(r.at)-1] {
			r.at = r.at[:len(r.at)-1]
		}
		n.runs = append(n.runs, r)
	}
	n.beside = make([][2]int32, len(n.points))
	n.pinned = make([]bool, len(n.points))
	n.weight = make([]float64, len(n.points))
	n.done = make([]bool, len(n.points))
	return n
}

// junctions pins every point whose neighbours are not the same in all visits.
func (n *network) junctions() {
	for i := range n.beside {
		n.beside[i] = [2]int32{-1, -1}
	}
	for _, r := range n.runs {
		count := len(r.at)
		for k, id := range r.at {
			if !r.ring && (k == 0 || k == count-1) || count < 3 {
				n.pin(id)
				continue
			}
			a, b := r.at[(k+count-1)%count], r.at[(k+1)%count]
			if a > b {
				a, b = b, a
			}
			switch pair := [2]int32{a, b}; {
			case n.beside[id][0] < 0:
				n.beside[id] = pair
			case n.beside[id] != pair:
				n.pin(id)
			}
		}
	}
}

func (n *network) pin(id int32) {
	n.pinned[id] = true
	n.weight[id] = math.Inf(1)
}

// weighRun weighs the arcs of a run that no earlier run has weighed.
func (n *network) weighRun(r run) {
	count := len(r.at)
	if count < 3 {
		return
	}
	begin := slices.IndexFunc(r.at, func(id int32) bool { return n.pinned[id] })
	if begin < 0 {
		begin = n.pinIsland(r)
	}
	steps := count
	if !r.ring {
		begin, steps = 0, count-1
	}
	arc := []int32{r.at[begin]}
	for k := 1; k <= steps; k++ {
		id := r.at[(begin+k)%count]
		arc = append(arc, id)
		if !n.pinned[id] {
			continue
		}
		if len(arc) > 2 && !n.done[arc[1]] {
			n.weighArc(arc)
		}
		arc = append(arc[:0], id)
	}
}

// pinIsland pins two vertices of a ring without junctions and returns the place
// of the first.
func (n *network) pinIsland(r run) int {
	lowest := 0
	for k, id := range r.at {
		if compare(n.points[id], n.points[r.at[lowest]]) < 0 {
			lowest = k
		}
	}
	o := n.points[r.at[lowest]]
	far, most := lowest, -1.0
	for k, id := range r.at {
		p := n.points[id]
		dx, dy := float64(p.X-o.X), float64(p.Y-o.Y)
		if d := dx*dx + dy*dy; d > most || d == most && compare(p, n.points[r.at[far]]) < 0 {
			far, most = k, d
		}
	}
	n.pin(r.at[lowest])
	n.pin(r.at[far])
	return lowest
}

// weighArc weighs the inner vertices of an arc between two pinned points, read
// from its lower end, or in the lower of the two ways round a loop.
func (n *network) weighArc(arc []int32) {
	first, last := n.points[arc[0]], n.points[arc[len(arc)-1]]
	if c := compare(last, first); c < 0 || c == 0 && compare(n.points[arc[len(arc)-2]], n.points[arc[1]]) < 0 {
		slices.Reverse(arc)
	}
	n.peeler.load(n.points, arc)
	for k, w := range n.peeler.peel() {
		if k > 0 && k < len(arc)-1 {
			n.weight[arc[k]] = w
			n.done[arc[k]] = true
		}
	}
}

func compare(a, b arrange.Point) int {
	switch {
	case a.X < b.X || a.X == b.X && a.Y < b.Y:
		return -1
	case a == b:
		return 0
	}
	return 1
}
