package intake

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/demarc-map/demarc/data"

	"golang.org/x/text/unicode/norm"
)

// Alike says which ways of writing a name make one party or reading (kind), and which
// that look alike make several. Counts are of features by the name as it is written.
func Alike(kind string, counts map[string]int) (notes []string) {
	looks := map[string]map[string][]string{} // by what is seen, the names and their spellings
	for _, written := range slices.Sorted(maps.Keys(counts)) {
		name := nameOf(data.WithoutControls(written))
		if name == "" {
			continue
		}
		seen := strings.ToLower(strings.Join(strings.Fields(norm.NFKC.String(name)), " "))
		if looks[seen] == nil {
			looks[seen] = map[string][]string{}
		}
		looks[seen][name] = append(looks[seen][name], written)
	}
	for _, seen := range slices.Sorted(maps.Keys(looks)) {
		names := looks[seen]
		for _, name := range slices.Sorted(maps.Keys(names)) {
			if len(names[name]) > 1 {
				notes = append(notes, fmt.Sprintf("%s are one %s, %q: they differ in what is not seen", spelt(names[name], counts), kind, name))
			}
		}
		if len(names) > 1 {
			notes = append(notes, fmt.Sprintf("%s look alike, and are %d names of a %s: where they are one, a --value rule for each says so", spelt(slices.Sorted(maps.Keys(names)), countsOf(names, counts)), len(names), kind))
		}
	}
	return notes
}

// countsOf adds up the spellings of each name.
func countsOf(names map[string][]string, counts map[string]int) map[string]int {
	out := map[string]int{}
	for name, spellings := range names {
		for _, written := range spellings {
			out[name] += counts[written]
		}
	}
	return out
}

// spelt lists spellings with their counts, in escapes where the letters alone would
// look the same.
func spelt(spellings []string, counts map[string]int) string {
	quote := strconv.Quote
	if slices.ContainsFunc(spellings, func(s string) bool { return !norm.NFKC.IsNormalString(s) }) {
		quote = strconv.QuoteToASCII
	}
	out := make([]string, len(spellings))
	for i, written := range spellings {
		out[i] = fmt.Sprintf("%s (%d)", quote(written), counts[written])
	}
	return strings.Join(out, " and ")
}
