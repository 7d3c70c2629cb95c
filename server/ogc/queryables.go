package ogc

import (
	"net/http"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server/web"
)

// queryables answers GET /ogc/collections/{collection}/queryables: the
// properties to filter by, each a parameter of the items, as a JSON Schema.
func (s *service) queryables(r *http.Request) (*web.Answer, error) {
	c, err := s.find(r)
	if err != nil {
		return nil, err
	}
	ask, err := s.ask(r, []string{"json"})
	if err != nil {
		return nil, err
	}
	properties := map[string]any{}
	for _, field := range c.fields() {
		properties[field.Name] = c.schema(field)
	}
	return s.JSON(typeSchema, ask.cacheFor(), map[string]any{
		"$schema": "https://json-schema.org/draft/2019-09/schema", "$id": ask.address(c.path() + "/queryables"),
		"type": "object", "title": c.title(), "description": "Properties of the collection " + c.id + "; each is a parameter of its items",
		"properties": properties, "additionalProperties": false,
	})
}

// fieldWords say what a property is.
func fieldWords() map[string]string {
	return map[string]string{
		"id": "Stable id", "party": "Who holds", "basis": "Reading of the evidence", "status": "How it is known", "kind": "Kind",
		"valid_from": "First day on which it holds (UTC)", "valid_to": "First day on which it no longer holds (UTC)",
		"source": "Where it comes from", "accuracy_m": "Positional accuracy in metres", "parent": "Territory that it is a district of",
		"published_area_km2": "Area that its source gives, in square kilometres", "held_side": "Side that is held, along the line's direction",
		"territory": "Territory that the line cuts", "extend_m": "Metres by which the line's ends are prolonged",
		"name_en": "Name in English", "name_ar": "Name in Arabic", "name_he": "Name in Hebrew",
	}
}

// schema describes a property: its type, and which values there are where the
// dataset lists them.
func (c *collection) schema(field data.Field) map[string]any {
	out := map[string]any{"title": field.Name}
	if words := fieldWords()[field.Name]; words != "" {
		out["description"] = words
	}
	if field.Type != "" {
		out["type"] = field.Type
	}
	var values []string
	switch field.Name {
	case "valid_from", "valid_to":
		out["format"] = "date"
	case "party":
		for _, p := range c.Snapshot.Dataset.Parties {
			values = append(values, p.ID)
		}
	case "basis":
		for _, b := range c.Snapshot.Dataset.Bases {
			values = append(values, b.ID)
		}
	case "status":
		for _, status := range data.Statuses() {
			values = append(values, string(status))
		}
	}
	if values != nil {
		out["enum"] = values
	}
	return out
}
