package style

import (
	"math"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/look"

	"github.com/paulmach/orb"
)

// Map says what a MapLibre style is made for.
type Map struct {
	Drawing
	Tiles   string // address with {z}, {x} and {y}
	Sprite  string // address without suffix
	MinZoom uint32 // of the tiles
	MaxZoom uint32
	Overlay bool     // for above another map: no background and no fill for land
	Things  []string // ids of layers of things that are drawn too
}

// Names of lines and districts come from sources that end where one tile holds
// everything, so that each is in one tile and named once; that for districts ends
// two zooms above, where parts too small for a name of their own are gone.
const (
	mainSource     = "demarc"
	lineNameSource = "demarc-line-names"
	nameSource     = "demarc-names"
)

// MapLibre returns the style as the specification's version 8 has it, ready for JSON.
func (m *Map) MapLibre() map[string]any {
	d, b := &m.Snapshot.Dataset, m.Snapshot.Bound()
	source := func(deepest uint32) map[string]any {
		return map[string]any{"type": "vector", "tiles": []string{m.Tiles}, "bounds": []float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]},
			"minzoom": m.MinZoom, "maxzoom": max(m.MinZoom, deepest)}
	}
	main := source(m.MaxZoom)
	main["attribution"] = data.AsHTML(d.Credits().In(m.Lang)) // once
	whole := zoomOfOneTile(b, m.MaxZoom)
	var layers []any
	for _, mark := range m.marks() {
		if m.Overlay && mark.base {
			continue
		}
		if mark.id == "control-casing" {
			layers = append(layers, m.things()...)
		}
		layers = append(layers, m.layer(&mark))
	}
	return map[string]any{
		"version": 8, "name": d.Title.In(m.Lang), "sprite": m.Sprite,
		"center": []float64{(b.Min[0] + b.Max[0]) / 2, (b.Min[1] + b.Max[1]) / 2}, "zoom": whole + 1,
		"sources": map[string]any{mainSource: main, lineNameSource: source(whole), nameSource: source(max(whole, 2) - 2)},
		"layers":  layers,
		"metadata": map[string]any{"demarc:snapshot": m.Snapshot.Name(), "demarc:epoch": m.Edition.Epoch, "demarc:basis": m.Edition.Basis,
			"demarc:disclaimer": d.Disclaimer.In(m.Lang)},
	}
}

func (m *Map) layer(k *mark) map[string]any {
	layer := map[string]any{"id": k.id, "source": mainSource, "source-layer": k.section}
	if k.section == "" {
		return map[string]any{"id": k.id, "type": "background", "paint": map[string]any{"background-color": k.colour.usual}}
	}
	if len(k.when) > 0 {
		layer["filter"] = allOf(k.when)
	}
	if k.least > 0 {
		layer["minzoom"] = min(k.least, 24)
	}
	colour := k.colour.expression()
	switch k.shape {
	case area:
		layer["type"] = "fill"
		paint := map[string]any{"fill-color": colour}
		switch {
		case k.paint.Pattern != "":
			paint = map[string]any{"fill-pattern": k.paint.Name()}
		case k.opacity != 0:
			paint["fill-opacity"], paint["fill-antialias"] = k.opacity, false
		}
		layer["paint"] = paint
	case outline:
		paint := map[string]any{"line-color": colour, "line-width": k.width}
		layer["type"], layer["paint"] = "line", paint
		if k.dashes != nil {
			paint["line-dasharray"] = k.dashes
		} else {
			layer["layout"] = map[string]any{"line-cap": "round", "line-join": "round"}
		}
	case dot:
		layer["type"] = "circle"
		layer["paint"] = map[string]any{"circle-radius": k.width, "circle-color": colour, "circle-stroke-color": look.Ink, "circle-stroke-width": 2}
	case name:
		m.name(k, layer)
	}
	return layer
}

// things draws the layers of things that are asked for, under the lines: areas as a
// veil, lines, and points as dots. They are muted, since no figure of the map is about them.
func (m *Map) things() []any {
	if len(m.Things) == 0 {
		return nil
	}
	asked := (&condition{"thing_layer", isOne, m.Things}).expression()
	points := []any{"all", asked, []any{"==", []any{"geometry-type"}, "Point"}}
	layer := func(id, kind string, filter any, paint map[string]any) any {
		return map[string]any{"id": id, "type": kind, "source": mainSource, "source-layer": data.ThingsSection, "filter": filter, "paint": paint}
	}
	return []any{
		layer("things-fill", "fill", asked, map[string]any{"fill-color": look.Ink, "fill-opacity": 0.25}),
		layer("things-line", "line", asked, map[string]any{"line-color": look.Ink, "line-width": 1}),
		layer("things-dot", "circle", points, map[string]any{"circle-radius": 3, "circle-color": look.Ink, "circle-stroke-color": look.Halo, "circle-stroke-width": 1}),
	}
}

// name draws names by the reader's own fonts: there are no glyphs to fetch, and a
// generic family is one that nobody looks for elsewhere. MapLibre and OpenLayers read
// the weight off the name of a font.
func (m *Map) name(k *mark, layer map[string]any) {
	font := []string{"sans-serif"}
	if k.bold {
		font = []string{"Arial Bold", "sans-serif"}
	}
	layout := map[string]any{"text-field": nameIn(m.Lang), "text-font": font, "text-size": k.size}
	switch {
	case k.along:
		layer["source"] = lineNameSource
		layout["symbol-placement"], layout["text-offset"], layout["text-max-angle"] = "line-center", []float64{0, -1}, 80
	case k.section == data.PlacesSection:
		layout["text-anchor"], layout["text-offset"] = "left", []float64{0.8, 0}
	default:
		layer["source"] = nameSource
	}
	layer["type"], layer["layout"] = "symbol", layout
	layer["paint"] = map[string]any{"text-color": k.colour.usual, "text-halo-color": look.Halo, "text-halo-width": 1.6}
}

// nameIn is the name in a language, else in English.
func nameIn(lang string) any {
	if lang == "en" {
		return []any{"get", "name_en"} // QGIS 3.22 takes no coalesce for a text
	}
	return []any{"coalesce", []any{"get", "name_" + lang}, []any{"get", "name_en"}, ""}
}

// allOf is a filter by all conditions.
func allOf(all []condition) any {
	if len(all) == 1 {
		return all[0].expression()
	}
	out := []any{"all"}
	for _, c := range all {
		out = append(out, c.expression())
	}
	return out
}

// expression writes a condition with the operators that every client knows.
func (c *condition) expression() any {
	property := []any{"get", c.key}
	var each []any
	for _, v := range c.values {
		switch c.test {
		case isOne:
			each = append(each, []any{"==", property, v})
		case isNone:
			each = append(each, []any{"!=", property, v})
		}
	}
	if len(each) == 1 {
		return each[0]
	}
	return append([]any{map[test]string{isOne: "any", isNone: "all"}[c.test]}, each...)
}

// expression writes a choice by the one property that all of its cases are about.
func (c *choice) expression() any {
	if len(c.cases) == 0 {
		return c.usual
	}
	out := []any{"match", []any{"get", c.cases[0].when.key}}
	for _, k := range c.cases {
		out = append(out, k.when.values, k.colour)
	}
	return append(out, c.usual)
}

// zoomOfOneTile is the deepest zoom, up to limit, at which one tile holds a whole box.
func zoomOfOneTile(b orb.Bound, limit uint32) uint32 {
	column := func(lon float64, z uint32) float64 { return math.Floor((lon + 180) / 360 * math.Exp2(float64(z))) }
	row := func(lat float64, z uint32) float64 {
		return math.Floor((0.5 - math.Asinh(math.Tan(lat*math.Pi/180))/(2*math.Pi)) * math.Exp2(float64(z)))
	}
	z := uint32(0)
	for z < limit && column(b.Min[0], z+1) == column(b.Max[0], z+1) && row(b.Max[1], z+1) == row(b.Min[1], z+1) {
		z++
	}
	return z
}
