package style

import (
	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/look"
)

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
