package inspect

import (
	"slices"
	"strings"
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
		{"map", "PROPERTY", "the property that says whose a polygon is; leave it out if all land is one party's"},
		{"value", "NAME", "the name of the party that these are of"},
		{"set", "PARTY", "the name of the party that holds what says nothing itself"},
		{"set", "FIRST_DAY", "the first day on which the zones hold, YYYY-MM-DD"},
		{"accuracy-m", "ACCURACY_M", "how far in metres a drawn boundary may be from the true one"},
		{"source-title", "SOURCE_TITLE", "the title of the source"},
		{"publisher", "PUBLISHER", "who published it"},
		{"licence", "LICENCE", "under which licence, such as CC-BY-4.0"},
	}
}

// placeholder is the one of a flag and a word.
func placeholder(flag, word string) Placeholder {
	all := Placeholders()
	return all[slices.IndexFunc(all, func(p Placeholder) bool { return p.Flag == flag && p.Word == word })]
}

// Begin is what stands before the open word of an unknown value, which ends with it.
func (a Argument) Begin() (begin, word string) {
	if !a.Unknown {
		return a.Value, ""
	}
	for _, p := range Placeholders() {
		if begin, ok := strings.CutSuffix(a.Value, p.Word); ok && p.Flag == a.Flag && !endsInWord(begin) {
			return begin, p.Word
		}
	}
	return a.Value, ""
}

func endsInWord(text string) bool {
	return text != "" && !strings.HasSuffix(text, "=") && !strings.HasSuffix(text, ":")
}
