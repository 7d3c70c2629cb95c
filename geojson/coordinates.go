package geojson

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// coordinates walks the nested arrays of a coordinates member. The JSON is
// known to be well formed, so only its shape can be wrong; the first thing
// that is wrong is kept in bad and ends the walk.
type coordinates struct {
	text jsontext.Value
	at   int
	path []step
	bad  *syntaxFault
}

type step struct {
	what  string
	index int
}

func (c *coordinates) fail(rule, format string, args ...any) {
	if c.bad != nil {
		return
	}
	parts := make([]string, len(c.path))
	for i, s := range c.path {
		parts[i] = s.what + " " + strconv.Itoa(s.index)
	}
	place := strings.Join(parts, ", ")
	if place == "" {
		place = wholeCoordinates
	}
	c.bad = &syntaxFault{rule, place, fmt.Sprintf(format, args...)}
}

// next skips white space and commas and returns the byte at the cursor, 0 at the end.
func (c *coordinates) next() byte {
	for ; c.at < len(c.text); c.at++ {
		switch c.text[c.at] {
		case ' ', '\t', '\n', '\r', ',':
		default:
			return c.text[c.at]
		}
	}
	return 0
}

// list reads an array, each member by read; an empty array is refused.
func list[T any](c *coordinates, what string, read func() T) []T {
	if c.next() != '[' {
		c.fail("wrong-type", "an array of %s is wanted", plural(what))
		return nil
	}
	c.at++
	out := make([]T, 0, c.members(what))
	c.path = append(c.path, step{what, 0})
	for c.bad == nil && c.next() != ']' {
		c.path[len(c.path)-1].index = len(out)
		out = append(out, read())
	}
	c.at++
	c.path = c.path[:len(c.path)-1]
	if len(out) == 0 {
		c.fail("empty", "an array of %s is empty", plural(what))
	}
	return out
}

// members returns how many vertices the list at the cursor has, where it is as
// it should be: rings are kept, so that what append would leave over would be too.
func (c *coordinates) members(what string) int {
	if what != "vertex" {
		return 1
	}
	n, depth := 0, 0
	for _, b := range c.text[c.at:] {
		switch b {
		case '[':
			n++
			depth++
		case ']':
			depth--
		case '"', '{':
			return n
		}
		if depth < 0 { // the end of the list
			return n
		}
	}
	return n
}

func plural(what string) string {
	if what == "vertex" {
		return "vertices"
	}
	return what + "s"
}

func (c *coordinates) line() orb.LineString { return list(c, "vertex", c.point) }

func (c *coordinates) ring() orb.Ring { return list(c, "vertex", c.point) }

func (c *coordinates) polygon() orb.Polygon { return list(c, "ring", c.ring) }

// point reads one position: longitude, latitude and, ignored, a height.
func (c *coordinates) point() orb.Point {
	var p [3]float64
	n := 0
	if c.next() != '[' {
		c.fail("position", "a position is an array of numbers, not %s", Clip(string(c.text[min(c.at, len(c.text)):]), 20))
		return orb.Point{}
	}
	for c.at++; c.next() != ']'; n++ {
		start := c.at
		for c.at < len(c.text) && isNumber(c.text[c.at]) {
			c.at++
		}
		value, err := strconv.ParseFloat(string(c.text[start:c.at]), 64)
		if err != nil || n == len(p) {
			c.fail("position", "a position has two or three finite numbers")
			return orb.Point{}
		}
		p[n] = value
	}
	c.at++
	switch lon, lat := p[0], p[1]; {
	case n < 2:
		c.fail("position", "a position has two or three numbers, not %d", n)
	case math.Abs(lat) > 90 && math.Abs(lon) <= 90 && math.Abs(lat) <= 180:
		c.fail("range", "latitude %v is beyond ±90: the order is longitude, latitude", lat)
	case math.Abs(lon) > 180:
		c.fail("range", "longitude %v is beyond ±180", lon)
	case math.Abs(lat) > 90:
		c.fail("range", "latitude %v is beyond ±90", lat)
	}
	return orb.Point{p[0] + 0, p[1] + 0} // −0 becomes 0
}

func isNumber(b byte) bool {
	return b >= '0' && b <= '9' || b == '-' || b == '+' || b == '.' || b == 'e' || b == 'E'
}
