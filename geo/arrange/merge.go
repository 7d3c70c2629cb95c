package arrange

import (
	"cmp"
	"slices"
)

// merge makes one edge of all pieces between the same two nodes.
func (a *Arrangement) merge(pieces []piece) {
	if len(a.deltas.start) == 0 {
		a.deltas.reset()
		a.covers.reset()
	}
	pieces = a.byNode(pieces)
	a.edges = slices.Grow(a.edges, len(pieces))
	var counts [8]Count
	list := counts[:0]
	one := [2]struct{ piece, delta int32 }{{-1, 0}, {-1, 0}} // the last single pieces: falling, rising
	for i := 0; i < len(pieces); {
		p := pieces[i]
		j := i + 1
		for j < len(pieces) && pieces[j].a == p.a && pieces[j].b == p.b {
			j++
		}
		edge := Edge{A: a.nodes.hot[p.a].point(), B: a.nodes.hot[p.b].point(), a: p.a, b: p.b}
		if j == i+1 {
			last := &one[0]
			if p.weight > 0 {
				last = &one[1]
			}
			if k := last.piece; k < 0 || pieces[k].class != p.class || pieces[k].weight != p.weight {
				last.piece = int32(i)
				last.delta = a.deltas.number(append(list[:0], Count{p.class, p.weight}))
			}
			edge.delta = last.delta
		} else {
			list = sumPieces(list[:0], pieces[i:j])
			edge.delta = a.deltas.number(list)
		}
		a.edges = append(a.edges, edge)
		i = j
	}
}

// byNode sorts pieces by their ends: by counting for the first, as nodes are
// numbered in order, and by comparing the few that start together.
func (a *Arrangement) byNode(pieces []piece) []piece {
	start := a.counter.count(len(a.nodes.hot), len(pieces), func(i int) int32 { return pieces[i].a })
	sorted := slices.Grow(a.sorted[:0], len(pieces))[:len(pieces)]
	a.sorted = sorted
	for _, p := range pieces {
		sorted[start[p.a]] = p
		start[p.a]++
	}
	lo := int32(0)
	for _, hi := range start[:len(a.nodes.hot)] {
		if hi-lo > 1 {
			slices.SortFunc(sorted[lo:hi], func(p, q piece) int { return cmp.Compare(p.b, q.b) })
		}
		lo = hi
	}
	return sorted
}
