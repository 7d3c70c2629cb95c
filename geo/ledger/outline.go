package ledger

import "github.com/paulmach/orb"

// outline returns one ring that winds round places as often as all shells and holes
// of valid polygons together, each turning its way: the same that they cover. Edges
// that run both ways are left out, so that of zones side by side their common outline
// is left; what is left is chained, and the chains are joined by ways there and back.
func outline(shapes []orb.MultiPolygon) orb.MultiPolygon {
	count := map[edge]int{}
	var order []edge
	for _, shape := range shapes {
		for _, p := range shape {
			for _, r := range p {
				for i := 1; i < len(r); i++ {
					e := edge{r[i-1], r[i]}
					if back := (edge{e.to, e.from}); count[back] > 0 {
						count[back]--
					} else if e.from != e.to {
						count[e]++
						order = append(order, e)
					}
				}
			}
		}
	}
	next := map[orb.Point][]orb.Point{}
	kept := order[:0]
	for _, e := range order {
		if count[e] > 0 {
			count[e]--
			next[e.from] = append(next[e.from], e.to)
			kept = append(kept, e)
		}
	}
	if len(kept) == 0 {
		return nil
	}
	var ring orb.Ring
	for _, e := range kept {
		if len(next[e.from]) == 0 {
			continue
		}
		// What comes to a place leaves it too, so that a chain ends where it began.
		for at := e.from; ; {
			ring = append(ring, at)
			onward := next[at]
			if len(onward) == 0 {
				break
			}
			at, next[at] = onward[len(onward)-1], onward[:len(onward)-1]
		}
		if e.from != ring[0] {
			ring = append(ring, ring[0])
		}
	}
	return orb.MultiPolygon{{ring}}
}
