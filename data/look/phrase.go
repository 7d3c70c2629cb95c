package look

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/demarc-map/demarc/data"
)

// Langs are the languages that the words of this package are in; every other one
// gets the English.
func Langs() []string { return []string{"en", "ar", "he"} }

// wording is how what a reading measures is told in one language.
type wording struct {
	phrase string // after a percentage; {party} is the name of the party
	said   string // the same as the verb of a sentence
	short  string // in columns
}

// wordings tells each measure in each language; the English is that of citations.
func wordings() map[data.Measure]map[string]wording {
	return map[data.Measure]map[string]wording{
		data.HeldBy: {
			"en": {data.HeldBy.Of("{party}"), "was " + data.HeldBy.Of("{party}"), "held"},
			"ar": {"تحت سيطرة {party}", "تحت سيطرة {party}", "تحت السيطرة"},
			"he": {"בשליטת {party}", "בשליטת {party}", "מוחזק"},
		},
		data.BehindLine: {
			"en": {data.BehindLine.Of("{party}"), "lay " + data.BehindLine.Of("{party}"), "behind the published line"},
			"ar": {"خلف الخط المنشور من جانب {party}", "خلف الخط المنشور من جانب {party}", "خلف الخط المنشور"},
			"he": {"מעבר לקו שפורסם על ידי {party}", "מעבר לקו שפורסם על ידי {party}", "מעבר לקו שפורסם"},
		},
		data.RestrictedBy: {
			"en": {data.RestrictedBy.Of("{party}"), "was " + data.RestrictedBy.Of("{party}"), "restricted"},
			"ar": {"أرض مقيّدة من جانب {party}", "أرض مقيّدة من جانب {party}", "مقيّدة"},
			"he": {"שטח מוגבל על ידי {party}", "שטח מוגבל על ידי {party}", "מוגבל"},
		},
		data.ClaimedBy: {
			"en": {data.ClaimedBy.Of("{party}"), "was " + data.ClaimedBy.Of("{party}"), "claimed"},
			"ar": {"أرض مُطالَب بها من جانب {party}", "أرض مُطالَب بها من جانب {party}", "مُطالَب بها"},
			"he": {"נטען על ידי {party}", "נטען על ידי {party}", "נטען"},
		},
	}
}

func wordingOf(measure data.Measure, lang string) wording {
	if measure == "" {
		measure = data.HeldBy
	}
	all := wordings()[measure]
	if words, ok := all[lang]; ok {
		return words
	}
	return all["en"]
}

// Phrase tells what a share is a share of, to stand after its percentage: "held by
// Israel". An empty measure is data.HeldBy.
func Phrase(measure data.Measure, lang, partyName string) string {
	return strings.ReplaceAll(wordingOf(measure, lang).phrase, "{party}", partyName)
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
		words := MeasureWords{measure, data.Text{}, data.Text{}, data.Text{}}
		for _, lang := range Langs() {
			w := wordingOf(measure, lang)
			words.Phrase[lang], words.Said[lang], words.Short[lang] = w.phrase, w.said, w.short
		}
		out = append(out, words)
	}
	return out
}

// Short tells the same without the party: "held".
func Short(measure data.Measure, lang string) string { return wordingOf(measure, lang).short }

// Capital begins a phrase with a capital letter, where its script has them.
func Capital(phrase string) string {
	first, size := utf8.DecodeRuneInString(phrase)
	return string(unicode.ToUpper(first)) + phrase[size:]
}
