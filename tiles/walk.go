package tiles

// walk appends the vertices of a ring that are kept at the view's zoom, snapped
// and without repeated ones. Where a span lies wholly beyond one side of the
// window only its first and last kept vertex are given: the straight way
// between them stays beyond that side, as the vertices in between do.
func (p *prepared) walk(path []point, r *ring, v *view) []point {
	var buf [8]uint32
	levels := r.levels(buf[:0])
	if len(levels) == 0 || v.within(r.box) {
		return p.walkVertices(path, r.begin, r.end, v)
	}
	return p.walkSpan(path, r, v, levels, len(levels)-1, 0)
}

// walkSpan walks span number i of a level.
func (p *prepared) walkSpan(path []point, r *ring, v *view, levels []uint32, level int, i uint32) []point {
	size := uint32(spanSize)
	for range level {
		size *= spanSize
	}
	begin := r.begin + i*size
	end := min(begin+size, r.end)
	if v.beside(p.boxes[levels[level]+i]) != 0 {
		return p.walkEnds(path, begin, end, v)
	}
	if level == 0 {
		return p.walkVertices(path, begin, end, v)
	}
	below := size / spanSize
	for k, at := i*spanSize, begin; at < end; k, at = k+1, at+below {
		path = p.walkSpan(path, r, v, levels, level-1, k)
	}
	return path
}

func (p *prepared) walkVertices(path []point, begin, end uint32, v *view) []point {
	vertices, keep := p.vertices[begin:end], p.keep[begin:end]
	for i, k := range keep {
		if k > v.zoom {
			continue
		}
		q := v.snap(vertices[i])
		if n := len(path); n == 0 || path[n-1] != q {
			path = append(path, q)
		}
	}
	return path
}

// walkEnds walks the first and the last kept vertex of a range.
func (p *prepared) walkEnds(path []point, begin, end uint32, v *view) []point {
	for begin < end && p.keep[begin] > v.zoom {
		begin++
	}
	for begin < end && p.keep[end-1] > v.zoom {
		end--
	}
	if begin == end {
		return path
	}
	path = p.walkVertices(path, begin, begin+1, v)
	return p.walkVertices(path, end-1, end, v)
}
