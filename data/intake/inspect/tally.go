package inspect

import (
	"strings"

	"github.com/demarc-map/demarc/geojson"

	"github.com/go-json-experiment/json/jsontext"
)

const mostValues = 1000 // different ones of a property that are told apart

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

// only reports whether all values are of these kinds.
func (t *tally) only(kinds ...string) bool {
	n := 0
	for _, kind := range kinds {
		n += t.kinds[kind]
	}
	return n > 0 && n == t.Features
}
