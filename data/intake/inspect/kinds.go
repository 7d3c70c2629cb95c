package inspect

import (
	"cmp"
	"maps"
	"slices"

	"github.com/demarc-map/demarc/geojson"
)

// mostExamples is how many of a kind are named.
const mostExamples = 3

// kinds counts repairs or faults by their rules.
type kinds struct{ rules []Kind }

func (k *kinds) add(f geojson.Fault) {
	i := slices.IndexFunc(k.rules, func(k Kind) bool { return k.Rule == f.Rule })
	if i < 0 {
		k.rules = append(k.rules, Kind{Rule: f.Rule, Examples: []string{}})
		i = len(k.rules) - 1
	}
	k.rules[i].Count++
	if len(k.rules[i].Examples) < mostExamples {
		k.rules[i].Examples = append(k.rules[i].Examples, example(f))
	}
}

// longestExample leaves a command that mends a fault whole.
const longestExample = 1000

// example is a fault without its file and rule.
func example(f geojson.Fault) string {
	text := f.Detail
	if f.Place != "" {
		text = f.Place + ": " + text
	}
	if f.Feature != "" {
		text = "feature " + f.Feature + ", " + text
	}
	return geojson.Clip(text, longestExample)
}

// all are the rules, those met most first.
func (k *kinds) all() []Kind {
	slices.SortStableFunc(k.rules, func(a, b Kind) int { return cmp.Compare(b.Count, a.Count) })
	if k.rules == nil {
		return []Kind{}
	}
	return k.rules
}

// counted lists counts, the largest first.
func counted(counts map[string]int) []Count {
	out := make([]Count, 0, len(counts))
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		out = append(out, Count{name, counts[name]})
	}
	slices.SortStableFunc(out, func(a, b Count) int { return cmp.Compare(b.Count, a.Count) })
	return out
}
