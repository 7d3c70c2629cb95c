package data

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// readGeometry reads one GeoJSON geometry from JSON known to be well formed, in
// one pass, whatever the nesting of its collections.
func readGeometry(raw jsontext.Value) (orb.Geometry, *syntaxFault) {
	g := &geojsonReader{dec: jsontext.NewDecoder(bytes.NewBuffer(raw)), borrow: true, options: ReadOptions{Depth: math.MaxInt}}
	return g.geometry()
}

// geometry reads the next value as a geometry.
func (g *geojsonReader) geometry() (orb.Geometry, *syntaxFault) {
	if g.dec.PeekKind() != '{' {
		return nil, &syntaxFault{"wrong-type", "geometry", "a geometry is a JSON object"}
	}
	above := g.dec.StackDepth() // open containers, each a step of a pointer
	var m members
	object, err := g.object("a geometry", map[string]func() error{"geometries": func() error { return m.read(g) }})
	if err != nil {
		if bad := (*syntaxFault)(nil); errors.As(err, &bad) {
			bad.place = "geometry" + below(bad.place, above)
			return nil, bad
		}
		return nil, &syntaxFault{"json", "geometry", err.Error()}
	}
	if object.kind == "GeometryCollection" {
		return m.collection, m.fault()
	}
	c := &coordinates{text: object.members["coordinates"]}
	var out orb.Geometry
	switch object.kind {
	case "Point":
		out = c.point()
	case "MultiPoint":
		out = orb.MultiPoint(list(c, "point", c.point))
	case "LineString":
		out = orb.LineString(list(c, "vertex", c.point))
	case "MultiLineString":
		out = orb.MultiLineString(list(c, "line", c.line))
	case "Polygon":
		out = c.polygon()
	case "MultiPolygon":
		out = orb.MultiPolygon(list(c, "polygon", c.polygon))
	default:
		return nil, &syntaxFault{"wrong-type", "geometry/type", fmt.Sprintf("%q is not a geometry type of RFC 7946", clip(object.kind, 40))}
	}
	if c.bad != nil {
		return nil, c.bad
	}
	return out, nil
}

// below cuts the first n steps off a JSON pointer.
func below(pointer string, n int) string {
	for ; n > 0 && pointer != ""; n-- {
		_, rest, more := strings.Cut(pointer[1:], "/")
		if pointer = rest; more {
			pointer = "/" + rest
		}
	}
	return pointer
}

// members is what the geometries of an object turned out to be. The type may
// follow them, so that what is wrong with them counts once it is known.
type members struct {
	array      bool
	collection orb.Collection
	bad        *syntaxFault
}

// read reads the value of geometries to its end; only the first fault is kept.
func (m *members) read(g *geojsonReader) error {
	if g.dec.PeekKind() != '[' {
		return g.dec.SkipValue()
	}
	m.array = true
	if _, err := g.dec.ReadToken(); err != nil {
		return err
	}
	depth := g.dec.StackDepth()
	for g.dec.PeekKind() != ']' {
		if m.bad != nil {
			if err := g.dec.SkipValue(); err != nil {
				return err
			}
			continue
		}
		before := g.dec.InputOffset()
		one, bad := g.geometry()
		if bad != nil {
			bad.place = fmt.Sprintf("geometry %d, %s", len(m.collection), bad.place)
			m.bad = bad
			if g.dec.InputOffset() == before { // not even begun
				continue
			}
			for g.dec.StackDepth() > depth {
				if _, err := g.dec.ReadToken(); err != nil {
					return err
				}
			}
			continue
		}
		m.collection = append(m.collection, one)
	}
	_, err := g.dec.ReadToken()
	return err
}

// fault is why the members make no collection.
func (m *members) fault() *syntaxFault {
	switch {
	case !m.array:
		return &syntaxFault{"missing-member", "geometry/geometries", "a GeometryCollection has an array of geometries"}
	case m.bad != nil:
		return m.bad
	case len(m.collection) == 0:
		return &syntaxFault{"empty", "geometry/geometries", "a collection of nothing says nothing"}
	}
	return nil
}

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
		place = "coordinates"
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
		c.fail("position", "a position is an array of numbers, not %s", clip(string(c.text[min(c.at, len(c.text)):]), 20))
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

func countVertices(g orb.Geometry) int {
	n := 0
	switch g := g.(type) {
	case orb.Point:
		n = 1
	case orb.MultiPoint:
		n = len(g)
	case orb.LineString:
		n = len(g)
	case orb.MultiLineString:
		for _, l := range g {
			n += len(l)
		}
	case orb.Polygon:
		for _, r := range g {
			n += len(r)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			n += countVertices(p)
		}
	case orb.Collection:
		for _, m := range g {
			n += countVertices(m)
		}
	}
	return n
}
