package tiles

import "math/bits"

// none is no vertex.
const none = ^uint32(0)

// junctions reports which vertices end an arc: every vertex at a position whose
// two neighbours are not the same wherever a ring or line passes, and the ends
// of lines.
func (p *prepared) junctions() []bool {
	first := p.firstAt()
	beside := make([][2]uint32, len(p.vertices)) // of the first vertex at a position: its neighbours
	for i := range beside {
		beside[i] = [2]uint32{none, none}
	}
	pinned := make([]bool, len(p.vertices))
	for i := range p.parts {
		closed := p.features[p.parts[i].feature].kind == polygons
		for _, r := range p.rings[p.parts[i].ring:p.parts[i].end] {
			at := first[r.begin:r.end]
			n := len(at)
			for k, v := range at {
				a, b := at[(k+n-1)%n], at[(k+1)%n]
				pair := [2]uint32{min(a, b), max(a, b)}
				switch {
				case !closed && (k == 0 || k == n-1):
					pinned[v] = true
				case beside[v][0] == none:
					beside[v] = pair
				case beside[v] != pair:
					pinned[v] = true
				}
			}
		}
	}
	for i, v := range first {
		pinned[i] = pinned[v]
	}
	return pinned
}

// firstAt returns for each vertex the first vertex at its position, by a hash
// table with open addressing.
func (p *prepared) firstAt() []uint32 {
	first := make([]uint32, len(p.vertices))
	shift := 63 - bits.Len(uint(len(p.vertices)))
	table := make([]uint32, 1<<(64-shift))
	for i := range table {
		table[i] = none
	}
	for i, v := range p.vertices {
		slot := (uint64(v.x)<<32 | uint64(v.y)) * 0x9E3779B97F4A7C15 >> shift // Fibonacci hashing
		for table[slot] != none && p.vertices[table[slot]] != v {
			if slot++; slot == uint64(len(table)) {
				slot = 0
			}
		}
		if table[slot] == none {
			table[slot] = uint32(i)
		}
		first[i] = table[slot]
	}
	return first
}
