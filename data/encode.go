package data

import (
	"encoding/json"
	"maps"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// encode writes the canonical bytes; see Snapshot.Canonical.
func (s *Snapshot) encode() ([]byte, error) {
	territories, zones, lines, places := geojson.NewFeatureCollection(), geojson.NewFeatureCollection(), geojson.NewFeatureCollection(), geojson.NewFeatureCollection()
	for i := range s.Territories {
		territories.Append(feature(s.Territories[i].ID, s.Territories[i].Shape, s.Territories[i].Properties()))
	}
	for i := range s.Zones {
		if s.Zones[i].Line == "" {
			zones.Append(feature(s.Zones[i].ID, s.Zones[i].Shape, s.Zones[i].Properties()))
		}
	}
	for i := range s.Lines {
		lines.Append(feature(s.Lines[i].ID, s.Lines[i].Shape, s.Lines[i].Properties()))
	}
	for i := range s.Places {
		places.Append(feature(s.Places[i].ID, s.Places[i].Point, s.Places[i].Properties()))
	}
	claims := s.Claims
	if claims == nil {
		claims = []Claim{}
	}
	text, err := json.Marshal(map[string]any{datasetFile: s.Dataset, claimsFile: claims, territoriesFile: territories,
		zonesFile: zones, linesFile: lines, placesFile: places})
	if err != nil {
		return nil, err
	}
	value := jsontext.Value(text)
	if err := value.Canonicalize(); err != nil {
		return nil, err
	}
	return value, nil
}

func feature(id string, g orb.Geometry, properties map[string]any) *geojson.Feature {
	f := geojson.NewFeature(g)
	f.ID, f.Properties = id, properties
	return f
}

// Properties returns the territory's properties as its file holds them, by name.
func (t *Territory) Properties() map[string]any {
	p := attributes(t.Name, t.Extra)
	p.set("parent", t.Parent)
	p.set("source", t.Source)
	if t.PublishedAreaKm2 != 0 {
		p["published_area_km2"] = t.PublishedAreaKm2
	}
	return p
}

// Properties returns the zone's properties as its file holds them, by name.
func (z *Zone) Properties() map[string]any {
	p := attributes(z.Name, z.Extra)
	p.evidence(z.Party, z.Basis, z.Status, z.Valid, z.Source, z.AccuracyM)
	return p
}

// Properties returns the line's properties as its file holds them, by name.
func (l *ControlLine) Properties() map[string]any {
	p := attributes(l.Name, l.Extra)
	p.evidence(l.Party, l.Basis, l.Status, l.Valid, l.Source, l.AccuracyM)
	p.set("kind", l.Kind)
	p.set("held_side", string(l.HeldSide))
	p.set("territory", l.Territory)
	if l.ExtendM != 0 {
		p["extend_m"] = l.ExtendM
	}
	return p
}

// Properties returns the place's properties as its file holds them, by name.
func (p *Place) Properties() map[string]any {
	out := attributes(p.Name, p.Extra)
	out.set("kind", p.Kind)
	out.set("source", p.Source)
	return out
}

// attributeMap is a feature's properties by name.
type attributeMap map[string]any

func attributes(name Text, extra map[string]any) attributeMap {
	p := attributeMap{}
	maps.Copy(p, extra)
	for lang, words := range name {
		p["name_"+lang] = words
	}
	return p
}

func (p attributeMap) set(name, value string) {
	if value != "" {
		p[name] = value
	}
}

func (p attributeMap) evidence(party, basis string, status Status, valid Interval, source string, accuracyM float64) {
	p.set("party", party)
	p.set("basis", basis)
	p.set("status", string(status))
	p.set("valid_from", valid.From.String())
	if valid.To != 0 {
		p.set("valid_to", valid.To.String())
	}
	p.set("source", source)
	p["accuracy_m"] = accuracyM
}
