package data

import (
	"maps"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// Edition is what the map of a place shows on the days of one epoch under one
// basis: every territory and place, the zones of the basis and the control
// lines that are valid then.
type Edition struct {
	Epoch Epoch
	Basis string // id
}

// Item is one feature of an edition.
type Item struct {
	ID         string
	Shape      orb.Geometry
	Name       Text
	Valid      Interval // open on both sides for territories and places
	Properties map[string]any
}

// Section is the items of one kind, in the order of their ids.
type Section struct {
	Name  string // territories, zones, control_lines or places
	Items []Item
}

// Edition returns the edition a day belongs to. An empty basis is the default
// one. It returns ErrUnknown for a basis the dataset does not have and
// *NotMapped for a day without evidence.
func (s *Snapshot) Edition(basisID string, day Date) (Edition, error) {
	query := Query{Basis: basisID}
	_, basis, err := s.resolve(&query)
	if err != nil {
		return Edition{}, err
	}
	epoch, ok := s.EpochOf(day)
	if !ok || !s.mapped(basis, day) {
		return Edition{}, &NotMapped{Basis: basis.ID, Day: day, First: s.firstMapped(basis)}
	}
	return Edition{epoch, basis.ID}, nil
}

// Sections returns what an edition shows: territories, zones, control lines
// and places, always in that order.
func (s *Snapshot) Sections(e Edition) [4]Section {
	var out [4]Section
	for k, kind := range s.kinds() {
		out[k].Name = kind.section
		for i := range kind.count {
			if kind.shown(i, e) {
				out[k].Items = append(out[k].Items, kind.whole(i))
			}
		}
	}
	return out
}

// Keys returns the names of an item's properties, id first, then by name.
func (i *Item) Keys() []string {
	keys := slices.Sorted(maps.Keys(i.Properties))
	at := slices.Index(keys, "id")
	return append([]string{"id"}, slices.Delete(keys, at, at+1)...)
}

// GeoJSON returns an edition as one FeatureCollection; the property "layer"
// names the section of each feature.
func (s *Snapshot) GeoJSON(e Edition) *geojson.FeatureCollection {
	out := geojson.NewFeatureCollection()
	out.ExtraMembers = map[string]any{"dataset": s.Dataset.ID, "snapshot": s.name, "basis": e.Basis, "epoch": e.Epoch,
		"attribution": s.Dataset.Attribution, "disclaimer": s.Dataset.Disclaimer}
	for _, section := range s.Sections(e) {
		for _, item := range section.Items {
			item.Properties["layer"] = section.Name
			out.Append(feature(item.ID, item.Shape, item.Properties))
		}
	}
	return out
}
