package data

import "slices"

// The names of the sections, as in file names, tiles and exports.
const (
	TerritoriesSection = "territories"
	ZonesSection       = "zones"
	LinesSection       = "control_lines"
	PlacesSection      = "places"
	ThingsSection      = "things"
)

// SectionNames lists the sections in the order that every edition has them: things
// only where the dataset carries any.
func (c *Contents) SectionNames() []string {
	out := []string{TerritoriesSection, ZonesSection, LinesSection, PlacesSection}
	if len(c.Things) > 0 {
		out = append(out, ThingsSection)
	}
	return out
}

// HeldLayer names the layer of held land that files and drawings have beside the
// sections.
const HeldLayer = "held"

// TallyLayer and NearLayer name layers of what was computed: things with the sides on
// which they lie, and the land near the line.
const (
	TallyLayer = "tally"
	NearLayer  = "near"
)

// LayerNames lists the sections that an edition can have and HeldLayer as they lie
// on a map, the lowest first.
func LayerNames() []string {
	return []string{TerritoriesSection, HeldLayer, ZonesSection, LinesSection, PlacesSection, ThingsSection}
}

// LayerNames lists the layers that editions have, in the order of
// the function of that name.
func (c *Contents) LayerNames() []string {
	return slices.DeleteFunc(LayerNames(), func(name string) bool { return name == ThingsSection && len(c.Things) == 0 })
}

// Mixed is the Dimension of a layer whose shapes may be of any.
const Mixed = 3

// Dimension is that of the shapes of a layer: 2 for polygons, 1 for lines, 0 for
// points, Mixed for things.
func Dimension(layer string) int {
	switch layer {
	case TerritoriesSection, HeldLayer, ZonesSection, NearLayer:
		return 2
	case LinesSection:
		return 1
	case ThingsSection, TallyLayer:
		return Mixed
	}
	return 0
}

// kind gives one way to go through features of each kind by their position in
// the snapshot.
type kind struct {
	section    string
	count      int
	item       func(i int) Item // without its properties
	properties func(i int) map[string]any
	shown      func(i int, e Edition) bool // whether an edition shows it
}

// whole returns an item with its properties, id among them.
func (k *kind) whole(i int) Item {
	item := k.item(i)
	item.Properties = k.properties(i)
	item.Properties["id"] = item.ID
	return item
}

// kinds returns territories, zones, control lines, places and things, in that order.
func (s *Snapshot) kinds() [5]kind {
	always := func(int, Edition) bool { return true }
	return [5]kind{
		{TerritoriesSection, len(s.Territories), func(i int) Item {
			t := &s.Territories[i]
			return Item{ID: t.ID, Shape: t.Shape, Name: t.Name}
		}, func(i int) map[string]any {
			p := s.Territories[i].Properties()
			p["kind"] = "territory"
			if s.Territories[i].Parent != "" {
				p["kind"] = "district"
			}
			return p
		}, always},
		{ZonesSection, len(s.Zones), func(i int) Item {
			z := &s.Zones[i]
			return Item{ID: z.ID, Shape: z.Shape, Name: z.Name, Valid: z.Valid}
		}, func(i int) map[string]any {
			p := s.Zones[i].Properties()
			p["counts"], p["mark"] = Counts(s, &s.Zones[i]), MarkOf(s, &s.Zones[i])
			return p
		}, func(i int, e Edition) bool {
			return s.Zones[i].Basis == e.Basis && s.Zones[i].Valid.Contains(e.Epoch.From)
		}},
		{LinesSection, len(s.Lines), func(i int) Item {
			l := &s.Lines[i]
			return Item{ID: l.ID, Shape: l.Shape, Name: l.Name, Valid: l.Valid}
		}, func(i int) map[string]any {
			return s.Lines[i].Properties()
		}, func(i int, e Edition) bool {
			return s.Lines[i].Valid.Contains(e.Epoch.From)
		}},
		{PlacesSection, len(s.Places), func(i int) Item {
			p := &s.Places[i]
			return Item{ID: p.ID, Shape: p.Point, Name: p.Name}
		}, func(i int) map[string]any {
			return s.Places[i].Properties()
		}, always},
		{ThingsSection, len(s.Things), func(i int) Item {
			t := &s.Things[i]
			return Item{ID: t.ID, Shape: t.Shape, Name: t.Name, Valid: t.Valid}
		}, func(i int) map[string]any {
			t := &s.Things[i]
			p := t.Properties()
			p["mapped_on"] = s.Dataset.MappedOn(t).String()
			return p
		}, func(i int, e Edition) bool {
			return s.Things[i].Valid.Contains(e.Epoch.From)
		}},
	}
}
