package look

import (
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
)

func TestEveryMeasureHasWordsOfItsOwnInEveryLanguage(t *testing.T) {
	for _, lang := range Langs() {
		seen := map[string]bool{}
		for _, measure := range data.Measures() {
			if _, ok := wordings()[measure][lang]; !ok {
				t.Errorf("%s has no words in %s", measure, lang)
			}
			phrase, short := Phrase(measure, lang, "Ωmega"), Short(measure, lang)
			if !strings.Contains(phrase, "Ωmega") || strings.ContainsAny(phrase+short, "{}") || seen[phrase] || seen[short] {
				t.Errorf("%s in %s: %q, %q", measure, lang, phrase, short)
			}
			seen[phrase], seen[short] = true, true
		}
		for _, words := range Measures() {
			if words.Phrase[lang] == "" || words.Short[lang] == "" || strings.Count(words.Said[lang], "{party}") != 1 {
				t.Errorf("%s in %s: %+v", words.Measure, lang, words)
			}
		}
		for _, status := range data.Statuses() {
			if StatusWords(status)[lang] == "" {
				t.Errorf("%s has no word in %s", status, lang)
			}
		}
	}
	if got := Phrase("", "tlh", "Israel"); got != "held by Israel" {
		t.Errorf("no measure in no language known is %q", got)
	}
	if got := Capital(Phrase(data.BehindLine, "en", "Israel")); got != "Behind the line published by Israel" {
		t.Error(got)
	}
}
