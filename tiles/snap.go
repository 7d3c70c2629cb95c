package tiles

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
)

// snapRing appends the vertices of a ring that are kept at the view's zoom, snapped
// and without repeated ones. Where a span lies wholly beyond one side of the
// window only its first and last kept vertex are given: the straight way
// between them stays beyond that side, as the vertices in between do.
func (p *prepared) snapRing(path []point, r *ring, v *view) []point {
	var buf [8]uint32
	levels := r.levels(buf[:0])
	if len(levels) == 0 || v.within(r.box) {
		return p.snapVertices(path, r.begin, r.end, v)
	}
	return p.snapSpan(path, r, v, levels, len(levels)-1, 0)
}

// snapSpan appends the vertices of span number i of a level.
func (p *prepared) snapSpan(path []point, r *ring, v *view, levels []uint32, level int, i uint32) []point {
	size := uint32(spanSize)
	for range level {
		size *= spanSize
	}
	begin := r.begin + i*size
	end := min(begin+size, r.end)
	if v.beside(p.boxes[levels[level]+i]) != 0 {
		return p.snapEnds(path, begin, end, v)
	}
	if level == 0 {
		return p.snapVertices(path, begin, end, v)
	}
	below := size / spanSize
	for k, at := i*spanSize, begin; at < end; k, at = k+1, at+below {
		path = p.snapSpan(path, r, v, levels, level-1, k)
	}
	return path
}

func (p *prepared) snapVertices(path []point, begin, end uint32, v *view) []point {
	if int(v.zoom) < len(p.moves) && len(p.moves[v.zoom]) > 0 {
		return p.snapMoved(path, begin, end, v)
	}
	vertices, keep := p.vertices[begin:end], p.keep[begin:end]
	for ; len(keep) >= 8; vertices, keep = vertices[8:], keep[8:] {
		for kept := keptOfEight(keep, v.zoom); kept != 0; kept &= kept - 1 {
			path = step(path, v.snap(vertices[bits.TrailingZeros64(kept)>>3]))
		}
	}
	for i, k := range keep {
		if k <= v.zoom {
			path = step(path, v.snap(vertices[i]))
		}
	}
	return path
}

// snapMoved is snapVertices at a zoom that has moves.
func (p *prepared) snapMoved(path []point, begin, end uint32, v *view) []point {
	moves := p.moves[v.zoom]
	k, _ := slices.BinarySearchFunc(moves, begin, func(m move, at uint32) int { return cmp.Compare(m.vertex, at) })
	moves = moves[k:]
	for i := begin; i < end; i++ {
		if p.keep[i] > v.zoom {
			continue
		}
		q := v.snap(p.vertices[i])
		for len(moves) > 0 && moves[0].vertex < i {
			moves = moves[1:]
		}
		if len(moves) > 0 && moves[0].vertex == i {
			q.X, q.Y = q.X+int64(moves[0].dx), q.Y+int64(moves[0].dy)
		}
		path = step(path, q)
	}
	return path
}

// keptOfEight has the highest bit of each byte whose vertex is kept at a zoom:
// one subtraction compares eight.
func keptOfEight(keep []uint8, zoom uint8) uint64 {
	const tops, ones = 0x8080_8080_8080_8080, 0x0101_0101_0101_0101
	return (tops | uint64(zoom)*ones - binary.LittleEndian.Uint64(keep)) & tops
}

// step appends a point that differs from the last.
func step(path []point, q point) []point {
	if n := len(path); n > 0 && path[n-1] == q {
		return path
	}
	return append(path, q)
}

// snapEnds appends the first and the last kept vertex of a range.
func (p *prepared) snapEnds(path []point, begin, end uint32, v *view) []point {
	for begin < end && p.keep[begin] > v.zoom {
		begin++
	}
	for begin < end && p.keep[end-1] > v.zoom {
		end--
	}
	if begin == end {
		return path
	}
	path = p.snapVertices(path, begin, begin+1, v)
	return p.snapVertices(path, end-1, end, v)
}
