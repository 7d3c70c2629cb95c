package tiles

// line clips a line to the window and appends its pieces, as spans of c.points.
func (c *clipper) line(path []point, pieces []span) []span {
	begin := -1 // of the open piece
	for k := 1; k < len(path); k++ {
		a, b := path[k-1], path[k]
		in, out, ok := c.crossing(a, b)
		if !ok {
			continue
		}
		if begin < 0 {
			begin = len(c.points)
			c.points = append(c.points, in)
		}
		if out != c.points[len(c.points)-1] {
			c.points = append(c.points, out)
		}
		if c.side(b) != 0 {
			pieces, begin = c.piece(pieces, begin), -1
		}
	}
	if begin >= 0 {
		pieces = c.piece(pieces, begin)
	}
	return pieces
}

// piece ends a piece of a line; one that rounding made a point is left out.
func (c *clipper) piece(pieces []span, begin int) []span {
	if len(c.points)-begin < 2 {
		c.points = c.points[:begin]
		return pieces
	}
	return append(pieces, span{begin, len(c.points)})
}
