package arcs

import (
	"slices"

	"demarc/geo/arrange"
)

// peeler eliminates the inner vertices of one arc, the least triangle first.
// Its vertices form a doubly linked list, and those left a binary heap.
type peeler struct {
	points     []arrange.Point
	area       []float64 // the triangle with the neighbours that are left
	prev, next []int32
	heap       []int32 // inner vertices, the least area at the top
	place      []int32 // by vertex: where it is in the heap
}

func (p *peeler) load(points []arrange.Point, arc []int32) {
	n := len(arc)
	p.points = slices.Grow(p.points[:0], n)[:n]
	p.area = slices.Grow(p.area[:0], n)[:n]
	p.prev, p.next = slices.Grow(p.prev[:0], n)[:n], slices.Grow(p.next[:0], n)[:n]
	p.place, p.heap = slices.Grow(p.place[:0], n)[:n], p.heap[:0]
	for i, id := range arc {
		p.points[i] = points[id]
		p.prev[i], p.next[i] = int32(i-1), int32(i+1)
	}
	for i := 1; i < n-1; i++ {
		p.area[i] = p.triangle(int32(i))
		p.place[i] = int32(len(p.heap))
		p.heap = append(p.heap, int32(i))
	}
	for i := len(p.heap)/2 - 1; i >= 0; i-- {
		p.down(i)
	}
}

// peel returns the weight of every vertex; those of the two ends mean nothing.
func (p *peeler) peel() []float64 {
	highest := 0.0
	end := int32(len(p.points) - 1)
	for len(p.heap) > 0 {
		v := p.heap[0]
		highest = max(highest, p.area[v])
		p.area[v] = highest
		last := len(p.heap) - 1
		p.set(0, p.heap[last])
		p.heap = p.heap[:last]
		if last > 0 {
			p.down(0)
		}
		before, after := p.prev[v], p.next[v]
		p.next[before], p.prev[after] = after, before
		for _, w := range [2]int32{before, after} {
			if w > 0 && w < end {
				p.area[w] = p.triangle(w)
				i := int(p.place[w])
				p.up(i)
				p.down(int(p.place[w]))
			}
		}
	}
	return p.area
}

// triangle is the area of a vertex with its neighbours. Twice the area is at
// most 2⁶² within arrange.Limit, so wrapping products leave it exact.
func (p *peeler) triangle(v int32) float64 {
	a, b, c := p.points[p.prev[v]], p.points[v], p.points[p.next[v]]
	twice := (b.X-a.X)*(c.Y-a.Y) - (b.Y-a.Y)*(c.X-a.X)
	if twice < 0 {
		twice = -twice
	}
	return float64(twice) / 2
}

func (p *peeler) less(v, w int32) bool {
	return p.area[v] < p.area[w] || p.area[v] == p.area[w] && v < w
}

func (p *peeler) set(i int, v int32) {
	p.heap[i] = v
	p.place[v] = int32(i)
}

func (p *peeler) up(i int) {
	v := p.heap[i]
	for i > 0 {
		parent := (i - 1) / 2
		if !p.less(v, p.heap[parent]) {
			break
		}
		p.set(i, p.heap[parent])
		i = parent
	}
	p.set(i, v)
}

func (p *peeler) down(i int) {
	v := p.heap[i]
	for {
		child := 2*i + 1
		if child >= len(p.heap) {
			break
		}
		if child+1 < len(p.heap) && p.less(p.heap[child+1], p.heap[child]) {
			child++
		}
		if !p.less(p.heap[child], v) {
			break
		}
		p.set(i, p.heap[child])
		i = child
	}
	p.set(i, v)
}
