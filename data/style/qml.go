package style

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/demarc-map/demarc/data"
)

// QML returns the style of one layer (see data.LayerNames; not of things, whose shapes are of any kind) for QGIS 3.22 and later,
// for whatever has its columns: a GeoPackage, a GeoJSON file, a server of features.
// It returns data.ErrUnknown for a layer that is none.
func (d *Drawing) QML(layer string) ([]byte, error) {
	if names := layerNames(); !slices.Contains(names, layer) {
		return nil, fmt.Errorf("layer %q: %w: there are %s", layer, data.ErrUnknown, strings.Join(names, ", "))
	}
	children := symbology(d.marks(), layer, d.Lang, d.columns(layer))
	return document("qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'",
		el("qgis", "version", "3.22.0", "styleCategories", "Symbology|Labeling", "labelsEnabled", "1").with(children...))
}

// layerNames lists the layers that have styles: those of one kind of shape.
func layerNames() []string {
	return slices.DeleteFunc(data.LayerNames(), func(layer string) bool { return data.Dimension(layer) == data.Mixed })
}

// columns tells which columns a layer has: those that every one has, and of names
// and of the dataset's own those that any feature fills.
func (d *Drawing) columns(layer string) func(string) bool {
	items := d.Snapshot.Section(d.Edition, layer).Items
	return func(key string) bool {
		if !strings.HasPrefix(key, "x_") && !strings.HasPrefix(key, "name_") {
			return true
		}
		return slices.ContainsFunc(items, func(i data.Item) bool { return i.Properties[key] != nil })
	}
}

// symbology returns the renderer and the labels of a layer's features.
func symbology(all []mark, layer, lang string, hasColumn func(string) bool) []element {
	drawn, symbols := el("rules", "key", "demarc"), el("symbols")
	labels := el("rules", "key", "demarc-names")
	named := false
	for i, r := range rules(all, hasColumn) {
		if r.section != layer || r.base {
			continue
		}
		key := fmt.Sprintf("%s-%d", r.id, i)
		attributes := []string{"key", key}
		if filter := r.expression(); filter != "" {
			attributes = append(attributes, "filter", filter)
		}
		if r.shape == name {
			labels, named = labels.with(el("rule", append(attributes, "description", r.id)...).with(r.label(lang, hasColumn))), true
			continue
		}
		number := len(symbols.Children)
		drawn = drawn.with(el("rule", append(attributes, "symbol", strconv.Itoa(number), "label", r.legend)...))
		symbols = symbols.with(r.symbol(number))
	}
	out := []element{el("renderer-v2", "type", "RuleRenderer", "symbollevels", "0", "forceraster", "0", "enableorderby", "0").with(drawn, symbols)}
	if named {
		out = append(out, el("labeling", "type", "rule-based").with(labels))
	}
	return out
}
