package ogc

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"

	"github.com/demarc-map/demarc/server/web"
)

// openAPI answers GET /ogc/api (OpenAPI 3.0): the part of the description that
// is about OGC API, and each collection's items with the properties to filter
// by, which is where clients look for them.
func (s *service) openAPI(r *http.Request) (*web.Answer, error) {
	ask, err := s.ask(r, []string{"json"})
	if err != nil {
		return nil, err
	}
	all, err := ask.collections()
	if err != nil {
		return nil, err
	}
	return s.Cached(r.Context(), ask.key("api", all...), func(context.Context) (*web.Answer, error) {
		described, err := describedAPI(s.Description, ask.root, all)
		if err != nil {
			return nil, err
		}
		return s.JSON(typeOpenAPI, web.CacheLive, described)
	})
}

// describedAPI is the part of a description about the paths under root.
func describedAPI(description []byte, root string, all []collection) (map[string]any, error) {
	var d struct {
		OpenAPI    string                               `json:"openapi"`
		Info       map[string]any                       `json:"info"`
		Paths      map[string]map[string]map[string]any `json:"paths"`
		Components map[string]map[string]any            `json:"components"`
	}
	if err := json.Unmarshal(description, &d); err != nil {
		return nil, err
	}
	const items = "/collections/{collection}/items"
	paths := map[string]any{}
	for path, methods := range d.Paths {
		if under, ok := strings.CutPrefix(path, "/ogc/"); ok {
			paths["/"+under] = methods
		}
	}
	general := d.Paths["/ogc"+items]["get"]
	for _, c := range all {
		get := maps.Clone(general)
		get["operationId"] = fmt.Sprint(general["operationId"], "-", c.id)
		get["summary"] = c.title()
		get["parameters"] = c.parameters(general["parameters"].([]any))
		paths[c.path()+"/items"] = map[string]any{"get": get}
	}
	used := map[string]map[string]any{}
	gatherRefs(paths, d.Components, used)
	d.Info["title"] = serviceTitle + ": OGC API"
	return map[string]any{"openapi": d.OpenAPI, "info": d.Info, "servers": []map[string]string{{"url": root}},
		"tags": []map[string]string{{"name": "OGC API", "description": serviceDescription}}, "paths": paths, "components": used}, nil
}

// parameters are those of all items but the one in the path, and the
// properties of the collection.
func (c *collection) parameters(general []any) []any {
	known := map[any]bool{"basis": true}
	var out []any
	for _, p := range general {
		ref, _ := p.(map[string]any)["$ref"].(string)
		if name := ref[strings.LastIndexByte(ref, '/')+1:]; name != "collection" {
			out = append(out, p)
			known[name] = true
		}
	}
	for _, field := range c.fields() {
		if known[field.Name] {
			continue
		}
		schema := map[string]any{} // any value may be asked for; one that no feature has finds none
		if field.Type != "" {
			schema["type"] = field.Type
		}
		out = append(out, map[string]any{"name": field.Name, "in": "query", "required": false, "style": "form", "explode": false,
			"description": "Only features with this value: " + cmp.Or(fieldWords()[field.Name], field.Name), "schema": schema})
	}
	return out
}

// gatherRefs adds to used the components that a value refers to, and those
// that they refer to.
func gatherRefs(v any, components, used map[string]map[string]any) {
	switch v := v.(type) {
	case []any:
		for _, member := range v {
			gatherRefs(member, components, used)
		}
	case map[string]any:
		for name, member := range v {
			ref, isRef := member.(string)
			kind, id, ok := strings.Cut(strings.TrimPrefix(ref, "#/components/"), "/")
			if name != "$ref" || !isRef || !ok {
				gatherRefs(member, components, used)
				continue
			}
			if used[kind] == nil {
				used[kind] = map[string]any{}
			}
			if _, seen := used[kind][id]; !seen {
				used[kind][id] = components[kind][id]
				gatherRefs(components[kind][id], components, used)
			}
		}
	case map[string]map[string]any:
		for _, member := range v {
			gatherRefs(member, components, used)
		}
	}
}
