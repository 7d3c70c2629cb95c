package inspect

import (
	"bytes"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

const (
	mostProperties = 300 // that are told apart
	topValues      = 8   // that are listed
)

// properties are those of all features, in the order in which they were met.
type properties struct {
	named map[string]*tally
	order []*tally
	more  int // that were met beyond the bound, once each feature
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
