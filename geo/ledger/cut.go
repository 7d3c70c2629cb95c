package ledger

import "github.com/paulmach/orb"

// knife cuts polygons; what it needs for that it needs again.
type knife struct{ one, two []orb.Point }

// cut returns valid polygons cut by a box (I. Sutherland and G. Hodgman, 1974).
// Where a ring leaves the box more than once, edges along its border may run both
// ways, which is nothing to an area.
func (k *knife) cut(polygons orb.MultiPolygon, b orb.Bound) (out orb.MultiPolygon) {
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
			if open := k.ring(r, bound, b); len(open) > 2 {
				closed := make(orb.Ring, len(open)+1)
				closed[copy(closed, open)] = open[0]
				kept = append(kept, closed)
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

// ring cuts a closed ring that lies in a bound by a box, and returns it open; it is
// the knife's.
func (k *knife) ring(r orb.Ring, bound, b orb.Bound) []orb.Point {
	left := []orb.Point(r[:len(r)-1])
	for side := range 4 {
		axis, limit, sign := side&1, b.Min[side&1], 1.0
		if side > 1 {
			limit, sign = b.Max[axis], -1
		}
		if bound.Min[axis] >= limit && sign > 0 || bound.Max[axis] <= limit && sign < 0 {
			continue
		}
		next := k.one[:0]
		for i, at := range left {
			was := left[(i+len(left)-1)%len(left)]
			in, before := (at[axis]-limit)*sign >= 0, (was[axis]-limit)*sign >= 0
			if in != before {
				c := orb.Point{limit, limit}
				c[1-axis] = was[1-axis] + (at[1-axis]-was[1-axis])*((limit-was[axis])/(at[axis]-was[axis]))
				next = append(next, c)
			}
			if in {
				next = append(next, at)
			}
		}
		left, k.one, k.two = next, k.two, next
	}
	return left
}
