package geojson

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// readGeometry reads one GeoJSON geometry from JSON known to be well formed, in
// one pass, whatever the nesting of its collections.
func readGeometry(raw jsontext.Value) (orb.Geometry, *syntaxFault) {
	g := &reader{dec: jsontext.NewDecoder(bytes.NewBuffer(raw)), borrow: true, options: Options{Depth: math.MaxInt}}
	return g.geometry()
}

// geometry reads the next value as a geometry.
func (g *reader) geometry() (orb.Geometry, *syntaxFault) {
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
		return nil, &syntaxFault{"wrong-type", "geometry/type", fmt.Sprintf("%q is not a geometry type of RFC 7946", Clip(object.kind, 40))}
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
func (m *members) read(g *reader) error {
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
		return &syntaxFault{"missing-member", wholeCollection, "a GeometryCollection has an array of geometries"}
	case m.bad != nil:
		return m.bad
	case len(m.collection) == 0:
		return &syntaxFault{"empty", wholeCollection, "a collection of nothing says nothing"}
	}
	return nil
}
