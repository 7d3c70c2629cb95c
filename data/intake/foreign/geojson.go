package foreign

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// isJSON reports whether a text may be a JSON object.
func isJSON(head []byte) bool {
	trimmed := bytes.TrimLeft(head, " \t\r\n")
	return len(trimmed) > 0 && trimmed[0] == '{'
}

// openGeoJSON hands on the text as it is: package geojson knows best what is wrong with it.
func openGeoJSON(_ context.Context, in *input) (*Source, error) {
	return &Source{text: in.body}, nil
}

// recordSeparator begins each text of a sequence (RFC 7464, RFC 8142).
const recordSeparator = 0x1e

// isSequence reports whether a text is a sequence of JSON objects: with record
// separators, or one object a line.
func isSequence(head []byte) bool {
	trimmed := bytes.TrimLeft(head, " \t\r\n")
	if len(trimmed) > 0 && trimmed[0] == recordSeparator {
		return true
	}
	if !isJSON(head) {
		return false
	}
	dec := jsontext.NewDecoder(bytes.NewReader(trimmed), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	return dec.SkipValue() == nil && dec.PeekKind() == '{'
}

// openSequence makes one collection of the texts of a sequence.
func openSequence(_ context.Context, in *input) (*Source, error) {
	return &Source{text: newSequence(in)}, nil
}

// sequence writes the texts of a sequence as a FeatureCollection while it is read.
type sequence struct {
	in   *input
	dec  *jsontext.Decoder
	left []byte
	n    int
	err  error
}

func newSequence(in *input) io.Reader {
	dec := jsontext.NewDecoder(separated{in.body}, jsontext.AllowDuplicateNames(true)) // the reader of GeoJSON refuses them
	return &sequence{in: in, dec: dec, left: []byte(`{"type":"FeatureCollection","features":[`)}
}

// Read implements io.Reader.
func (s *sequence) Read(b []byte) (int, error) {
	for len(s.left) == 0 {
		if s.err != nil {
			return 0, s.err
		}
		s.advance()
	}
	n := copy(b, s.left)
	s.left = s.left[n:]
	return n, nil
}

func (s *sequence) advance() {
	value, err := s.dec.ReadValue()
	switch {
	case errors.Is(err, io.EOF):
		s.left, s.err = []byte("]}\n"), io.EOF
	case err != nil:
		s.err = s.in.fault("json", fmt.Sprintf("text #%d of the sequence, byte %d", s.n, s.dec.InputOffset()), err.Error())
	default:
		if s.n > 0 {
			s.left = append(s.left, ',', '\n')
		}
		s.left = append(s.left, value...)
		s.n++
	}
}

// separated is a text whose record separators are white space.
type separated struct{ r io.Reader }

// Read implements io.Reader.
func (s separated) Read(b []byte) (int, error) {
	n, err := s.r.Read(b)
	for i := range b[:n] {
		if b[i] == recordSeparator {
			b[i] = ' '
		}
	}
	return n, err
}
