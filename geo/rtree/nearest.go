package rtree

import "math"

// Nearest looks for the item nearest to whatever bound measures from: bound
// returns a distance that nothing in a box is nearer than. Visit is called with
// items, those first whose boxes have the least bound, and returns the least
// distance found so far; the search ends when no box left can hold a nearer one.
func (t *Tree[N]) Nearest(bound func(Box[N]) float64, visit func(item uint32) float64) {
	if len(t.boxes) == 0 {
		return
	}
	root, best := len(t.boxes)-1, math.Inf(1)
	var few [64]candidate
	queue := append(queue(few[:0]), candidate{bound(t.boxes[root]), len(t.ends) - 1, root})
	for len(queue) > 0 && queue[0].distance < best {
		next := queue.pop()
		if next.level == 0 {
			best = visit(t.items[next.node])
			continue
		}
		begin, end := t.children(next.level, next.node)
		for i := begin; i < end; i++ {
			if d := bound(t.boxes[i]); d < best {
				queue.push(candidate{d, next.level - 1, i})
			}
		}
	}
}

// candidate is a node with its bound.
type candidate struct {
	distance    float64
	level, node int
}

// queue is a heap: the nearest candidate is first.
type queue []candidate

func (q *queue) push(c candidate) {
	*q = append(*q, c)
	h := *q
	for i := len(h) - 1; i > 0; {
		parent := (i - 1) / 2
		if h[parent].distance <= h[i].distance {
			return
		}
		h[parent], h[i] = h[i], h[parent]
		i = parent
	}
}

func (q *queue) pop() candidate {
	h := *q
	first, last := h[0], len(h)-1
	h[0], h = h[last], h[:last]
	for i := 0; ; {
		child := 2*i + 1
		if child+1 < len(h) && h[child+1].distance < h[child].distance {
			child++
		}
		if child >= len(h) || h[i].distance <= h[child].distance {
			break
		}
		h[i], h[child] = h[child], h[i]
		i = child
	}
	*q = h
	return first
}
