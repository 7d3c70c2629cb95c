package mapcontext

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// shapes says which geometries the features of a layer may have.
var shapes = map[string][]string{
	Land:    {"Polygon", "MultiPolygon"},
	Builtup: {"Polygon", "MultiPolygon"},
	Water:   {"LineString", "MultiLineString", "Polygon", "MultiPolygon"},
	Roads:   {"LineString", "MultiLineString"},
	Borders: {"LineString", "MultiLineString"},
	Places:  {"Point"},
	locator: {"Polygon", "MultiPolygon", "Point"},
}

// feature understands one feature of a layer. A null property is an absent one.
func feature(layer string, f geojson.Feature, fault func(rule, place, detail string)) Feature {
	out := Feature{Rank: 1, Title: data.Text{}, Geometry: f.Geometry}
	if !slices.Contains(shapes[layer], f.Geometry.GeoJSONType()) {
		fault("wrong-geometry", "geometry", fmt.Sprintf("%s is wanted, not a %s", strings.Join(shapes[layer], " or "), f.Geometry.GeoJSONType()))
	}
	long(f.Geometry, fault)
	values := map[string]jsontext.Value{}
	if f.Properties != nil {
		if err := json.Unmarshal(f.Properties, &values); err != nil {
			fault("json", "properties", err.Error())
		}
	}
	maps.DeleteFunc(values, func(_ string, v jsontext.Value) bool { return v.Kind() == 'n' })
	for _, name := range slices.Sorted(maps.Keys(values)) {
		lang, named := strings.CutPrefix(name, "name_")
		switch {
		case name == "rank":
			if err := json.Unmarshal(values[name], &out.Rank); err != nil || out.Rank < 1 || out.Rank > Lowest {
				fault("range", name, fmt.Sprintf("a whole number from 1 to %d is wanted", Lowest))
			}
		case name == "kind":
			out.Kind = text(values[name], name, fault)
		case named && lang != "":
			out.Title[lang] = text(values[name], name, fault)
		case strings.HasPrefix(name, "x_"):
		default:
			fault("unknown-property", name, "features of a context have kind, rank and name_…; attributes of your own are named x_…")
		}
	}
	if layer == Places && len(out.Title) == 0 {
		fault("missing-property", "name_en", "a place has a name in one language at least")
	}
	return out
}

// text reads a property that is words.
func text(raw jsontext.Value, name string, fault func(rule, place, detail string)) string {
	var words string
	if err := json.Unmarshal(raw, &words); err != nil {
		fault("wrong-type", name, "a string is wanted")
	}
	plain(words, name, fault)
	return words
}

// plain refuses words with what nobody can see.
func plain(words, place string, fault func(rule, place, detail string)) {
	if data.Plain(words) != words {
		fault("control-character", place, "the text holds an invisible character: take it out")
	}
}

// long refuses polygons with an edge over more than 180° of longitude, which may be
// meant either way round.
func long(g orb.Geometry, fault func(rule, place, detail string)) {
	if place, detail, uncut := geojson.Uncut(Areas(g), false); uncut {
		fault("long-edge", place, detail)
	}
}

// Areas are the polygons of a geometry, none where it has no area.
func Areas(g orb.Geometry) orb.MultiPolygon {
	switch g := g.(type) {
	case orb.Polygon:
		return orb.MultiPolygon{g}
	case orb.MultiPolygon:
		return g
	}
	return nil
}
