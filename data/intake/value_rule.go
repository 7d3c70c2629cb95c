package intake

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// valueRule sets properties of ours where a property of theirs has a value.
type valueRule struct {
	text   string // as it was written
	theirs string
	kind   ruleKind
	value  string         // that it equals
	like   *regexp.Regexp // that it matches
	sets   []setting
}

type ruleKind int

const (
	equals  ruleKind = iota // fill=#ff5252, and fill= for features without it
	matches                 // fill~"…"
	rest                    // fill=*
)

// setting is one property of ours and what it becomes, with $1 and ${name} for the groups of a match.
type setting struct{ ours, value string }

// parseValueRule reads a rule: THEIRS=VALUE -> OURS:VALUE,OURS:VALUE. VALUE may be *, for
// every other one, or nothing, for features that have none; with THEIRS~"…" it is
// what RE2 finds in the value, and $1 is its first group. Any part may stand in
// double quotes, within which \" and \\ are " and \.
func parseValueRule(text string) (valueRule, error) {
	r := valueRule{text: text}
	fail := func(format string, args ...any) (valueRule, error) {
		return r, fmt.Errorf("%q: %s; a rule is written THEIRS=VALUE -> OURS:VALUE,OURS:VALUE", text, fmt.Sprintf(format, args...))
	}
	s := scanner{rest: text}
	var err error
	if r.theirs, _, err = s.part("=", "~"); err != nil {
		return fail("%v", err)
	}
	operator, ok := s.next("=", "~")
	if !ok || r.theirs == "" {
		return fail("no property of theirs with = or ~ after it")
	}
	value, quoted, err := s.part("->", "→")
	if err != nil {
		return fail("%v", err)
	}
	if _, ok := s.next("->", "→"); !ok {
		return fail("no -> after the value")
	}
	groups := 0
	switch {
	case operator == "~":
		if r.kind, r.value = matches, value; value == "" {
			return fail("nothing to match")
		}
		if r.like, err = regexp.Compile(value); err != nil {
			return fail("%v", err)
		}
		groups = r.like.NumSubexp()
	case value == "*" && !quoted:
		r.kind = rest
	default:
		r.value = value
	}
	for more := true; more; _, more = s.next(",") {
		var one setting
		if one.ours, _, err = s.part(":"); err != nil {
			return fail("%v", err)
		}
		if _, ok := s.next(":"); !ok {
			return fail("no : after %q", one.ours)
		}
		if one.value, _, err = s.part(","); err != nil {
			return fail("%v", err)
		}
		switch {
		case !isProperty(one.ours):
			return fail("%q is no property of ours: %s", one.ours, wantedProperties)
		case strings.TrimSpace(one.value) == "":
			return fail("%s is set to nothing", one.ours)
		case slices.ContainsFunc(r.sets, func(s setting) bool { return s.ours == one.ours }):
			return fail("%s is set twice", one.ours)
		}
		if err := knownGroups(one.value, r.like, groups); err != nil {
			return fail("%v", err)
		}
		r.sets = append(r.sets, one)
	}
	if s.rest != "" {
		return fail("%q is left over", s.rest)
	}
	return r, nil
}

// reference is how a group of a match is written in a value.
var reference = regexp.MustCompile(`\$\$|\$\{(\w+)\}|\$(\w+)`)

// knownGroups refuses a value that names a group which the match does not have.
func knownGroups(value string, like *regexp.Regexp, groups int) error {
	if like == nil {
		return nil
	}
	for _, m := range reference.FindAllStringSubmatch(value, -1) {
		name := m[1] + m[2]
		if n, err := strconv.Atoi(name); name != "" && (err != nil && like.SubexpIndex(name) < 0 || err == nil && n > groups) {
			return fmt.Errorf("%s is no group of %q; ${1}a is the first group and an a", m[0], like)
		}
	}
	return nil
}

// apply returns what the rule makes of a value, false where it says nothing of it.
// White space around a value is no part of what = compares.
func (r *valueRule) apply(value string, there bool) ([]setting, bool) {
	switch r.kind {
	case equals:
		return r.sets, there && strings.TrimSpace(value) == strings.TrimSpace(r.value) || !there && strings.TrimSpace(r.value) == ""
	case rest:
		return r.sets, there
	case matches:
	}
	m := r.like.FindStringSubmatchIndex(value)
	if m == nil || !there {
		return nil, false
	}
	out := make([]setting, len(r.sets))
	for i, s := range r.sets {
		out[i] = setting{s.ours, string(r.like.ExpandString(nil, s.value, value, m))}
	}
	return out, true
}

// condition is the left side of a rule, by which two are told to be the same.
func (r *valueRule) condition() string { return fmt.Sprintf("%q %d %q", r.theirs, r.kind, r.value) }

// scanner takes a rule apart.
type scanner struct{ rest string }

// part takes what stands before one of the ends, without white space around it, or what is in quotes.
func (s *scanner) part(ends ...string) (text string, quoted bool, err error) {
	s.rest = strings.TrimSpace(s.rest)
	if strings.HasPrefix(s.rest, `"`) {
		var b strings.Builder
		for i := 1; i < len(s.rest); i++ {
			switch c := s.rest[i]; {
			case c == '\\' && i+1 < len(s.rest) && (s.rest[i+1] == '"' || s.rest[i+1] == '\\'):
				i++
				b.WriteByte(s.rest[i])
			case c == '"':
				s.rest = strings.TrimSpace(s.rest[i+1:])
				return b.String(), true, nil
			default:
				b.WriteByte(c)
			}
		}
		return "", true, fmt.Errorf("a quote is not closed")
	}
	at := len(s.rest)
	for _, end := range ends {
		if i := strings.Index(s.rest, end); i >= 0 {
			at = min(at, i)
		}
	}
	text, s.rest = strings.TrimSpace(s.rest[:at]), s.rest[at:]
	return text, false, nil
}

// next takes one of the marks.
func (s *scanner) next(marks ...string) (string, bool) {
	for _, mark := range marks {
		if rest, ok := strings.CutPrefix(s.rest, mark); ok {
			s.rest = rest
			return mark, true
		}
	}
	return "", false
}
