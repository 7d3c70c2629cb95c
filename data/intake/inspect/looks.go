package inspect

import (
	"cmp"
	"slices"
	"strings"
)

// Names under which parties, ids, names and accuracies are often told, those that
// say it plainest first.
var (
	partyNames    = append(holderNames(), "status", "fill", "styleurl", "stylehash", "folder", "color", "colour", "layer", "class", "type")
	idNames       = []string{"id", "fid", "gid", "uuid", "guid", "objectid", "ogc_fid", "globalid", "code", "pcode", "key", "osm_id"}
	nameNames     = []string{"name", "title", "label", "nom", "nombre", "назва", "название", "имя", "اسم", "שם"}
	accuracyNames = []string{"accuracy", "precision", "uncertain", "error_m", "error"}
)

// holderNames are parts of names that say whose land is.
func holderNames() []string {
	return []string{"party", "holder", "control", "occup", "owner", "side", "actor", "faction", "belliger", "group", "held", "army", "force", "who", "сторона", "الطرف", "הצד"}
}

// mostParties is how many parties a map has, at most.
const mostParties = 40

// speaks reports whether a name has one of the parts in it.
func speaks(name string, parts []string) bool { return rank(name, parts) < len(parts) }

// rank is which of the parts a name has in it, their number for none.
func rank(name string, parts []string) int {
	lower := strings.ToLower(name)
	if i := slices.IndexFunc(parts, func(part string) bool { return strings.Contains(lower, part) }); i >= 0 {
		return i
	}
	return len(parts)
}

// looks tells what a property seems to be, of so many features.
func (t *tally) looks(features int) []Looks {
	out := []Looks{}
	if t.Features == 0 {
		return out
	}
	if day, ok := t.days.looks(); ok {
		out = append(out, day)
		return out
	}
	alone := !t.More && t.Distinct == t.Features && t.Features == features
	lower := strings.ToLower(t.Name)
	if alone && t.only("text", "number") && (t.texts.spaced == 0 && slices.Contains(idNames, lower) || t.texts.spaced == 0 && strings.HasSuffix(lower, "id")) {
		out = append(out, Looks{As: "id"})
	}
	if t.only("number") && speaks(t.Name, accuracyNames) {
		out = append(out, Looks{As: "accuracy"})
	}
	if t.partyRank() < noParty {
		out = append(out, Looks{As: "party"})
	}
	if t.only("text") && speaks(t.Name, nameNames) {
		out = append(out, Looks{As: "name", Language: cmp.Or(languageInName(lower), t.texts.language())})
	}
	return out
}

// noParty is the rank of what looks like no party.
const noParty = 1 << 10

// partyRank says how much a property looks like one of parties, 0 the most.
func (t *tally) partyRank() int {
	few := !t.More && t.Distinct <= mostParties && t.only("text")
	named := rank(t.Name, partyNames)
	switch {
	case !few:
	case named < len(partyNames):
		return named
	case t.Distinct >= 2 && 3*t.Distinct <= 2*t.Features && !speaks(t.Name, nameNames): // few values that come again and again
		return len(partyNames)
	}
	return noParty
}

// languageInName is the language that ends a property's name, as in name:ar and
// name_ar, "" where none does.
func languageInName(name string) string {
	at := strings.LastIndexAny(name, ":_")
	if end := name[at+1:]; at > 0 && len(end) == 2 && slices.Contains([]string{"ar", "de", "en", "es", "fa", "fr", "he", "hy", "it", "ka", "ku", "my", "pt", "ru", "tr", "uk", "zh"}, end) {
		return end
	}
	return ""
}
