package intake

import (
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"pgregory.net/rapid"
)

var someProperties = map[string]jsontext.Value{"status": jsontext.Value(`"occupied"`), "name": jsontext.Value(`"Росія /// RUSSIA"`), "n": jsontext.Value(`5`),
	"code": jsontext.Value(`"007"`), "fill-opacity": jsontext.Value(`0.5`), "held": jsontext.Value(`true`), "none": jsontext.Value(`null`), "prop": jsontext.Value(`"p"`),
	"id": jsontext.Value(`12345678901234567`), "list": jsontext.Value(`[1]`), "blank": jsontext.Value(`""`)}

func TestAConditionComparesAsItSays(t *testing.T) {
	for text, want := range map[string]bool{
		`true`: true, `false`: false, `held`: true, `not held`: false, `held == "true"`: true, `held == true`: true,
		`status == "occupied" and name matches "(?i)russia"`: true, `status != "occupied"`: false, `status in ["a", "occupied"]`: true, `status not in ["a"]`: true,
		`n == 5`: true, `n == "5.0"`: true, `n == "five"`: false, `n in [4, 5]`: true, `n > 4.5 and n <= 5`: true, `n matches "^5$"`: true, `n == -5`: false,
		`code == 7`: true, `code == "7"`: false, `code == "007"`: true, `code < "1"`: true, `code > 6`: true,
		`prop["fill-opacity"] > 0.4`: true, `prop.status == "occupied"`: true, `prop["prop"] == "p"`: true,
		`id == 12345678901234567`: true, `id == 12345678901234568`: false, `id == "12345678901234567"`: true,
		`none == nil`: true, `nothere == nil`: true, `none == ""`: false, `none < 1`: false, `none > 1`: false, `none matches "."`: false, `blank == ""`: true,
		`lower(name) contains "russia"`: true, `upper(none) == nil`: true, `trim(" a ") == "a"`: true, `name startsWith "Ро" && name endsWith "A"`: true,
		`n > 1 ? status == "occupied" : false`: true, `"occupied" == status`: true, `(status == "x") == false`: true,
	} {
		w, err := ParseWhere(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got, err := w.Takes(someProperties); err != nil || got != want {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
}

func TestWhatIsNoConditionIsRefusedWhereItStands(t *testing.T) {
	for text, want := range map[string]string{
		`status == == "a"`:                   "........^", // expr's own words with a caret
		`any([1, 2], # > 1)`:                 "",
		`1..1000000000 == nil`:               `".." is no comparison`,
		`repeat("a", 100000) == ""`:          "the functions are",
		`n + 1 == 6`:                         `"+" is no comparison`,
		`-n == 5`:                            "a sign stands before a number",
		`let a = 1; a == 1`:                  "no comparison of properties",
		`{"a": 1} == nil`:                    "no comparison of properties",
		`status[0:1] == "o"`:                 "no comparison of properties",
		`status.length == 1`:                 "a property is written by its name",
		`prop == 1`:                          "in brackets",
		`prop[status] == 1`:                  "a property is written by its name",
		`name matches status`:                "in quotes",
		`name matches "("`:                   "missing closing",
		`5`:                                  "expected bool",
		`filter([1], true) == nil`:           "",
		`now() == 1`:                         "the functions are",
		strings.Repeat("not ", 600) + "held": "",
	} {
		if w, err := ParseWhere(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, %v", text, w, err)
		}
	}
}

func TestWhatCannotBeComparedIsSaidOfTheFeature(t *testing.T) {
	for text, want := range map[string]string{`status > 5`: "cannot be put in order", `status`: "bool(string)", `list == 1`: `"list"`, `n in status`: "in wants a list", `status and held`: ""} {
		w, err := ParseWhere(text)
		if err != nil {
			t.Fatal(text, err)
		}
		if takes, err := w.Takes(someProperties); err == nil || takes || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, %v", text, takes, err)
		}
	}
}

// The comparison of numbers is total, and the same whichever of the two is a text.
func TestNumbersCompareAlikeHoweverTheyAreWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64().Draw(t, "a"), rapid.Int64().Draw(t, "b")
		if rapid.Bool().Draw(t, "near") {
			b = a + 1
		}
		m, _ := jsontext.AppendFormat(nil, []byte(shown(int(a))))
		n, _ := jsontext.AppendFormat(nil, []byte(shown(int(b))))
		text := jsontext.Value(`"` + string(n) + `"`)
		for _, v := range []jsontext.Value{n, text} {
			w, err := ParseWhere(`a == b or a < b or a > b`)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := w.Takes(map[string]jsontext.Value{"a": m, "b": v}); err != nil || !got {
				t.Fatalf("%s, %s: %v, %v", m, v, got, err)
			}
			w, _ = ParseWhere(`a == b`)
			if got, err := w.Takes(map[string]jsontext.Value{"a": m, "b": v}); err != nil || got != (a == b) {
				t.Fatalf("%s == %s: %v, %v", m, v, got, err)
			}
		}
	})
}

func FuzzWhere(f *testing.F) {
	for _, s := range []string{`status == "occupied" and name matches "(?i)russia"`, `prop["fill-opacity"] > 0.4`, `a in [1, 2.5, "x"] ? true : not b`, `1..2`, `all([1], #)`, `a ?? b`, `a?.b`, "a | lower()", `let x = 1; x`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w, err := ParseWhere(s)
		if err != nil || w == nil {
			return
		}
		_, _ = w.Takes(someProperties)
		_, _ = w.Takes(nil)
	})
}
