package style

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/demarc-map/demarc/data"
)

// QML returns the style of one section for QGIS 3.22 and later, for any layer that
// has its columns: from a GeoPackage, a GeoJSON file or a server of features. It
// returns data.ErrUnknown for a section that is none.
func (d *Drawing) QML(section string) ([]byte, error) {
	sections := d.Snapshot.Sections(d.Edition)
	i := slices.IndexFunc(sections[:], func(one data.Section) bool { return one.Name == section })
	if i < 0 {
		return nil, fmt.Errorf("layer %q: %w: there are territories, zones, control_lines and places", section, data.ErrUnknown)
	}
	children := symbology(d.marks(), section, d.Lang, columns(&sections[i]))
	return document("qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'",
		el("qgis", "version", "3.22.0", "styleCategories", "Symbology|Labeling", "labelsEnabled", "1").with(children...))
}

// symbology returns the renderer and the labels of a section's features.
func symbology(all []mark, section, lang string, hasColumn func(string) bool) []element {
	drawn, symbols := el("rules", "key", "demarc"), el("symbols")
	labels := el("rules", "key", "demarc-names")
	named := false
	for i, r := range rules(all, hasColumn) {
		if r.section != section || r.base {
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
