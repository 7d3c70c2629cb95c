package intake

import (
	"cmp"
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// numeral is a number as it is written.
type numeral string

// comparableOf returns a property's value as --where compares it: a string, a numeral,
// a bool, or nil for null and for what is not there.
func comparableOf(v jsontext.Value) (any, error) {
	text, there, err := plain(v)
	switch {
	case err != nil || !there:
		return nil, err
	case v.Kind() == '0':
		return numeral(text), nil
	case v.Kind() == '"':
		return text, nil
	}
	return text == "true", nil
}

// written is a value as text; false for nil.
func written(v any) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "", false
	case string:
		return v, true
	case numeral:
		return string(v), true
	}
	return fmt.Sprint(v), true
}

// decimal is what a number looks like; no hexadecimal, no infinity.
var decimal = regexp.MustCompile(`^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?$`)

// isNumber reports whether a value is a number itself rather than a text.
func isNumber(v any) bool {
	switch v.(type) {
	case int, float64, numeral:
		return true
	}
	return false
}

// number reads a value that is a number, or a text that is wholly one. It is exact,
// so that two long ids are not one.
func number(v any) (*big.Rat, bool) {
	text, _ := written(v)
	if f, ok := v.(float64); ok {
		text = strconv.FormatFloat(f, 'g', -1, 64)
	}
	if text = strings.TrimSpace(text); len(text) > 60 || !decimal.MatchString(text) {
		return nil, false
	}
	return new(big.Rat).SetString(text)
}

// equal compares two values. A number and a text are compared as numbers where the
// text is one; two texts as they are written; yes and no are the texts "true" and
// "false" to a text. What is missing equals only nil.
func equal(a, b any) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	if isNumber(a) || isNumber(b) {
		m, ok := number(a)
		n, also := number(b)
		return ok && also && m.Cmp(n) == 0
	}
	s, _ := written(a)
	t, _ := written(b)
	return s == t
}

// order compares two values, as numbers where one is a number, else as texts. It is
// false for what is missing, which is neither more nor less than anything.
func order(a, b any) (int, bool, error) {
	if a == nil || b == nil {
		return 0, false, nil
	}
	if isNumber(a) || isNumber(b) {
		m, ok := number(a)
		n, also := number(b)
		if !ok || !also {
			return 0, false, fmt.Errorf("%v and %v cannot be put in order: one is a number, and the other is none", shown(a), shown(b))
		}
		return m.Cmp(n), true, nil
	}
	s, _ := written(a)
	t, _ := written(b)
	return cmp.Compare(s, t), true, nil
}

// shown writes a value for a message.
func shown(v any) string {
	text, there := written(v)
	switch {
	case !there:
		return "nothing"
	case isNumber(v):
		return text
	}
	return fmt.Sprintf("%q", text)
}
