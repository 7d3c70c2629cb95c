package arrange

import (
	"cmp"
	"context"
	"slices"
)

// Faces numbers the connected pieces of the plane between the edges.
type Faces struct {
	// Left and Right give the face on either side of each edge of Edges.
	Left, Right []int32
	// N is the number of faces. Face 0 is the outside.
	N int
}

// halfEdge is an edge seen from one of its ends.
type halfEdge struct {
	from, to Point
	left     int32 // the side on its left: 2i is the left of edge i, 2i+1 its right
}

// Faces finds the faces. Edges for which separates is false are looked through,
// as if they were not there; nil keeps them all. An edge with the same face on
// both sides separates nothing: it is looked through, it dangles, or it joins
// what is joined already. Call Node first.
func (a *Arrangement) Faces(ctx context.Context, separates func(Edge) bool) (Faces, error) {
	n := len(a.edges)
	sets := make(unionFind, 2*n+1)
	for i := range sets {
		sets[i] = int32(i)
	}
	outside := int32(2 * n)
	turn(a.edges, sets)
	for i, e := range a.edges {
		if separates != nil && !separates(e) {
			sets.join(int32(2*i), int32(2*i+1))
		}
	}

	// West of the leftmost node of a component is the face above the edge below.
	err := a.spread().run(ctx, len(a.nodes.hot), func(starting []int32, below int32, ending int) {
		switch west := 2*starting[0] + 1; {
		case ending > 0:
		case below >= 0:
			sets.join(west, 2*below)
		default:
			sets.join(west, outside)
		}
	})
	if err != nil {
		return Faces{}, err
	}

	number := make([]int32, 2*n+1)
	f := Faces{Left: make([]int32, n), Right: make([]int32, n), N: 1}
	of := func(side int32) int32 {
		root := sets.find(side)
		if root == sets.find(outside) {
			return 0
		}
		if number[root] == 0 {
			number[root] = int32(f.N)
			f.N++
		}
		return number[root]
	}
	for i := range a.edges {
		f.Left[i], f.Right[i] = of(int32(2*i)), of(int32(2*i+1))
	}
	return f, nil
}

// turn joins, round every node, the left of each half edge with the right of
// the next one counter-clockwise: the wedge between them is one face.
func turn(edges []Edge, sets unionFind) {
	halves := make([]halfEdge, 0, 2*len(edges))
	for i, e := range edges {
		halves = append(halves, halfEdge{e.A, e.B, int32(2 * i)}, halfEdge{e.B, e.A, int32(2*i + 1)})
	}
	slices.SortFunc(halves, func(g, h halfEdge) int {
		if c := cmp.Compare(g.from.key(), h.from.key()); c != 0 {
			return c
		}
		if ge, he := less(g.from, g.to), less(h.from, h.to); ge != he {
			if ge { // counter-clockwise from straight down: first what runs right
				return -1
			}
			return 1
		}
		return -sign(orient(g.from, g.to, h.to))
	})
	for i := 0; i < len(halves); {
		j := i + 1
		for j < len(halves) && halves[j].from == halves[i].from {
			j++
		}
		for k := i; k < j; k++ {
			next := k + 1
			if next == j {
				next = i
			}
			sets.join(halves[k].left, halves[next].left^1)
		}
		i = j
	}
}

// unionFind keeps disjoint sets of numbers.
type unionFind []int32

func (u unionFind) find(a int32) int32 {
	for u[a] != a {
		u[a] = u[u[a]]
		a = u[a]
	}
	return a
}

func (u unionFind) join(a, b int32) {
	if a, b = u.find(a), u.find(b); a != b {
		u[max(a, b)] = min(a, b)
	}
}
