package foreign

import (
	"fmt"
	"io"
	"iter"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// text writes features as a FeatureCollection while it is read.
type text struct {
	next func() (Feature, error, bool)
	stop func()
	left []byte // written and not yet read
	any  bool   // a feature was written
	err  error  // after what is left
}

func newText(features iter.Seq2[Feature, error]) io.Reader {
	next, stop := iter.Pull2(features)
	return &text{next: next, stop: stop, left: []byte(`{"type":"FeatureCollection","features":[`)}
}

// Read implements io.Reader.
func (t *text) Read(b []byte) (int, error) {
	for len(t.left) == 0 {
		if t.err != nil {
			return 0, t.err
		}
		t.advance()
	}
	n := copy(b, t.left)
	t.left = t.left[n:]
	return n, nil
}

// advance writes the next feature, or the end.
func (t *text) advance() {
	f, err, ok := t.next()
	switch {
	case !ok:
		t.left, t.err = []byte("]}\n"), io.EOF
	case err != nil:
		t.err = err
	default:
		t.left = t.left[:0]
		if t.any {
			t.left = append(t.left, ',', '\n')
		}
		t.any = true
		t.left, t.err = appendFeature(t.left, f)
	}
	if t.err != nil {
		t.stop()
	}
}

func appendFeature(b []byte, f Feature) ([]byte, error) {
	var err error
	b = append(b, `{"type":"Feature",`...)
	if f.ID != "" {
		b = append(b, `"id":`...)
		b = appendString(b, f.ID)
		b = append(b, ',')
	}
	b = append(b, `"properties":{`...)
	for i, p := range f.Properties {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendString(b, p.Name), ':')
		if b, err = appendValue(b, p.Value); err != nil {
			return nil, fmt.Errorf("property %q: %w", p.Name, err)
		}
	}
	b = append(b, `},"geometry":`...)
	if len(f.written) > 0 {
		b = append(b, f.written...)
	} else if b, err = appendGeometry(b, f.Geometry); err != nil {
		return nil, err
	}
	return append(b, '}'), nil
}

func appendString(b []byte, s string) []byte {
	b, _ = jsontext.AppendQuote(b, s) // what is no UTF-8 becomes U+FFFD
	return b
}

func appendValue(b []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case nil:
		return append(b, "null"...), nil
	case bool:
		return strconv.AppendBool(b, v), nil
	case int64:
		return strconv.AppendInt(b, v, 10), nil
	case float64:
		return appendNumber(b, v), nil
	case string:
		return appendString(b, v), nil
	case raw:
		return append(b, v...), nil
	}
	return nil, fmt.Errorf("a %T has no place in JSON", v)
}

// appendNumber writes what reads back as the same number; JSON has no infinity, so
// that one becomes what every reader refuses with its place.
func appendNumber(b []byte, v float64) []byte {
	if v-v != 0 {
		return append(b, "null"...)
	}
	return strconv.AppendFloat(b, v, 'g', -1, 64)
}

func appendGeometry(b []byte, g orb.Geometry) ([]byte, error) {
	if g == nil {
		return append(b, "null"...), nil
	}
	b = append(append(b, `{"type":"`...), g.GeoJSONType()...)
	if members, ok := g.(orb.Collection); ok {
		b = append(b, `","geometries":`...)
		b, err := appendList(b, members, appendGeometry)
		return append(b, '}'), err
	}
	b = append(b, `","coordinates":`...)
	var err error
	switch g := g.(type) {
	case orb.Point:
		b, err = appendPoint(b, g)
	case orb.MultiPoint:
		b, err = appendList(b, g, appendPoint)
	case orb.LineString:
		b, err = appendList(b, g, appendPoint)
	case orb.MultiLineString:
		b, err = appendList(b, g, appendLine[orb.LineString])
	case orb.Polygon:
		b, err = appendPolygon(b, g)
	case orb.MultiPolygon:
		b, err = appendList(b, g, appendPolygon)
	default:
		return nil, fmt.Errorf("a %s has no place in GeoJSON", g.GeoJSONType())
	}
	return append(b, '}'), err
}

func appendPolygon(b []byte, p orb.Polygon) ([]byte, error) {
	return appendList(b, p, appendLine[orb.Ring])
}

func appendLine[L ~[]orb.Point](b []byte, line L) ([]byte, error) {
	return appendList(b, line, appendPoint)
}

func appendPoint(b []byte, p orb.Point) ([]byte, error) {
	b = appendNumber(append(b, '['), p[0])
	b = appendNumber(append(b, ','), p[1])
	return append(b, ']'), nil
}

// appendList writes an array, each member by one.
func appendList[T any](b []byte, all []T, one func([]byte, T) ([]byte, error)) ([]byte, error) {
	b = append(b, '[')
	var err error
	for i, member := range all {
		if i > 0 {
			b = append(b, ',')
		}
		if b, err = one(b, member); err != nil {
			return nil, err
		}
	}
	return append(b, ']'), nil
}
