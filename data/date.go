package data

import (
	"fmt"
	"time"
)

// Date is one UTC day, from 0001-01-01 to 9999-12-31. The zero Date is "no
// date": an open end of an Interval, JSON null.
type Date int32

const dateLayout = time.DateOnly

// firstDay is the day that Date 1 stands for.
var firstDay = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)

// ParseDate reads YYYY-MM-DD and nothing else.
func ParseDate(s string) (Date, error) {
	day, err := time.Parse(dateLayout, s)
	if err != nil || len(s) != len(dateLayout) || day.Year() < 1 {
		return 0, fmt.Errorf("%q is not a date written YYYY-MM-DD", s)
	}
	return DateOf(day), nil
}

// DateOf returns the UTC day that the moment t falls on.
func DateOf(t time.Time) Date {
	t = t.UTC()
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	return Date((day.Unix()-firstDay.Unix())/86400) + 1
}

// Time returns the start of the day in UTC.
func (d Date) Time() time.Time { return firstDay.AddDate(0, 0, int(d)-1) }

// String writes YYYY-MM-DD, or "open" for the zero Date.
func (d Date) String() string {
	if d == 0 {
		return "open"
	}
	return d.Time().Format(dateLayout)
}

// MarshalJSON writes "YYYY-MM-DD", or null for the zero Date.
func (d Date) MarshalJSON() ([]byte, error) {
	if d == 0 {
		return []byte("null"), nil
	}
	return []byte(`"` + d.String() + `"`), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (d *Date) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*d = 0
		return nil
	}
	if len(b) < 2 || b[0] != '"' {
		return fmt.Errorf("%s is not a date written \"YYYY-MM-DD\"", b)
	}
	day, err := ParseDate(string(b[1 : len(b)-1]))
	if err != nil {
		return err
	}
	*d = day
	return nil
}

// Interval is the run of days from From up to but without To.
// A zero From or To leaves that end open.
type Interval struct {
	From Date `json:"from"`
	To   Date `json:"to"`
}

// Contains reports whether the day lies in the interval.
func (i Interval) Contains(d Date) bool {
	return d >= i.From && (i.To == 0 || d < i.To)
}

// Meets reports whether the two intervals have a day in common.
func (i Interval) Meets(j Interval) bool {
	return (j.To == 0 || i.From < j.To) && (i.To == 0 || j.From < i.To)
}

// String writes "[from, to)".
func (i Interval) String() string { return "[" + i.From.String() + ", " + i.To.String() + ")" }

// Epoch is a longest run of days in which nothing changes.
type Epoch = Interval
