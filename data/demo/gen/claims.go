package gen

import (
	"time"

	"github.com/demarc-map/demarc/data"
)

// claims returns one claim of each kind. Their addresses are of example.org,
// which nobody can register.
func claims() []data.Claim {
	on := func(year int, month time.Month, d int) data.Date {
		return data.DateOf(time.Date(year, month, d, 0, 0, 0, 0, time.UTC))
	}
	all := []data.Claim{
		{ID: "agrees", StatedOn: on(2024, 6, 12), PercentLow: new(37.0), PercentHigh: new(37.0), Measures: "held by the Highland Army", Who: "Velmar Observer", Quote: "the army holds 37 percent of the island", Basis: "seen"},
		{ID: "outside-the-band", StatedOn: on(2024, 11, 20), PercentLow: new(60.0), PercentHigh: new(60.0), Measures: "held by the Highland Army", Who: "a spokesman of the Highland Army", Quote: "sixty percent of Velmar is ours", Basis: "seen"},
		{ID: "a-range", StatedOn: on(2025, 7, 1), PercentLow: new(30.0), PercentHigh: new(35.0), Measures: "held by the Southern Front", Who: "two aid workers", Quote: "between 30 and 35 percent", Party: "front", Basis: "seen"},
		{ID: "about-a-day", StatedOn: on(2025, 9, 1), Approximate: true, PercentLow: new(54.5), PercentHigh: new(54.5), Measures: "behind the ceasefire line", Who: "Velmar Observer", Quote: "about 54.5 percent lies behind the line", Basis: "line"},
		{ID: "day-not-shown", DayUnknown: true, AsOf: on(2025, 12, 31), PercentLow: new(8.0), PercentHigh: new(8.0), Measures: "held by the Harbour Militia", Who: "a map in a harbour office", Quote: "8 % militia", Party: "militia", Basis: "seen"},
		{ID: "in-the-gap", StatedOn: on(2025, 4, 1), PercentLow: new(49.0), PercentHigh: new(49.0), Measures: "held by the Highland Army", Who: "Velmar Observer", Quote: "49 percent, by our count", Basis: "seen"},
		{ID: "not-checkable", StatedOn: on(2026, 1, 15), PercentLow: new(90.0), PercentHigh: new(90.0), Measures: "people who live under the Highland Army", Who: "a ministry", Quote: "nine in ten islanders", NotCheckable: "It counts people; this dataset has land only."},
		{ID: "what-it-says-itself", StatedOn: on(2026, 2, 2), PercentLow: new(65.0), PercentHigh: new(70.0), Measures: "claimed by the Highland Army", Who: "bulletin of the Highland Army", Quote: "two thirds, and more to come", Basis: "said"},
	}
	for i := range all {
		c := &all[i]
		c.Wording, c.Publisher, c.SeenIn, c.URL, c.Of = "Invented claim: "+c.Quote, "Invented", "nowhere: the page does not exist", "https://example.org/velmar/"+c.ID, "velmar"
		if c.Party == "" {
			c.Party = parties[0].id
		}
	}
	return all
}
