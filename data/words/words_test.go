package words

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/internal/referee"
)

// forms are the plural forms of a language for whole numbers of things, as CLDR 48 names
// them: without French "many", which is for millions, and Hebrew "many", which CLDR gave
// up in its version 42.
var forms = map[string][]string{
	"en": {"one", "other"}, "fr": {"one", "other"}, "he": {"one", "two", "other"},
	"ar": {"zero", "one", "two", "few", "many", "other"},
	"ru": {"one", "few", "many", "other"}, "uk": {"one", "few", "many", "other"},
}

// parts are the folders that words are in: this one, and those of what only a part of
// the page says.
func parts(t *testing.T) []string {
	t.Helper()
	inPage, err := filepath.Glob(filepath.Join(referee.Root(), "static/web/src/lang/*"))
	if err != nil || len(inPage) == 0 {
		t.Fatalf("the page has no parts with words: %v", err)
	}
	return append([]string{filepath.Join(referee.Root(), "data/words")}, inPage...)
}

// flat are the texts of a file by their path in it, plural forms apart.
func flat(t *testing.T, file string) (texts map[string]string, plurals map[string]map[string]string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	texts, plurals = map[string]string{}, map[string]map[string]string{}
	var walk func(path string, value any)
	walk = func(path string, value any) {
		switch v := value.(type) {
		case string:
			texts[path] = v
		case []any:
			for i, one := range v {
				walk(fmt.Sprint(path, ".", i), one)
			}
		case map[string]any:
			if _, ok := v["other"].(string); ok {
				plurals[path] = map[string]string{}
				for form, one := range v {
					plurals[path][form] = one.(string)
				}
				return
			}
			for key, one := range v {
				walk(path+"."+key, one)
			}
		default:
			t.Errorf("%s: %s is %T", file, path, value)
		}
	}
	walk("", all)
	return texts, plurals
}

// gaps are the names of the gaps of a text, each once.
func gaps(text string) []string {
	found := regexp.MustCompile(`\{\w+\}`).FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestEveryLanguageSaysTheSameWithTheSameGapsAndItsOwnPlurals(t *testing.T) {
	for _, part := range parts(t) {
		english, plural := flat(t, filepath.Join(part, "en.json"))
		files, err := filepath.Glob(filepath.Join(part, "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		var there []string
		for _, file := range files {
			if lang := strings.TrimSuffix(filepath.Base(file), ".json"); lang != "languages" {
				there = append(there, lang)
			}
		}
		if want := slices.Sorted(slices.Values(Langs())); !slices.Equal(there, want) {
			t.Errorf("%s speaks %v, not %v", part, there, want)
		}
		for _, lang := range Langs() {
			name := filepath.Join(filepath.Base(part), lang)
			texts, plurals := flat(t, filepath.Join(part, lang+".json"))
			if missing, more := apart(english, texts); len(missing)+len(more) > 0 {
				t.Errorf("%s lacks %v and has %v more", name, missing, more)
			}
			if missing, more := apart(plural, plurals); len(missing)+len(more) > 0 {
				t.Errorf("%s lacks the plurals %v and has %v more", name, missing, more)
			}
			for key, text := range texts {
				if strings.TrimSpace(text) == "" || !slices.Equal(gaps(text), gaps(english[key])) {
					t.Errorf("%s %s: %q beside %q", name, key, text, english[key])
				}
			}
			for key, has := range plurals {
				if got := slices.Sorted(maps.Keys(has)); !slices.Equal(got, slices.Sorted(slices.Values(forms[lang]))) {
					t.Errorf("%s %s has the forms %v, not %v", name, key, got, forms[lang])
				}
				for form, text := range has {
					want := gaps(plural[key]["other"])
					without := slices.DeleteFunc(slices.Clone(want), func(gap string) bool { return gap == "{n}" })
					// A word may stand for a single number.
					if got := gaps(text); !slices.Equal(got, want) && !(slices.Contains([]string{"zero", "one", "two"}, form) && slices.Equal(got, without)) {
						t.Errorf("%s %s %s: %q", name, key, form, text)
					}
				}
			}
		}
	}
}

// apart are the keys of one that the other lacks, and the other way round.
func apart[A, B any](one map[string]A, other map[string]B) (missing, more []string) {
	for key := range one {
		if _, ok := other[key]; !ok {
			missing = append(missing, key)
		}
	}
	for key := range other {
		if _, ok := one[key]; !ok {
			more = append(more, key)
		}
	}
	return missing, more
}

func TestEveryPluralFormIsOneThatWholeNumbersTake(t *testing.T) {
	for _, lang := range Langs() {
		taken := map[string]bool{}
		for n := range 1001 {
			taken[In(lang).form(n)] = true
		}
		if lang == "he" {
			delete(taken, "many") // of an older CLDR; said like "other"
		}
		for _, form := range forms[lang] {
			if !taken[form] && !(form == "other" && (lang == "ru" || lang == "uk")) { // that is for fractions
				t.Errorf("%s: no whole number takes %q", lang, form)
			}
			delete(taken, form)
		}
		if len(taken) > 0 {
			t.Errorf("%s lacks %v", lang, taken)
		}
	}
}

func TestNumbersAndDaysAreWrittenAsTheLanguageWritesThem(t *testing.T) {
	day := time.Date(2026, 1, 20, 0, 0, 0, 0, time.UTC)
	for lang, want := range map[string][4]string{
		"en": {"53.1%", "603,549.7 km²", "20 January 2026", "evidence 1 day old on x"},
		"ar": {"\u206653.1%\u2069", "\u2066603,549.7\u2069 كم²", "20 يناير 2026", "عمر الأدلة يوم واحد في x"},
		"fr": {"53,1\u202f%", "603\u00a0549,7 km²", "20 janvier 2026", "éléments vieux de 1 jour au x"},
		"he": {"\u206653.1%\u2069", "\u2066603,549.7\u2069 קמ״ר", "20 בינואר 2026", "ראיות בנות יום אחד ב-x"},
		"ru": {"53,1\u00a0%", "603\u00a0549,7 км²", "20 января 2026 года", "свидетельствам 1 день на x"},
		"uk": {"53,1%", "603\u00a0549,7 км²", "20 січня 2026 року", "свідченням 1 день на x"},
	} {
		w := In(lang)
		if got := [4]string{w.Percent(53.149), w.SquareKm(603549.68), w.Day(day), w.Count("evidence_age", 1, "date", "x")}; got != want {
			t.Errorf("%s: %q, not %q", lang, got, want)
		}
	}
	for n, want := range map[int]string{1: "1 период", 2: "2 периода", 5: "5 периодов", 11: "11 периодов", 21: "21 период", 104: "104 периода"} {
		if got := In("ru").Count("periods_counted", n); got != want {
			t.Errorf("%d: %q, not %q", n, got, want)
		}
	}
	if got := In("tlh"); got.Lang != "en" {
		t.Errorf("a language not spoken is said in %s", got.Lang)
	}
}
