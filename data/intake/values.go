package intake

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"

	"github.com/go-json-experiment/json/jsontext"
)

// values sets properties of ours by rules, and remembers what it met.
type values struct {
	rules  map[string][]*valueRule // by the property of theirs
	gives  map[string][]string     // by ours, the properties of theirs that it is taken from
	used   map[*valueRule]int
	others map[string]*met // by theirs: the values that only * takes
	no     map[string]*met // likewise: those that no rule knows
}

// newValues reads rules. Of one property, = goes before ~ and ~ before *, so that
// their order says nothing.
func newValues(rules []string) (*values, error) {
	v := &values{rules: map[string][]*valueRule{}, gives: map[string][]string{}, used: map[*valueRule]int{}, others: map[string]*met{}, no: map[string]*met{}}
	known := map[string]string{}
	for _, text := range rules {
		rule, err := parseValueRule(text)
		if err != nil {
			return nil, err
		}
		if before, twice := known[rule.condition()]; twice {
			return nil, fmt.Errorf("two rules for the same value: %q and %q", before, text)
		}
		known[rule.condition()] = text
		v.rules[rule.theirs] = append(v.rules[rule.theirs], &rule)
		for _, s := range rule.sets {
			if !slices.Contains(v.gives[s.ours], rule.theirs) {
				v.gives[s.ours] = append(v.gives[s.ours], rule.theirs)
			}
		}
	}
	return v, nil
}

// errUnknown is of a feature with a value that no rule knows, which is told later, with others.
var errUnknown = errors.New("no rule knows a value of it")

// of returns what the rules make of a feature. Of one that is held by somebody each
// value must be known to a rule.
func (v *values) of(theirs map[string]jsontext.Value, file, feature string, held bool) (map[string]string, error) {
	out := map[string]string{}
	from := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(v.rules)) {
		value, there, err := plain(theirs[name])
		if err != nil {
			return nil, fmt.Errorf("property %q: %w", name, err)
		}
		there = there && visible(value) != ""
		sets, err := v.fitting(name, value, there, file, feature, held)
		if err != nil {
			return nil, err
		}
		for _, s := range sets {
			if before, set := out[s.ours]; set && before != s.value {
				return nil, fmt.Errorf("%s would be %q by %q and %q by %q", s.ours, before, from[s.ours], s.value, name)
			}
			if strings.TrimSpace(s.value) != "" { // a group that matched nothing
				out[s.ours], from[s.ours] = s.value, name
			}
		}
	}
	return out, nil
}

// fitting returns what the one rule sets that takes a value.
func (v *values) fitting(name, value string, there bool, file, feature string, held bool) ([]setting, error) {
	var best *valueRule
	var sets []setting
	for _, rule := range v.rules[name] {
		s, fits := rule.apply(value, there)
		switch {
		case !fits, best != nil && best.kind < rule.kind:
		case best != nil && best.kind == rule.kind:
			return nil, fmt.Errorf("two rules take the value %q of %q: %q and %q", geojson.Clip(value, 60), name, best.text, rule.text)
		default:
			best, sets = rule, s
		}
	}
	if best != nil {
		v.used[best]++
	}
	switch {
	case best == nil && !held:
	case best == nil:
		note(v.no, name, value, there, file, feature)
		return nil, errUnknown
	case best.kind == rest:
		note(v.others, name, value, there, file, feature)
	}
	return sets, nil
}

// met is the values of a property that were met, with how often.
type met struct {
	counts   map[string]int
	examples map[string][]string
	beyond   int // those of further values
}

// mostValues is how many different values of a property are kept apart.
const mostValues = 1000

func note(all map[string]*met, name, value string, there bool, file, feature string) {
	m := all[name]
	if m == nil {
		m = &met{counts: map[string]int{}, examples: map[string][]string{}}
		all[name] = m
	}
	shown := fmt.Sprintf("%q", geojson.Clip(value, 60))
	if !there {
		shown = "none"
	}
	if _, known := m.counts[shown]; !known && len(m.counts) >= mostValues {
		m.beyond++
		return
	}
	m.counts[shown]++
	if len(m.examples[shown]) < examples {
		m.examples[shown] = append(m.examples[shown], feature+" of "+file)
	}
}

// list writes the values for a person, the most frequent first, with some features that have them.
func (m *met) list(withExamples bool) string {
	all := slices.SortedFunc(maps.Keys(m.counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(m.counts[b], m.counts[a]), cmp.Compare(a, b))
	})
	var parts []string
	const most = 12
	for _, value := range all[:min(len(all), most)] {
		part := fmt.Sprintf("%s (%d)", value, m.counts[value])
		if withExamples {
			more := ""
			if m.counts[value] > len(m.examples[value]) {
				more = ", …"
			}
			part = fmt.Sprintf("%s (%d: %s%s)", value, m.counts[value], strings.Join(m.examples[value], ", "), more)
		}
		parts = append(parts, part)
	}
	cut := ""
	if len(all) > most {
		cut = fmt.Sprintf(" and %d more", len(all)-most)
	}
	if m.beyond > 0 {
		cut += fmt.Sprintf(" and those of %d features more", m.beyond)
	}
	return strings.Join(parts, ", ") + cut
}

// tell reports the values that no rule knows, and returns what else a person should know.
func (v *values) tell(there map[string]bool, report *geojson.Report) []string {
	var notes []string
	for _, name := range slices.Sorted(maps.Keys(v.rules)) {
		if !there[name] {
			report.Refuse(data.Fault{File: "--value", Rule: "mapping", Place: name,
				Detail: fmt.Sprintf("no feature has the property %q, from which %s is to be taken; theirs are %s", name, v.ours(name), list(there))})
			continue
		}
		if no := v.no[name]; no != nil {
			report.Refuse(data.Fault{File: "--value", Rule: "unknown-value", Place: name,
				Detail: fmt.Sprintf("no rule says what these values are: %s; add a rule for each, --value '%s=* -> …' for the rest, or leave them out with --where", no.list(true), name)})
		}
		if others := v.others[name]; others != nil {
			notes = append(notes, fmt.Sprintf("%s=* took %s", name, others.list(false)))
		}
		for _, rule := range v.rules[name] {
			if v.used[rule] == 0 {
				notes = append(notes, fmt.Sprintf("no feature has a value for the rule %q", rule.text))
			}
		}
	}
	return notes
}

// ours lists what is taken from a property of theirs.
func (v *values) ours(theirs string) string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(v.gives)) {
		if slices.Contains(v.gives[name], theirs) {
			out = append(out, name)
		}
	}
	return strings.Join(out, ", ")
}
