package intake

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/data"

	"github.com/go-json-experiment/json/jsontext"
)

// Titles are what exports of demarc call parties and readings, by their ids.
type Titles struct{ Parties, Bases map[string]data.Text }

// titles are collected by the ids of the exporting dataset.
type titles map[string]data.Text

// note takes a name in a language. Of two names in one language the first stands.
func (t titles) note(id, lang, name string) (other string, differs bool) {
	if t[id] == nil {
		t[id] = data.Text{}
	}
	if before, there := t[id][lang]; there {
		return before, before != name
	}
	t[id][lang] = name
	return "", false
}

// titled takes from a feature of an export of demarc what it calls its party and reading.
func (g *gathering) titled(now *current, theirs map[string]jsontext.Value) {
	for kind, found := range map[string]titles{"party": g.parties, "basis": g.bases} {
		id, _, _ := plain(theirs[kind])
		for _, property := range slices.Sorted(maps.Keys(theirs)) {
			lang, is := strings.CutPrefix(property, kind+"_name_")
			name, _, _ := plain(theirs[property])
			if name = visible(data.WithoutControls(name)); !is || id == "" || name == "" {
				continue
			}
			if other, differs := found.note(id, lang, name); differs {
				g.tally.add(fmt.Sprintf("feature|%%s by which %s %q has another name in %q than before; the first is kept", kind, id, lang), now.name, 1, fmt.Sprintf("%q, not %q", name, other))
			}
		}
	}
}

// titles are what was said, by the ids that the names have here.
func (g *gathering) titles() Titles {
	of := func(found titles, names *Names) map[string]data.Text {
		out := map[string]data.Text{}
		for _, one := range names.All() {
			for _, theirs := range []string{one.Name, one.ID} {
				if title := found[theirs]; title != nil && out[one.ID] == nil {
					out[one.ID] = title
				}
			}
		}
		return out
	}
	return Titles{of(g.parties, g.names.Parties), of(g.bases, g.names.Bases)}
}

// Text is what a name is called: as exports of demarc say, and in the language given by the
// name itself, where that is more than the id which exports have in its place.
func (n Named) Text(lang string, title data.Text) data.Text {
	out := data.Text{}
	maps.Copy(out, title)
	if len(out) == 0 || n.Name != n.ID {
		out[lang] = n.Name
	}
	return out
}
