package ledger

import "github.com/paulmach/orb"

// cut returns valid polygons cut by a box (I. Sutherland and G. Hodgman, 1974).
// Where a ring leaves the box more than once, edges along its border may run both
// ways, which is nothing to an area.
func cut(polygons orb.MultiPolygon, b orb.Bound) (out orb.MultiPolygon) {
	for _, p := range polygons {
		bound := p.Bound()
		if within(bound, b) {
			out = append(out, p)
			continue
		}
		if !bound.Intersects(b) {
			continue
		}
		var kept orb.Polygon
		for i, r := range p {
			if r = cutRing(r, b); len(r) > 2 {
				kept = append(kept, append(r, r[0]))
			} else if i == 0 {
				break // a hole whose shell is gone is gone too
			}
		}
		if len(kept) > 0 {
			out = append(out, kept)
		}
	}
	return out
}

// cutRing cuts a closed ring by a box and returns it open.
func cutRing(r orb.Ring, b orb.Bound) orb.Ring {
	r = r[:len(r)-1]
	spare := make([]orb.Point, 0, 2*len(r)+8) // in turns with what is cut
	other := make([]orb.Point, 0, 2*len(r)+8)
	for side := range 4 {
		k, limit, sign := side&1, b.Min[side&1], 1.0
		if side > 1 {
			limit, sign = b.Max[k], -1
		}
		next := orb.Ring(spare[:0])
		for i, at := range r {
			was := r[(i+len(r)-1)%len(r)]
			in, before := (at[k]-limit)*sign >= 0, (was[k]-limit)*sign >= 0
			if in != before {
				c := orb.Point{limit, limit}
				c[1-k] = was[1-k] + (at[1-k]-was[1-k])*((limit-was[k])/(at[k]-was[k]))
				next = append(next, c)
			}
			if in {
				next = append(next, at)
			}
		}
		r, spare, other = next, other, next
	}
	return r
}
