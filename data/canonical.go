package data

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// canonicalBytes writes the canonical form; see Snapshot.Canonical.
func (c *Contents) canonicalBytes() ([]byte, error) {
	var text bytes.Buffer
	err := c.writeCanonical(&text)
	return text.Bytes(), err
}

// writeCanonical streams the canonical form (RFC 8785): members in the order
// of their names, no white space, numbers as ECMAScript writes them.
// Coordinates, nearly all of it, are written directly; the rest goes through jsontext.
func (c *Contents) writeCanonical(w io.Writer) error {
	out := newCanonicalWriter(w)
	documents := map[string]any{datasetFile: c.Dataset}
	if len(c.Claims) > 0 {
		documents[claimsFile] = c.Claims
	}
	collections := c.sections()
	names := slices.Concat(slices.Collect(maps.Keys(documents)), slices.Collect(maps.Keys(collections)))
	slices.Sort(names)
	for i, name := range names {
		out.text(separator(i, "{"))
		out.value(name)
		out.text(":")
		if document, ok := documents[name]; ok {
			out.value(document)
		} else {
			out.collection(collections[name])
		}
	}
	out.text("}")
	return out.end()
}

// canonicalWriter keeps the first error of what it does.
type canonicalWriter struct {
	w      *bufio.Writer
	number []byte
	err    error
}

func newCanonicalWriter(w io.Writer) *canonicalWriter {
	return &canonicalWriter{w: bufio.NewWriterSize(w, 1<<16)}
}

// end hands on what is still held and returns the first error of all.
func (c *canonicalWriter) end() error {
	if c.err != nil {
		return c.err
	}
	return c.w.Flush()
}

func separator(i int, first string) string {
	if i == 0 {
		return first
	}
	return ","
}

func (c *canonicalWriter) text(s string) {
	if c.err == nil {
		_, c.err = c.w.WriteString(s)
	}
}

// value writes anything by way of JSON.
func (c *canonicalWriter) value(v any) {
	if c.err != nil {
		return
	}
	text, err := json.Marshal(v)
	value := jsontext.Value(text)
	if err == nil {
		err = value.Canonicalize()
	}
	if err != nil {
		c.err = err
		return
	}
	c.text(string(value))
}

func (c *canonicalWriter) collection(items iter.Seq[Item]) {
	c.text(`{"features":`)
	i := -1
	for item := range items {
		i++
		c.text(separator(i, "["))
		c.text(`{"geometry":{"coordinates":`)
		c.coordinates(item.Shape)
		c.text(`,"type":"` + item.Shape.GeoJSONType() + `"},"id":`)
		c.value(item.ID)
		c.text(`,"properties":`)
		c.value(item.Properties)
		c.text(`,"type":"Feature"}`)
	}
	c.text(`],"type":"FeatureCollection"}`)
}

func (c *canonicalWriter) coordinates(g orb.Geometry) {
	switch g := g.(type) {
	case orb.Point:
		c.position(g)
	case orb.LineString:
		c.positions(g)
	case orb.MultiLineString:
		for i, line := range g {
			c.text(separator(i, "["))
			c.positions(line)
		}
		c.text("]")
	case orb.MultiPolygon:
		for i, p := range g {
			c.text(separator(i, "["))
			for j, r := range p {
				c.text(separator(j, "["))
				c.positions(orb.LineString(r))
			}
			c.text("]")
		}
		c.text("]")
	default:
		if c.err == nil {
			c.err = fmt.Errorf("a %s has no canonical form", g.GeoJSONType())
		}
	}
}

func (c *canonicalWriter) positions(line orb.LineString) {
	for i, p := range line {
		c.text(separator(i, "["))
		c.position(p)
	}
	c.text("]")
}

func (c *canonicalWriter) position(p orb.Point) {
	b := append(c.number[:0], '[')
	b = appendNumber(b, p[0])
	b = append(b, ',')
	b = appendNumber(b, p[1])
	c.number = append(b, ']')
	if c.err == nil {
		_, c.err = c.w.Write(c.number)
	}
}

// appendNumber writes a coordinate as ECMAScript's Number::toString does: the
// shortest digits that give it back, with an exponent only below 10⁻⁶.
func appendNumber(b []byte, v float64) []byte {
	if v == 0 {
		return append(b, '0')
	}
	if math.Abs(v) >= 1e-6 {
		return strconv.AppendFloat(b, v, 'f', -1, 64)
	}
	at := len(b)
	b = strconv.AppendFloat(b, v, 'e', -1, 64)
	if n := len(b); n-at > 4 && b[n-3] == '-' && b[n-2] == '0' { // 1e-07 is 1e-7
		b = append(b[:n-2], b[n-1])
	}
	return b
}

// Canonical returns the bytes that Name is the hash of: a JSON object of the
// dataset's files, after repairs, features in the order of their ids, in the
// canonical form of RFC 8785. They are written anew at each call.
func (s *Snapshot) Canonical() ([]byte, error) { return s.canonicalBytes() }
