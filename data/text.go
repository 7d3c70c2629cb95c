package data

import (
	"maps"
	"slices"
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
