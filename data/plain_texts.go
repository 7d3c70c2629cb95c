package data

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/demarc-map/demarc/geojson"
	"github.com/go-json-experiment/json/jsontext"
)

// controlCharacter is the rule of a text that holds what nobody can see: U+0000
// and other control characters, which stores and XML do not take, and those that
// turn the direction of what follows, by which one name can look like another.
const controlCharacter = "control-character"

// plainTexts faults the texts in a JSON value, and the names of its members, that
// hold such a character, with the place of the text under the given one.
func plainTexts(raw jsontext.Value, under string, fault func(rule, place, detail string)) {
	if !mayHoldControls(raw) {
		return
	}
	dec := jsontext.NewDecoder(bytes.NewReader(raw), jsontext.AllowDuplicateNames(true))
	for {
		token, err := dec.ReadToken()
		if err != nil { // the end, or what another rule says
			return
		}
		if token.Kind() != '"' {
			continue
		}
		if c, found := control(token.String()); found {
			place := under + string(dec.StackPointer())
			fault(controlCharacter, geojson.Clip(Plain(place), 100),
				fmt.Sprintf("the text holds the invisible character U+%04X: take it out", c))
		}
	}
}

// control returns the first character of a text that [Plain] leaves out, but for
// the carriage returns of texts written on Windows.
func control(text string) (rune, bool) {
	for _, c := range text {
		if c != '\r' && Plain(string(c)) == "" {
			return c, true
		}
	}
	return 0, false
}

// mayHoldControls is quick, and true of any JSON in which a text has a control
// character: escaped, or as the first bytes of UTF-8.
func mayHoldControls(raw []byte) bool {
	return bytes.Contains(raw, []byte(`\u`)) || bytes.Contains(raw, []byte(`\b`)) || bytes.Contains(raw, []byte(`\f`)) ||
		bytes.IndexByte(raw, 0x7f) >= 0 || bytes.IndexByte(raw, 0xc2) >= 0 || bytes.Contains(raw, []byte("\u202a")[:2])
}

// WithoutControls is a text without what the rule control-character refuses, for
// those who take texts from elsewhere and say what they left out.
func WithoutControls(text string) string {
	return strings.Map(func(c rune) rune {
		if _, found := control(string(c)); found {
			return -1
		}
		return c
	}, text)
}
