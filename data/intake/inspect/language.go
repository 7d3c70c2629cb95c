package inspect

import (
	"strings"
	"unicode"
)

// longestValue is how many bytes of a value are looked at and kept.
const longestValue = 120

// textual is what the texts of a property have in common.
type textual struct {
	count   int
	spaced  int            // with a space between words
	letters map[string]int // by language
	other   int            // letters that hint at no language
}

// hints are scripts with a language each, the commonest one written in it.
var hints = [...]struct {
	language string
	script   *unicode.RangeTable
}{
	{"ar", unicode.Arabic}, {"he", unicode.Hebrew}, {"ru", unicode.Cyrillic}, {"el", unicode.Greek}, {"hy", unicode.Armenian}, {"ka", unicode.Georgian},
	{"zh", unicode.Han}, {"ja", unicode.Hiragana}, {"ja", unicode.Katakana}, {"ko", unicode.Hangul}, {"hi", unicode.Devanagari},
	{"th", unicode.Thai}, {"am", unicode.Ethiopic}, {"my", unicode.Myanmar}, {"bn", unicode.Bengali},
}

// enoughTexts is how many texts a language is told by.
const enoughTexts = 2000

func (t *textual) add(text string) {
	t.count++
	if strings.Contains(strings.TrimSpace(text), " ") {
		t.spaced++
	}
	if t.count > enoughTexts {
		return
	}
	if t.letters == nil {
		t.letters = map[string]int{}
	}
	for _, c := range text[:min(len(text), longestValue)] {
		if c < 0x250 || !unicode.IsLetter(c) { // Latin says nothing
			if unicode.IsLetter(c) {
				t.other++
			}
			continue
		}
		for _, hint := range hints {
			if unicode.Is(hint.script, c) {
				t.letters[hint.language]++
				break
			}
		}
		if strings.ContainsRune("іїєґІЇЄҐ", c) {
			t.letters["uk"]++
		}
	}
}

// language is what the letters hint at, "" for nothing.
func (t *textual) language() string {
	best, most := "", t.other
	for _, c := range counted(t.letters) {
		if c.Count > most && c.Name != "uk" {
			best, most = c.Name, c.Count
		}
	}
	if best == "ru" && t.letters["uk"] > 0 {
		return "uk"
	}
	if best == "zh" && t.letters["ja"] > 0 {
		return "ja"
	}
	return best
}
