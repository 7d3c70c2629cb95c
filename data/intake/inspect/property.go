package inspect

import (
	"bytes"
	"strings"

	"github.com/demarc-map/demarc/geojson"

	"github.com/go-json-experiment/json/jsontext"
)

const (
	mostProperties = 300  // that are told apart
	mostValues     = 1000 // different ones of a property that are told apart
	topValues      = 8    // that are listed
	longestValue   = 120  // bytes of a value that are kept
)

// properties are those of all features, in the order in which they were met.
type properties struct {
	named map[string]*tally
	order []*tally
	more  int // that were met beyond the bound, once each feature
}

// tally is what is known of one property.
type tally struct {
	Property
	kinds  map[string]int
	values map[string]int // by the value's text, clipped
	areas  map[string]int // of polygons alone
	long   bool           // a value was clipped
	texts  textual
	days   *dayWays
}

func newProperties() *properties { return &properties{named: map[string]*tally{}} }

// add takes the properties of a feature in; nil has none. polygonal says that its
// shape is one of polygons.
func (p *properties) add(object jsontext.Value, polygonal bool) error {
	if object == nil {
		return nil
	}
	dec := jsontext.NewDecoder(bytes.NewReader(object), jsontext.AllowDuplicateNames(true))
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	more := 0
	for dec.PeekKind() != '}' {
		token, err := dec.ReadToken()
		if err != nil {
			return err
		}
		name := token.String()
		value, err := dec.ReadValue()
		if err != nil {
			return err
		}
		t := p.named[name]
		if t == nil && len(p.order) == mostProperties {
			more++
			continue
		}
		if t == nil {
			name = strings.Clone(name)
			t = &tally{Property: Property{Name: name}, kinds: map[string]int{}, values: map[string]int{}, areas: map[string]int{}, days: newDayWays(name)}
			p.named[name], p.order = t, append(p.order, t)
		}
		if err := t.add(value, polygonal); err != nil {
			return err
		}
	}
	p.more = max(p.more, more)
	return nil
}

// add takes one value in.
func (t *tally) add(value jsontext.Value, polygonal bool) error {
	text := string(value[:min(len(value), 4*longestValue)])
	switch value.Kind() {
	case '"':
		whole, err := jsontext.AppendUnquote(nil, value)
		if err != nil {
			return err
		}
		text = string(whole)
		if strings.TrimSpace(text) == "" {
			t.kinds["empty text"]++
			return nil
		}
		t.kinds["text"]++
		t.texts.add(text)
		t.days.text(text)
	case '0':
		t.kinds["number"]++
		t.days.number(text)
	case 't', 'f':
		t.kinds["boolean"]++
		t.days.end()
	case '[':
		t.kinds["list"]++
		t.days.end()
	case '{':
		t.kinds["object"]++
		t.days.end()
	default:
		t.kinds["null"]++
		return nil
	}
	t.Features++
	if polygonal {
		t.onPolygons++
	}
	clipped := geojson.Clip(text, longestValue)
	t.long = t.long || clipped != text
	if _, known := t.values[clipped]; known || len(t.values) < mostValues {
		clipped = strings.Clone(clipped)
		t.values[clipped]++
		if polygonal {
			t.areas[clipped]++
		}
	} else {
		t.More = true
	}
	return nil
}

// all are the properties, with what they look like among so many features.
func (p *properties) all(features int) []Property {
	out := make([]Property, len(p.order))
	for i, t := range p.order {
		t.Kinds, t.Distinct = counted(t.kinds), len(t.values)
		t.More = t.More || t.long // values that begin alike
		t.Top = counted(t.values)
		t.Top = t.Top[:min(len(t.Top), topValues)]
		t.Looks = t.looks(features)
		t.ofPolygons = counted(t.areas)
		out[i] = t.Property
	}
	return out
}

// only reports whether all values are of these kinds.
func (t *tally) only(kinds ...string) bool {
	n := 0
	for _, kind := range kinds {
		n += t.kinds[kind]
	}
	return n > 0 && n == t.Features
}
