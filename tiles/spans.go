package tiles

// A long ring carries the boxes of its spans, so that a tile reads only the
// vertices it shows: span 0 of level 0 holds the first spanSize vertices, and
// each span of a level holds spanSize spans of the level below. Levels follow
// each other in prepared.boxes until one has a single span.
const spanSize = 16

// addSpans builds the spans of every ring longer than two of them.
func (p *prepared) addSpans() {
	for i := range p.rings {
		r := &p.rings[i]
		if r.end-r.begin <= 2*spanSize {
			continue
		}
		r.spans = uint32(len(p.boxes))
		for at := r.begin; at < r.end; at += spanSize {
			p.boxes = append(p.boxes, boxOf(p.vertices[at:min(at+spanSize, r.end)]))
		}
		for begin := int(r.spans); len(p.boxes)-begin > 1; {
			end := len(p.boxes)
			for at := begin; at < end; at += spanSize {
				b := noBox
				for _, c := range p.boxes[at:min(at+spanSize, end)] {
					b = b.Union(c)
				}
				p.boxes = append(p.boxes, b)
			}
			begin = end
		}
	}
}

// levels returns where each level of a ring's spans begins in prepared.boxes,
// the lowest first, or nothing for a ring without spans.
func (r *ring) levels(buf []uint32) []uint32 {
	n := r.end - r.begin
	if n <= 2*spanSize {
		return buf[:0]
	}
	at := r.spans
	buf = buf[:0]
	for n > 1 {
		n = (n + spanSize - 1) / spanSize
		buf = append(buf, at)
		at += n
	}
	return buf
}
