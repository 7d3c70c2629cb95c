package style

import (
	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/look"
	"github.com/demarc-map/demarc/data/mapcontext"

	"github.com/paulmach/orb"
)

// Context is the map context that a style draws below and around the dataset, from
// tiles of its own.
type Context struct {
	Map              *mapcontext.Map
	Layer            func(name string) string // what a layer is called in the tiles
	Tiles            string                   // address with {z}, {x} and {y} in it
	Bounds           orb.Bound
	MinZoom, MaxZoom uint32
}

const contextSource = "demarc-context"

// land is the land of the neighbours; sea is what none covers.
func (c *Context) land() any {
	return c.layer("context-land", "fill", mapcontext.Land, nil, map[string]any{"fill-color": look.Neighbour})
}

// below lists what lies on all land and below the zones.
func (c *Context) below() []any {
	thin := []any{"interpolate", []any{"linear"}, []any{"zoom"}, 6, 0.5, 11, 1.2, 14, 2.5}
	return []any{
		c.layer("context-builtup", "fill", mapcontext.Builtup, nil, map[string]any{"fill-color": look.Builtup}),
		c.layer("context-water", "line", mapcontext.Water, nil, map[string]any{"line-color": look.WaterLine, "line-width": 1}),
		c.layer("context-road", "line", mapcontext.Roads, nil, map[string]any{"line-color": look.Road, "line-width": thin}),
		c.layer("context-main-road", "line", mapcontext.Roads, []any{"==", []any{"get", "rank"}, 1}, map[string]any{"line-color": look.MainRoad, "line-width": thin}),
		c.layer("context-border", "line", mapcontext.Borders, []any{"!=", []any{"get", "kind"}, mapcontext.Coast}, map[string]any{"line-color": look.Border, "line-width": 1}),
	}
}

// names is the layer of names, which lies above the zones and below all other names.
func (c *Context) names(lang string) any {
	layer := c.layer("context-name", "symbol", mapcontext.Places, nil,
		map[string]any{"text-color": look.TownInk, "text-halo-color": look.Halo, "text-halo-width": 1.4})
	layer["layout"] = map[string]any{"text-field": nameIn(lang), "text-font": []string{"sans-serif"}, "text-size": 12,
		"symbol-sort-key": []any{"get", "rank"}}
	return layer
}

func (c *Context) layer(id, kind, of string, filter any, paint map[string]any) map[string]any {
	out := map[string]any{"id": id, "type": kind, "source": contextSource, "source-layer": c.Layer(of), "paint": paint}
	if filter != nil {
		out["filter"] = filter
	}
	return out
}

// source is the source of all of it.
func (c *Context) source(lang string) map[string]any {
	return map[string]any{"type": "vector", "tiles": []string{c.Tiles}, "bounds": []float64{c.Bounds.Min[0], c.Bounds.Min[1], c.Bounds.Max[0], c.Bounds.Max[1]},
		"minzoom": c.MinZoom, "maxzoom": c.MaxZoom, "attribution": data.AsHTML(c.Map.Attribution.In(lang))}
}
