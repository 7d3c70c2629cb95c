package inspect

import (
	"slices"
)

// Placeholder is a word that stands in a suggested command for what only people
// know.
type Placeholder struct {
	Flag string // without its hyphens
	Word string
	Why  string // what is wanted in its place
}

// Placeholders lists all of them.
func Placeholders() []Placeholder {
	return []Placeholder{
		{"territory", "TERRITORY_FILE", "the file with the outline that percentages are percentages of"},
		{"party", "PARTY", "the name of the party that holds the zones"},
		{"set", "FIRST_DAY", "the first day on which the zones hold, YYYY-MM-DD"},
		{"accuracy-m", "ACCURACY_M", "how far in metres a drawn boundary may be from the true one"},
		{"source-title", "SOURCE_TITLE", "the title of the source"},
		{"publisher", "PUBLISHER", "who published it"},
		{"licence", "LICENCE", "under which licence, such as CC-BY-4.0"},
	}
}

// placeholder is the one of a word.
func placeholder(word string) Placeholder {
	all := Placeholders()
	return all[slices.IndexFunc(all, func(p Placeholder) bool { return p.Word == word })]
}
