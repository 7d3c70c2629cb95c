package data

import (
	"maps"
	"slices"
)

// Field is a property that some feature of a section has.
type Field struct {
	Name string
	Type string // string, number or boolean; "" when it differs between features
}

// Fields lists the properties of all features of a section, id first, then by
// name. They are gathered once for a snapshot.
func (s *Snapshot) Fields(section string) []Field {
	if known, ok := s.fields.Load(section); ok {
		return known.([]Field)
	}
	types := map[string]string{}
	for _, k := range s.kinds() {
		for i := 0; i < k.count && k.section == section; i++ {
			for name, v := range k.properties(i) {
				if before, ok := types[name]; ok && before != typeOf(v) {
					types[name] = ""
				} else {
					types[name] = typeOf(v)
				}
			}
		}
	}
	out := []Field{{"id", "string"}}
	for _, name := range slices.Sorted(maps.Keys(types)) {
		out = append(out, Field{name, types[name]})
	}
	s.fields.Store(section, out)
	return out
}

func typeOf(v any) string {
	switch v.(type) {
	case string:
		return "string"
	case float64:
		return "number"
	case bool:
		return "boolean"
	}
	return ""
}
