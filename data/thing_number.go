package data

import (
	"encoding/json"
	"iter"

	"github.com/go-json-experiment/json/jsontext"
)

// thingNumber is how many a feature stands for: its count, else one. No property of
// a file has this name.
const thingNumber = "number of things"

// ThingsOn hands out the things of a layer that are valid on a day, to be counted,
// with the properties that their file has.
func (c *Contents) ThingsOn(layer string, day Date) iter.Seq2[Thing, error] {
	return func(yield func(Thing, error) bool) {
		all := c.ThingsOf(layer)
		for i := range all {
			t := &all[i]
			if !t.Valid.Contains(day) {
				continue
			}
			number := 1.0
			if t.Count != nil {
				number = *t.Count
			}
			properties := map[string]jsontext.Value{}
			var err error
			for name, v := range t.Properties() {
				if properties[name], err = json.Marshal(v); err != nil {
					break
				}
			}
			if err == nil {
				properties[thingNumber], err = json.Marshal(number)
			}
			if !yield(Thing{Index: i, ID: t.ID, Geometry: t.Shape, Properties: properties}, err) {
				return
			}
		}
	}
}

// ThingSources lists the sources of the things of a layer, in the dataset's order.
func (c *Contents) ThingSources(layer string) []Source {
	used := map[string]bool{}
	for _, t := range c.ThingsOf(layer) {
		used[t.Source] = true
	}
	out := []Source{}
	for _, source := range c.Dataset.Sources {
		if used[source.ID] {
			out = append(out, source)
		}
	}
	return out
}
