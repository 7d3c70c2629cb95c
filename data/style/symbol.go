package style

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/look"
)

// mm is the length of a CSS pixel in millimetres, which QGIS draws in.
const mm = 25.4 / 96

// rule is a mark, or one case of it, as QGIS draws it: with one colour.
type rule struct {
	mark
	colour string
}

// rules splits marks into rules, the cases of each in order, and leaves out what no
// feature with these columns can be.
func rules(all []mark, hasColumn func(string) bool) []rule {
	var out []rule
	for _, m := range all {
		var when []condition
		possible := true
		for _, c := range m.when {
			switch {
			case hasColumn(c.key):
				when = append(when, c)
			case c.test == isOne:
				possible = false
			}
		}
		if !possible {
			continue
		}
		m.when = when
		for _, c := range m.colour.cases {
			one := m
			one.when = append(when[:len(when):len(when)], c.when)
			if c.legend != "" {
				one.legend = c.legend
			}
			out = append(out, rule{one, c.colour})
			m.when = append(m.when[:len(m.when):len(m.when)], condition{c.when.key, isNone, c.when.values})
		}
		if m.colour.legend != "" {
			m.legend = m.colour.legend
		}
		out = append(out, rule{m, m.colour.usual})
	}
	return out
}

// expression writes the conditions as QGIS reads them, "" for none.
func (r *rule) expression() string {
	var all []string
	for _, c := range r.when {
		var values []string
		for _, v := range c.values {
			values = append(values, "'"+strings.ReplaceAll(v, "'", "''")+"'")
		}
		list := "(" + strings.Join(values, ", ") + ")"
		if c.test == isOne {
			all = append(all, fmt.Sprintf("%q IN %s", c.key, list))
		} else {
			all = append(all, fmt.Sprintf("coalesce(%q, '') NOT IN %s", c.key, list))
		}
	}
	return strings.Join(all, " AND ")
}

// brushes are the hatches that are nearest to the patterns.
var brushes = map[look.Pattern]string{look.Restricted: "b_diagonal", look.Claims: "b_diagonal", "claimed": "b_diagonal", "proposed": "dense6", "disputed": "diagonal_x",
	"published": "f_diagonal", "agreed": "horizontal", "observed": "dense7"}

// covers returns what covers an area: a colour, or for a pattern the first of its
// colours below and hatches of the others on it.
func (r *rule) covers() []element {
	cover := func(colour string, opacity float64, brush string) element {
		return symbolLayer("SimpleFill", [][2]string{{"color", rgba(colour, opacity)}, {"style", brush}, {"outline_style", "no"}})
	}
	paint := r.paint
	switch {
	case paint.Pattern == "":
		return []element{cover(r.colour, r.opacity, "solid")}
	case paint.Pattern == look.Solid && len(paint.Colours) > 0:
		out := []element{cover(paint.Colours[0], look.Opacity, "solid")}
		for i, colour := range paint.Colours[1:] {
			out = append(out, cover(colour, 1, []string{"b_diagonal", "f_diagonal"}[i]))
		}
		return out
	case paint.Pattern == look.Solid:
		return []element{cover(look.Ink, 1, "diagonal_x")}
	}
	return []element{cover(append(paint.Colours, look.Ink)[0], 1, brushes[paint.Pattern])}
}

// symbolLayer is one layer of a symbol.
func symbolLayer(class string, options [][2]string) element {
	list := el("Option", "type", "Map")
	for _, o := range options {
		list = list.with(el("Option", "type", "QString", "name", o[0], "value", o[1]))
	}
	return el("layer", "class", class, "enabled", "1", "pass", "0", "locked", "0").with(list)
}

// symbol returns how a rule is drawn on features of a section.
func (r *rule) symbol(number int) element {
	kind := [3]string{"marker", "line", "fill"}[data.Dimension(r.section)]
	class, options := "", [][2]string(nil)
	switch r.shape {
	case outline:
		class, options = "SimpleLine", [][2]string{{"line_color", rgba(r.colour, 1)}, {"line_width", length(r.width)}, {"line_width_unit", "MM"},
			{"line_style", "solid"}, {"joinstyle", "round"}, {"capstyle", "round"}}
		if r.dashes != nil {
			options = append(options, [2]string{"use_custom_dash", "1"}, [2]string{"customdash_unit", "MM"},
				[2]string{"customdash", length(r.dashes[0]*r.width) + ";" + length(r.dashes[1]*r.width)})
			options[5][1] = "flat"
		}
	case dot:
		class, options = "SimpleMarker", [][2]string{{"name", "circle"}, {"color", rgba(r.colour, 1)}, {"size", length(2 * r.width)}, {"size_unit", "MM"},
			{"outline_color", rgba(look.Ink, 1)}, {"outline_width", length(2)}, {"outline_width_unit", "MM"}}
	case area, name: // is covered, has a label instead
	}
	layers := []element{symbolLayer(class, options)}
	if r.shape == area {
		layers = r.covers()
	}
	return el("symbol", "name", strconv.Itoa(number), "type", kind, "alpha", "1", "clip_to_extent", "1", "force_rhr", "0").with(layers...)
}

// label returns how names are written, in English where a language has no column.
func (r *rule) label(lang string, hasColumn func(string) bool) element {
	field := `coalesce("name_en", '')`
	if lang != "en" && hasColumn("name_"+lang) {
		field = fmt.Sprintf(`coalesce("name_%s", "name_en", '')`, lang)
	}
	weight := "50"
	if r.bold {
		weight = "75"
	}
	placement := map[string]string{data.TerritoriesSection: "1", data.LinesSection: "3", data.PlacesSection: "6"}[r.section] // over a point, curved, around it as on printed maps
	return el("settings", "calloutType", "simple").with(
		el("text-style", "fieldName", field, "isExpression", "1", "fontFamily", "Open Sans", "fontSize", strconv.FormatFloat(r.size*0.75, 'f', -1, 64),
			"fontSizeUnit", "Point", "fontWeight", weight, "textColor", rgba(r.colour, 1), "textOpacity", "1", "multilineHeight", "1", "useSubstitutions", "0").with(
			el("text-buffer", "bufferDraw", "1", "bufferSize", length(1.6), "bufferSizeUnits", "MM", "bufferColor", rgba(look.Halo, 1), "bufferOpacity", "1", "bufferNoFill", "1")),
		el("placement", "placement", placement, "placementFlags", "10", "dist", "1", "distUnits", "MM", "priority", "5", "maxCurvedCharAngleIn", "25", "maxCurvedCharAngleOut", "-25",
			"predefinedPositionOrder", "TR,TL,BR,BL,R,L,TSR,BSR", "centroidInside", "1", "lineAnchorPercent", "0.5"),
		el("rendering", "drawLabels", "1", "obstacle", "1", "obstacleFactor", "1", "maxNumLabels", "2000", "fontMaxPixelSize", "10000", "scaleVisibility", "0"))
}

// rgba writes a colour as QGIS does, opaque when opacity is 0.
func rgba(hex string, opacity float64) string {
	c := look.RGB(hex)
	if opacity == 0 {
		opacity = 1
	}
	return fmt.Sprintf("%d,%d,%d,%.0f", c.R, c.G, c.B, 255*opacity)
}

// length writes CSS pixels in millimetres.
func length(pixels float64) string { return strconv.FormatFloat(pixels*mm, 'f', 3, 64) }
