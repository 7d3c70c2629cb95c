package export

import (
	"maps"
	"slices"

	"github.com/demarc-map/demarc/data"
)

// tell adds to the properties of a zone or line what a file says beside the dataset's
// own: what its party and its reading are called, as party_name_en and basis_name_en, in
// every language that the dataset has; and an end that is open as valid_to without a
// value, so that it is there in every file.
func tell(s *data.Snapshot, properties map[string]any) {
	id, _ := properties["party"].(string)
	if party, ok := s.PartyByID(id); ok {
		called(properties, "party_name_", party.Name)
	}
	id, _ = properties["basis"].(string)
	if basis, ok := s.BasisByID(id); ok {
		called(properties, "basis_name_", basis.Name)
	}
	if _, ends := properties["valid_to"]; !ends {
		properties["valid_to"] = nil
	}
}

func called(properties map[string]any, prefix string, name data.Text) {
	for lang, words := range name {
		properties[prefix+lang] = words
	}
}

// tells reports whether features of a layer have a party, a reading and days.
func tells(layer string) bool { return layer == data.ZonesSection || layer == data.LinesSection }

// told are the columns of what tell adds, the same for all days and readings of a dataset.
func told(s *data.Snapshot, layer string) []column {
	names := map[string]bool{}
	if tells(layer) {
		for _, p := range s.Dataset.Parties {
			for lang := range p.Name {
				names["party_name_"+lang] = true
			}
		}
		for _, b := range s.Dataset.Bases {
			for lang := range b.Name {
				names["basis_name_"+lang] = true
			}
		}
	}
	var out []column
	for _, name := range slices.Sorted(maps.Keys(names)) {
		out = append(out, column{name, name, text})
	}
	return out
}
