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
	short  string // in columns
}

// wordings tells each measure in each language; the English is that of citations.
func wordings() map[data.Measure]map[string]wording {
	return map[data.Measure]map[string]wording{
		data.HeldBy: {
			"en": {data.HeldBy.Of("{party}"), "held"},
			"ar": {"تحت سيطرة {party}", "تحت السيطرة"},
			"he": {"בשליטת {party}", "מוחזק"},
		},
		data.BehindLine: {
			"en": {data.BehindLine.Of("{party}"), "behind the published line"},
			"ar": {"خلف الخط المنشور من جانب {party}", "خلف الخط المنشور"},
			"he": {"מעבר לקו שפורסם על ידי {party}", "מעבר לקו שפורסם"},
		},
		data.RestrictedBy: {
			"en": {data.RestrictedBy.Of("{party}"), "restricted"},
			"ar": {"أرض مقيّدة من جانب {party}", "مقيّدة"},
			"he": {"שטח מוגבל על ידי {party}", "מוגבל"},
		},
		data.ClaimedBy: {
			"en": {data.ClaimedBy.Of("{party}"), "claimed"},
			"ar": {"أرض مُطالَب بها من جانب {party}", "مُطالَب بها"},
			"he": {"נטען על ידי {party}", "נטען"},
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

// Short tells the same without the party: "held".
func Short(measure data.Measure, lang string) string { return wordingOf(measure, lang).short }

// Capital begins a phrase with a capital letter, where its script has them.
func Capital(phrase string) string {
	first, size := utf8.DecodeRuneInString(phrase)
	return string(unicode.ToUpper(first)) + phrase[size:]
}
