package tiles

import (
	"cmp"
	"slices"
)

// join appends the rings of the clipped polygon: each is a span of c.points. When
// it returns false rounding made rings cross; then they are only right
// together, by their winding, and have to be cleaned.
func (c *clipper) join(rings []span) ([]span, bool) {
	rings = append(rings, c.whole...)
	if len(c.chains) == 0 {
		return c.rectangles(rings, c.laps), c.laps == 0 || c.laps == 1
	}
	if !c.settle() {
		return c.bridge(rings), false
	}
	for i := range c.chains {
		if c.chains[i].used {
			continue
		}
		begin := len(c.points)
		for k := int32(i); !c.chains[k].used; {
			c.chains[k].used = true
			c.points = append(c.points, c.points[c.chains[k].begin:c.chains[k].end]...)
			j := c.links[k]
			c.corners(j.from, j.to)
			k = j.head
		}
		rings = c.close(rings, begin)
	}
	return rings, true
}

// settle finds, for each chain, the chain that follows along the perimeter.
// It returns false when some stretch is run along more than once or backwards.
func (c *clipper) settle() bool {
	lap := c.lap()
	c.events = c.events[:0]
	count := int(c.laps) // how often the stretch right after place 0 is run along
	for i, w := range c.ways {
		c.events = append(c.events, event{modulo(w.from, lap), 1, int32(i)}, event{modulo(w.to, lap), -1, w.head})
		count += int(-floorDivide(-w.to, lap) + floorDivide(-w.from, lap))
	}
	slices.SortFunc(c.events, func(a, b event) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(b.delta, a.delta), cmp.Compare(a.chain, b.chain))
	})
	for _, e := range c.events {
		if e.at == 0 {
			count -= e.delta
		}
	}
	if !c.alternate(count) {
		return false
	}
	c.links = grow(c.links, len(c.chains))
	for i, e := range c.events {
		if e.delta > 0 {
			next := c.events[(i+1)%len(c.events)]
			to := next.at
			if i+1 == len(c.events) {
				to += lap
			}
			c.links[e.chain] = link{e.at, to, next.chain}
		}
	}
	return true
}

// alternate orders the events at each place so that going out and coming in
// take turns all along; count is how often the stretch before them is run along.
func (c *clipper) alternate(count int) bool {
	for i := 0; i < len(c.events); {
		j := i
		for j < len(c.events) && c.events[j].at == c.events[i].at {
			j++
		}
		for ; i < j; i++ {
			want := 1 - 2*count // out when nothing is run along, in when something is
			k := slices.IndexFunc(c.events[i:j], func(e event) bool { return e.delta == want })
			if k < 0 {
				return false
			}
			c.events[i], c.events[i+k] = c.events[i+k], c.events[i]
			count += want
		}
	}
	return count == 0 || count == 1
}

// bridge appends the rings as they were pushed onto the perimeter.
func (c *clipper) bridge(rings []span) []span {
	for i := range c.chains {
		if c.chains[i].used {
			continue
		}
		begin := len(c.points)
		for k := int32(i); !c.chains[k].used; k = c.ways[k].head {
			c.chains[k].used = true
			c.points = append(c.points, c.points[c.chains[k].begin:c.chains[k].end]...)
			c.corners(c.ways[k].from, c.ways[k].to)
		}
		rings = c.close(rings, begin)
	}
	return c.rectangles(rings, c.laps)
}

// corners appends the corners strictly between two places, in order.
func (c *clipper) corners(from, to int64) {
	n := c.length()
	for k := floorDivide(from, n) + 1; k*n < to; k++ {
		c.points = append(c.points, c.corner(k))
	}
	for k := -floorDivide(-from, n) - 1; k*n > to; k-- {
		c.points = append(c.points, c.corner(k))
	}
}

// rectangles appends the window itself as often as laps says, backwards when negative.
func (c *clipper) rectangles(rings []span, laps int64) []span {
	for ; laps != 0; laps -= int64(cmp.Compare(laps, 0)) {
		begin := len(c.points)
		for k := range int64(4) {
			if laps < 0 {
				k = 3 - k
			}
			c.points = append(c.points, c.corner(k))
		}
		rings = append(rings, span{begin, len(c.points)})
	}
	return rings
}

// close ends the ring that begins at begin, without repeated points.
func (c *clipper) close(rings []span, begin int) []span {
	ring := slices.Compact(c.points[begin:])
	for len(ring) > 1 && ring[0] == ring[len(ring)-1] {
		ring = ring[:len(ring)-1]
	}
	c.points = c.points[:begin+len(ring)]
	return append(rings, span{begin, len(c.points)})
}

// doubleArea is twice the area of rings.
func (c *clipper) doubleArea(rings []span) int64 {
	var sum int64
	for _, r := range rings {
		sum += doubleArea(c.points[r.begin:r.end])
	}
	return sum
}
