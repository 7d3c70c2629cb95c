package foreign

import (
	"bytes"
	"context"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// openSequence makes one collection of the texts of a sequence. A text alone is
// handed on as it is.
func openSequence(ctx context.Context, in *input) (*Source, error) {
	texts := newTexts(in, in.text(ctx))
	first, err := texts.next()
	if err == io.EOF {
		return nil, in.fault("empty", "", "the file holds nothing")
	}
	if err != nil {
		return nil, err
	}
	first = bytes.Clone(first)
	place := texts.place()
	second, err := texts.next()
	if err == io.EOF {
		return &Source{Format: "GeoJSON", text: &watched{in: in, r: bytes.NewReader(first)}}, nil
	}
	s := &sequence{in: in, texts: texts, left: []byte(`{"type":"FeatureCollection","features":[`)}
	if s.err = s.add(first, place); s.err == nil {
		s.err = s.take(second, err)
	}
	return &Source{text: s}, nil
}

// sequence writes the texts of a sequence as a FeatureCollection while it is read.
type sequence struct {
	in      *input
	texts   *texts
	left    []byte
	n       int     // written
	partial partial // what the server says of how much of its answer this is
	err     error   // after what is left
}

// Read implements io.Reader.
func (s *sequence) Read(b []byte) (int, error) {
	for len(s.left) == 0 {
		if s.err != nil {
			return 0, s.err
		}
		s.left = s.left[:0]
		value, err := s.texts.next()
		s.err = s.take(value, err)
	}
	n := copy(b, s.left)
	s.left = s.left[n:]
	return n, nil
}

// take adds the next text, or the end.
func (s *sequence) take(value jsontext.Value, err error) error {
	if err == nil {
		return s.add(value, s.texts.place())
	}
	if err == io.EOF {
		if bad := s.in.whole(s.partial, s.n); bad != nil {
			return bad
		}
		s.left = append(s.left, "]}\n"...)
	}
	return err
}

// add writes a feature as it is, and a geometry as a feature without properties.
// What is neither, package geojson refuses.
func (s *sequence) add(value jsontext.Value, place string) error {
	text := watched{in: s.in}
	if err := text.look(value); err != nil {
		return err
	}
	s.partial.exceeded = s.partial.exceeded || text.partial.exceeded
	kind := typeOf(value)
	if kind == "FeatureCollection" {
		return s.in.fault("wrong-type", place, "a sequence has features and geometries, and this is a FeatureCollection: give it a file of its own")
	}
	if s.n > 0 {
		s.left = append(s.left, ',', '\n')
	}
	s.n++
	switch kind {
	case "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection":
		s.left = append(s.left, `{"type":"Feature","properties":null,"geometry":`...)
		s.left = append(append(s.left, value...), '}')
	default:
		s.left = append(s.left, value...)
	}
	return nil
}

// typeOf is the type of a GeoJSON object, "" for what has none.
func typeOf(value jsontext.Value) string {
	dec := jsontext.NewDecoder(bytes.NewReader(value), jsontext.AllowDuplicateNames(true))
	if token, err := dec.ReadToken(); err != nil || token.Kind() != '{' {
		return ""
	}
	for dec.PeekKind() == '"' {
		name := bytes.Clone(valueOf(dec))
		if string(name) == `"type"` && dec.PeekKind() == '"' {
			token, _ := dec.ReadToken() // valid, and a string
			return token.String()
		}
		if dec.SkipValue() != nil {
			break
		}
	}
	return ""
}
