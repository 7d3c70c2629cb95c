package tiles

// clipper clips one polygon to the window, ring by ring. What a ring does inside
// is kept as chains, from where it comes in to where it goes out. What it does
// outside matters only for which stretches of the perimeter it runs along once
// everything outside is pushed onto the perimeter; join joins the chains along
// the stretches that are left when opposite ones cancel. So nothing is ever
// drawn along the edge and back, and no question of what lies inside what
// depends on rounding.
type clipper struct {
	window
	points []point
	whole  []span  // rings inside, positive or negative
	chains []chain // pieces of rings, inside
	ways   []way
	laps   int64 // how often rings without chains run round the window

	events []event
	links  []link
}

// span is a range of points.
type span struct{ begin, end int }

// chain is a piece of a ring from where it comes in to where it goes out.
type chain struct {
	span
	used bool
}

// way is a way along the perimeter, from the end of a chain to the begin of
// the next one of its ring, head: ways[i] follows chains[i]. Places count on
// over the laps; to is less than from when the way has negative direction.
type way struct {
	from, to int64
	head     int32
}

// event is a place on the perimeter where a chain goes out (+1: from here on
// the perimeter bounds the polygon once more) or comes in (−1).
type event struct {
	at    int64
	delta int
	chain int32
}

// link leads from the end of a chain along the perimeter to the begin of one.
type link struct {
	from, to int64 // to ≥ from
	head     int32
}

// reset forgets the rings of the polygon; the points stay.
func (c *clipper) reset() {
	c.whole, c.chains, c.ways, c.laps = c.whole[:0], c.chains[:0], c.ways[:0], 0
}

// ring clips one ring, given without repeated points (the last may equal the
// first); inside says that it is known to lie inside the window.
func (c *clipper) ring(path []point, inside bool) {
	for len(path) > 1 && path[0] == path[len(path)-1] {
		path = path[:len(path)-1]
	}
	if len(path) < 3 {
		return
	}
	first := 0
	for !inside && first < len(path) && c.side(path[first]) == 0 {
		first++
	}
	if inside || first == len(path) {
		begin := len(c.points)
		c.points = append(c.points, path...)
		c.whole = append(c.whole, span{begin, len(c.points)})
		return
	}
	c.tour(path, first)
}

// tour follows a ring from a point outside once round.
func (c *clipper) tour(path []point, first int) {
	b := path[first]
	sideB := c.side(b)
	start := c.along(c.clamp(b))
	at, from := start, start // where the pushed ring is, and where it went out
	firstChain, lead := int32(-1), int64(0)
	var came int64 // where the open chain came in
	begin := -1    // of the open chain
	for k, i := 0, first; k < len(path); k++ {
		if i++; i == len(path) {
			i = 0
		}
		a, sideA := b, sideB
		b = path[i]
		sideB = c.side(b)
		if sideA|sideB == 0 {
			c.points = append(c.points, b)
			continue
		}
		if sideA&sideB != 0 {
			at += c.towards(at, c.along(c.clamp(b)))
			continue
		}
		in, out, ok := c.crossing(a, b)
		if !ok {
			at += c.around(a, b)
			continue
		}
		if sideA != 0 {
			at += c.towards(at, c.along(in))
			came, begin = at, len(c.points)
			c.points = append(c.points, in)
		}
		if out != c.points[len(c.points)-1] {
			c.points = append(c.points, out)
		}
		if sideB == 0 {
			continue
		}
		if c.slight(c.points[begin:]) {
			at += c.towards(at, c.along(out))
			c.points = c.points[:begin]
		} else {
			number := int32(len(c.chains))
			c.chains = append(c.chains, chain{span: span{begin, len(c.points)}})
			if firstChain < 0 {
				firstChain, lead = number, came-start
			} else {
				c.ways = append(c.ways, way{from, came, number})
			}
			at = c.along(out)
			from = at
		}
		at += c.towards(at, c.along(c.clamp(b)))
	}
	if firstChain < 0 {
		c.laps += (at - start) / c.lap()
		return
	}
	c.ways = append(c.ways, way{from, at + lead, firstChain})
}

// slight reports whether a chain is a point or a step along one side, which
// rounding makes of a segment that cuts a corner.
func (c *clipper) slight(chain []point) bool {
	return len(chain) < 2 || len(chain) == 2 && c.side(chain[0])&c.side(chain[1]) != 0
}
