package data

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/geojson"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// idPattern is what dataset, basis and feature ids look like.
var idPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// ValidID reports whether an id is made of lower-case letters, digits and
// single hyphens between them.
func ValidID(id string) bool { return len(id) <= 100 && idPattern.MatchString(id) }

// properties reads a feature's properties one by one and notes what is wrong.
// A null property is an absent one, as GIS tools write it.
type properties struct {
	values map[string]jsontext.Value
	seen   map[string]bool
	fault  func(rule, place, detail string)
}

func newProperties(raw jsontext.Value, fault func(rule, place, detail string)) *properties {
	p := &properties{values: map[string]jsontext.Value{}, seen: map[string]bool{}, fault: fault}
	if raw == nil {
		return p
	}
	if err := json.Unmarshal(raw, &p.values); err != nil {
		fault("json", "properties", err.Error())
	}
	maps.DeleteFunc(p.values, func(_ string, v jsontext.Value) bool { return v.Kind() == 'n' })
	return p
}

// take returns the raw value of a property and marks it as understood.
func (p *properties) take(name string) (jsontext.Value, bool) {
	p.seen[name] = true
	v, ok := p.values[name]
	return v, ok
}

// decode reads a property into v, which keeps its value when the property is absent.
func decode[T any](p *properties, name, want string, v *T) bool {
	raw, ok := p.take(name)
	if !ok {
		return false
	}
	if err := json.Unmarshal(raw, v); err != nil {
		p.fault("wrong-type", name, fmt.Sprintf("%s is wanted, not %s", want, geojson.Clip(string(raw), 60)))
		return false
	}
	return true
}

func (p *properties) text(name string) string {
	if raw, ok := p.take(name); ok && raw.Kind() == '"' && bytes.IndexByte(raw, '\\') < 0 {
		return string(raw[1 : len(raw)-1]) // nearly every text, and quick
	}
	var s string
	decode(p, name, "a string", &s)
	return s
}

// needed is a text that must not be empty.
func (p *properties) needed(name string) string {
	s := p.text(name)
	if _, there := p.values[name]; !there {
		p.fault("missing-property", name, "this property is required")
	} else if s == "" {
		p.fault("missing-property", name, "this property may not be empty")
	}
	return s
}

// names collects name_en, name_ar, … into a Text.
func (p *properties) names() Text {
	out := Text{}
	for _, key := range slices.Sorted(maps.Keys(p.values)) {
		if lang, ok := strings.CutPrefix(key, "name_"); ok {
			if words := p.text(key); words != "" {
				out[lang] = words
			}
		}
	}
	return out
}

// number reads a finite number in a range.
func (p *properties) number(name string, fallback, low, high float64) float64 {
	v := fallback
	if decode(p, name, "a number", &v) && !(v >= low && v <= high) {
		p.fault("range", name, fmt.Sprintf("%v does not lie between %v and %v", v, low, high))
	}
	return v
}

func (p *properties) accuracy() float64 {
	if _, ok := p.values["accuracy_m"]; !ok {
		p.seen["accuracy_m"] = true
		p.fault("missing-property", "accuracy_m", "the positional accuracy in metres is required: a figure without it has no uncertainty")
		return 0
	}
	return p.number("accuracy_m", 0, 0, 1e5)
}

func (p *properties) date(name string) Date {
	s := p.text(name)
	if s == "" {
		if string(p.values[name]) == `""` {
			p.fault("date", name, "an empty text is no day: write YYYY-MM-DD, or leave the property out or null where there is none")
		}
		return 0
	}
	d, err := ParseDate(s)
	if err != nil {
		p.fault("date", name, err.Error())
	}
	return d
}

// valid reads valid_from and valid_to, half-open.
func (p *properties) valid() Interval {
	if _, ok := p.values["valid_from"]; !ok {
		p.fault("missing-property", "valid_from", "the first day on which this holds is required: add valid_from, written YYYY-MM-DD")
	}
	i := Interval{p.date("valid_from"), p.date("valid_to")}
	if i.To != 0 && i.To <= i.From {
		p.fault("date", "valid_to", fmt.Sprintf("valid_to %s is the first day on which this no longer holds; it must come after valid_from %s", i.To, i.From))
	}
	return i
}

func (p *properties) status() Status {
	s := Status(p.needed("status"))
	if s != "" && !slices.Contains(Statuses(), s) {
		p.fault("unknown-status", "status", fmt.Sprintf("%q is none of agreed, observed, published, claimed, proposed, disputed", s))
	}
	return s
}

// extra returns the properties named x_…, which are carried along unread, and
// faults every other one that nothing has taken: a misspelt valid_to must not
// be passed over.
func (p *properties) extra() map[string]any {
	var out map[string]any
	for _, name := range slices.Sorted(maps.Keys(p.values)) {
		if p.seen[name] {
			continue
		}
		if !strings.HasPrefix(name, "x_") {
			p.fault("unknown-property", name, "not a property of this file; "+p.suggest(name))
			continue
		}
		var v any
		if decode(p, name, "a string, number or boolean", &v) {
			switch v := v.(type) {
			case string, float64, bool:
				if out == nil {
					out = map[string]any{}
				}
				out[name] = v
			default:
				p.fault("wrong-type", name, "a string, number or boolean is wanted")
			}
		}
	}
	return out
}

// suggest names the known property that is spelt most like this one.
func (p *properties) suggest(name string) string {
	known := slices.SortedFunc(maps.Keys(p.seen), func(a, b string) int {
		return cmp.Or(cmp.Compare(editDistance(a, name), editDistance(b, name)), cmp.Compare(a, b))
	})
	if len(known) > 0 && editDistance(known[0], name) <= 3 {
		return fmt.Sprintf("is %q meant?", known[0])
	}
	return "attributes of your own are named x_…"
}

// editDistance is the Levenshtein distance between two names.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost++
			}
			diagonal = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}

// validURL accepts absolute http and https links only, since pages link to them.
func validURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}
