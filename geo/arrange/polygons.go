package arrange

import "slices"

// Polygons returns the closure of the region whose coverage is kept, as valid
// polygons by the rules of OGC Simple Features: rings are simple, rings of a
// polygon touch at single points at most, and the interior of a polygon is
// connected. Keep is called once for each distinct coverage and must be a
// function of it; the outside, an empty coverage, must not be kept.
//
// A ring starts at its lowest point by X, then Y; polygons and holes are
// ordered by that point. Call Node first.
func (a *Arrangement) Polygons(keep func(Coverage) bool) []Polygon {
	kept := make([]bool, a.covers.len())
	for id := 1; id < len(kept); id++ {
		kept[id] = keep(a.covers.at(int32(id)))
	}
	return a.Outline(func(i int) (left, right bool) {
		e := &a.edges[i]
		return kept[e.left], kept[e.right]
	})
}

// Outline returns, as Polygons does, the region given by what is kept on the
// left and on the right side of every edge, seen from A to B. Sides is asked
// for each index into Edges. The answers must agree with one another: one for
// each face, and the outside is not kept.
func (a *Arrangement) Outline(sides func(edge int) (left, right bool)) []Polygon {
	t := &a.tracer
	w := &a.sweep
	t.arcs, w.spans = t.arcs[:0], w.spans[:0]
	for i := range a.edges {
		left, right := sides(i)
		if left == right {
			continue
		}
		e := &a.edges[i]
		w.spans = append(w.spans, spanOf(e))
		if left {
			t.arcs = append(t.arcs, arc{from: e.A, to: e.B, node: e.a, end: e.b, ring: -1})
		} else {
			t.arcs = append(t.arcs, arc{from: e.B, to: e.A, node: e.b, end: e.a, ring: -1})
		}
	}
	if len(t.arcs) == 0 {
		return nil
	}
	t.pinned = nil
	if a.KeepCollinear {
		t.pinned = a.ends()
	}
	t.nodes = len(a.nodes.hot)
	t.link()
	return t.trace(w)
}

// ends returns the sorted keys of the points that were added.
func (a *Arrangement) ends() []key {
	ends := a.tracer.ends[:0]
	for i := range a.segs {
		ends = append(ends, a.segs[i].a.key(), a.segs[i].b.key())
	}
	slices.Sort(ends)
	a.tracer.ends = slices.Compact(ends)
	return a.tracer.ends
}
