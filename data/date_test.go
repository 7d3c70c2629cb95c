package data_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data"

	"pgregory.net/rapid"
)

func TestDatesAreDaysOfTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 3652058).Draw(t, "days"))
		zone := time.FixedZone("", rapid.IntRange(-14*3600, 14*3600).Draw(t, "offset"))
		moment := day.Add(time.Duration(rapid.Int64Range(0, int64(24*time.Hour)-1).Draw(t, "time"))).In(zone)
		d := data.DateOf(moment)
		if want := day.Format(time.DateOnly); d.String() != want {
			t.Fatalf("%v is on %s in UTC, not %s", moment, want, d)
		}
		if !d.Time().Equal(day) {
			t.Fatalf("%s begins at %v, not %v", d, d.Time(), day)
		}
		read, err := data.ParseDate(d.String())
		if err != nil || read != d {
			t.Fatalf("%s is read as %s, %v", d, read, err)
		}
		text, err := json.Marshal(d)
		var back data.Date
		if err != nil || json.Unmarshal(text, &back) != nil || back != d {
			t.Fatalf("%s goes through JSON as %s and comes back as %s", d, text, back)
		}
		if next := data.DateOf(day.AddDate(0, 0, 1)); day.Year() < 9999 && next != d+1 {
			t.Fatalf("the day after %s is %s", d, next)
		}
	})
}

func TestAnIntervalHasItsFirstDayAndNotItsLast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := func(name string) data.Date { return data.Date(rapid.IntRange(1, 1000).Draw(t, name)) }
		i, d := data.Interval{From: day("from"), To: day("to")}, day("day")
		if got, want := i.Contains(d), i.From <= d && d < i.To; got != want {
			t.Fatalf("%v contains %v: %v", i, d, got)
		}
		i.To = 0
		if got, want := i.Contains(d), i.From <= d; got != want {
			t.Fatalf("%v contains %v: %v", i, d, got)
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-01-20", "2026-1-20", "0000-01-01", "2026-02-29", "2024-02-29", " 2026-01-20", "2026-01-20T00:00:00Z", "٢٠٢٦-٠١-٢٠", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := data.ParseDate(s)
		if err == nil && d.String() != s {
			t.Errorf("%q is read as %s", s, d)
		}
	})
}
