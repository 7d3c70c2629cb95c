package picture

import (
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/words"
)

// Words says the few things that pictures and the head of the page state, in
// one language.
type Words struct{ *words.Words }

// In returns the words of a language, English for one that is not spoken.
func In(lang string) *Words { return &Words{words.In(lang)} }

// NotMapped says that a day is not mapped, and when the evidence begins.
func (w *Words) NotMapped(gap *data.NotMapped) string {
	return w.Say("not_mapped", "date", w.day(gap.Day), "first", w.day(gap.First))
}

// day writes a date in words: 20 January 2026.
func (w *Words) day(d data.Date) string {
	t, err := time.Parse(time.DateOnly, d.String())
	if err != nil { // only a zero date
		return ""
	}
	return w.Day(t)
}
