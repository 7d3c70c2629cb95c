package look

import (
	"unicode"
	"unicode/utf8"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/words"
)

func wordingOf(measure data.Measure, lang string) words.Measure {
	if measure == "" {
		measure = data.HeldBy
	}
	return words.In(lang).Measure(string(measure))
}

// Phrase tells what a share is a share of, to stand after its percentage: "held by
// Israel". An empty measure is data.HeldBy.
func Phrase(measure data.Measure, lang, partyName string) string {
	return words.Fill(wordingOf(measure, lang).Phrase, "party", partyName)
}

// MeasureWords is what a measure is called in every language, with {party} for the name
// of the party.
type MeasureWords struct {
	Measure data.Measure `json:"measure"`
	Phrase  data.Text    `json:"phrase"` // after a percentage: "held by {party}"
	Said    data.Text    `json:"said"`   // in a sentence: "was held by {party}"
	Short   data.Text    `json:"short"`  // in a column: "held"
}

// Measures lists the words of every measure.
func Measures() []MeasureWords {
	var out []MeasureWords
	for _, measure := range data.Measures() {
		told := MeasureWords{measure, data.Text{}, data.Text{}, data.Text{}}
		for _, lang := range words.Langs() {
			w := wordingOf(measure, lang)
			told.Phrase[lang], told.Said[lang], told.Short[lang] = w.Phrase, w.Said, w.Short
		}
		out = append(out, told)
	}
	return out
}

// Short tells the same without the party: "held".
func Short(measure data.Measure, lang string) string { return wordingOf(measure, lang).Short }

// Capital begins a phrase with a capital letter, where its script has them.
func Capital(phrase string) string {
	first, size := utf8.DecodeRuneInString(phrase)
	return string(unicode.ToUpper(first)) + phrase[size:]
}
