package look

import (
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/words"
)

func TestEveryMeasureHasWordsOfItsOwnInEveryLanguage(t *testing.T) {
	for _, lang := range words.Langs() {
		seen := map[string]bool{}
		for _, measure := range data.Measures() {
			phrase, short := Phrase(measure, lang, "Ωmega"), Short(measure, lang)
			if !strings.Contains(phrase, "Ωmega") || strings.ContainsAny(phrase+short, "{}") || seen[phrase] || seen[short] {
				t.Errorf("%s in %s: %q, %q", measure, lang, phrase, short)
			}
			seen[phrase], seen[short] = true, true
		}
		for _, told := range Measures() {
			if told.Phrase[lang] == "" || told.Short[lang] == "" || strings.Count(told.Said[lang], "{party}") != 1 {
				t.Errorf("%s in %s: %+v", told.Measure, lang, told)
			}
		}
		for _, status := range data.Statuses() {
			if StatusWords(status)[lang] == "" {
				t.Errorf("%s has no word in %s", status, lang)
			}
		}
	}
	for _, measure := range data.Measures() { // citations have these words, and the file of words has them too
		if got, want := Phrase(measure, "en", "Israel"), measure.Of("Israel"); got != want {
			t.Errorf("%s is %q, in citations %q", measure, got, want)
		}
	}
	if got := Phrase("", "tlh", "Israel"); got != "held by Israel" {
		t.Errorf("no measure in no language known is %q", got)
	}
	if got := Capital(Phrase(data.BehindLine, "en", "Israel")); got != "Behind the line published by Israel" {
		t.Error(got)
	}
}
