package words

import (
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// Words says things in one language.
type Words struct {
	Language

	tag   language.Tag
	texts map[string]any // by key: a phrase, or its plural forms by name
	named named
}

// named are the texts that are not phrases of a key.
type named struct {
	Months   [12]string         `json:"months"` // as a date has them
	Measures map[string]Measure `json:"measure_words"`
	Statuses map[string]Status  `json:"status_words"`
}

// Measure is how what a reading measures is told; {party} is the name of the party.
type Measure struct {
	Phrase string `json:"phrase"` // after a percentage: "held by {party}"
	Said   string `json:"said"`   // in a sentence: "was held by {party}"
	Short  string `json:"short"`  // in a column: "held"
	Rest   string `json:"rest"`   // of all other land: "Not held by any party"
}

// Status is what the status of land is called.
type Status struct {
	Name      string `json:"name"`      // "claimed"
	Uncounted string `json:"uncounted"` // in a legend: "Claimed, not counted"
}

// Say returns the text of a key, its {gaps} filled by texts given as name, text, name,
// text.
func (w *Words) Say(key string, gaps ...string) string {
	text, ok := w.texts[key].(string)
	if !ok {
		panic(fmt.Sprintf("bug: %s has no text %q", w.Lang, key))
	}
	return Fill(text, gaps...)
}

// Count returns the text of a key in the plural form for so many, {n} and the other
// {gaps} filled.
func (w *Words) Count(key string, n int, gaps ...string) string {
	forms, _ := w.texts[key].(map[string]any)
	text, ok := forms[w.form(n)].(string)
	if !ok {
		text, ok = forms["other"].(string)
	}
	if !ok {
		panic(fmt.Sprintf("bug: %s has no plural %q", w.Lang, key))
	}
	return Fill(text, append([]string{"n", w.Isolate(w.Number(float64(n), 0))}, gaps...)...)
}

// form is the plural form of a whole number, as CLDR names it.
func (w *Words) form(n int) string {
	form := plural.Cardinal.MatchPlural(w.tag, n, 0, 0, 0, 0)
	return [...]string{plural.Other: "other", plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many"}[form]
}

// Fill puts texts, given as name, text, name, text, into the {gaps} of a phrase.
func Fill(phrase string, gaps ...string) string {
	for i := 0; i+1 < len(gaps); i += 2 {
		phrase = strings.ReplaceAll(phrase, "{"+gaps[i]+"}", gaps[i+1])
	}
	return phrase
}

// Number writes a number with so many decimals.
func (w *Words) Number(v float64, decimals int) string {
	return message.NewPrinter(w.tag).Sprint(number.Decimal(v, number.Scale(decimals)))
}

// Percent writes 53.1%.
func (w *Words) Percent(v float64) string { return w.Isolate(w.Say("percent", "n", w.Number(v, 1))) }

// SquareKm writes 194.0 km².
func (w *Words) SquareKm(v float64) string { return w.Say("km2", "n", w.Isolate(w.Number(v, 1))) }

// Day writes a date: 20 January 2026.
func (w *Words) Day(t time.Time) string {
	return w.Say("date", "day", fmt.Sprint(t.Day()), "month", w.named.Months[t.Month()-1], "year", fmt.Sprint(t.Year()))
}

// Measure tells what a reading measures, by the id of the measure.
func (w *Words) Measure(id string) Measure { return w.named.Measures[id] }

// Status tells what a status is called, by its id.
func (w *Words) Status(id string) Status { return w.named.Statuses[id] }

// Isolate keeps a number with its sign together and left to right inside text that
// runs the other way (Unicode UAX #9, isolates).
func (w *Words) Isolate(number string) string {
	if w.Dir == "ltr" {
		return number
	}
	return "\u2066" + number + "\u2069"
}
