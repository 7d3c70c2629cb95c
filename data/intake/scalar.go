package intake

import (
	"errors"
	"strings"
	"unicode"

	"github.com/go-json-experiment/json/jsontext"
)

// plain returns a scalar as text, false for null and for a property that is not there.
func plain(v jsontext.Value) (string, bool, error) {
	switch v.Kind() {
	case '"':
		text, err := jsontext.AppendUnquote(nil, v)
		return string(text), true, err
	case '0':
		return withoutZeros(string(v)), true, nil // 1 and 1.0 are one number, whichever program wrote it
	case 't', 'f':
		return string(v), true, nil
	case '{', '[':
		return "", false, errors.New("a text, number or boolean is wanted")
	default:
		return "", false, nil
	}
}

// visible is a text without what cannot be seen at its ends: white space, and marks
// without width such as U+200B.
func visible(text string) string {
	return strings.TrimFunc(text, func(c rune) bool { return unicode.IsSpace(c) || !unicode.IsGraphic(c) })
}
