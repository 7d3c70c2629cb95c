package data

import (
	"maps"
	"slices"
	"strings"
)

// Text is words in several languages, by BCP 47 tag: {"en": "Gaza Strip", "ar": …}.
type Text map[string]string

// In returns the words in a language, else in English, else in the first
// language in alphabetical order, else "".
func (t Text) In(lang string) string {
	for _, l := range append([]string{lang, "en"}, slices.Sorted(maps.Keys(t))...) {
		if words, ok := t[l]; ok {
			return words
		}
	}
	return ""
}

// Plain returns a text without control characters and without the characters
// that turn the direction of what follows (Unicode UAX #9, embeddings, overrides
// and isolates): in a list of names they could make one look like another. The
// marks that Arabic and Hebrew are written with stay.
func Plain(text string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c < ' ' && c != '\n' && c != '\t', c == 0x7f, c >= 0x80 && c < 0xa0,
			c >= '\u202a' && c <= '\u202e', c >= '\u2066' && c <= '\u2069':
			return -1
		}
		return c
	}, text)
}

// PlainCell is Plain for a cell of CSV, where a spreadsheet reads a text that
// begins like a formula as one (CWE-1236): such a text is quoted.
func PlainCell(text string) string {
	text = Plain(text)
	begin := strings.TrimLeft(text, " \n")
	for _, sign := range []string{"=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(begin, sign) {
			return "'" + text
		}
	}
	return text
}

// FromPlainCell is the text of which PlainCell made a cell: without the apostrophe that
// quotes what begins like a formula.
func FromPlainCell(cell string) string {
	if text, quoted := strings.CutPrefix(cell, "'"); quoted && PlainCell(text) == cell {
		return text
	}
	return cell
}

// markup is what begins a tag, an entity or the end of an attribute.
var markup = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// AsHTML returns a text as HTML that shows it, for readers that take its place
// for HTML, as map clients do with an attribution. An apostrophe stays as it is,
// since some readers show the text instead.
func AsHTML(text string) string { return markup.Replace(text) }
