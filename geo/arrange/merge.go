package arrange

import (
	"cmp"
	"slices"
)

// merge makes one edge of all pieces between the same two nodes.
func (a *Arrangement) merge(pieces []piece) {
	slices.SortFunc(pieces, func(p, q piece) int {
		if c := cmp.Compare(p.a, q.a); c != 0 {
			return c
		}
		return cmp.Compare(p.b, q.b)
	})
	if len(a.deltas.start) == 0 {
		a.deltas.reset()
		a.covers.reset()
	}
	var counts [8]Count
	list := counts[:0]
	one := [2]struct{ piece, delta int32 }{{-1, 0}, {-1, 0}} // the last single pieces: falling, rising
	for i := 0; i < len(pieces); {
		p := pieces[i]
		j := i + 1
		for j < len(pieces) && pieces[j].a == p.a && pieces[j].b == p.b {
			j++
		}
		edge := Edge{A: p.a.point(), B: p.b.point()}
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

// sumPieces appends the sums of the weights by rising class, without zeros.
func sumPieces(list []Count, pieces []piece) []Count {
	slices.SortFunc(pieces, func(p, q piece) int { return cmp.Compare(p.class, q.class) })
	for i := 0; i < len(pieces); {
		class, sum := pieces[i].class, int32(0)
		for ; i < len(pieces) && pieces[i].class == class; i++ {
			sum += pieces[i].weight
		}
		if sum != 0 {
			list = append(list, Count{class, sum})
		}
	}
	return list
}
