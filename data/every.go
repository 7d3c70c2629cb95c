package data

import (
	"fmt"
	"time"

	"github.com/demarc-map/demarc/geojson"
)

// Every is how long the periods of a series are.
type Every string

// The lengths. Weeks are those of ISO 8601, from Monday on.
const (
	EveryDay   Every = "day"
	EveryWeek  Every = "week"
	EveryMonth Every = "month"
	EveryYear  Every = "year"
)

// ParseEvery reads a length. The error is ErrQuestion.
func ParseEvery(s string) (Every, error) {
	switch e := Every(s); e {
	case EveryDay, EveryWeek, EveryMonth, EveryYear:
		return e, nil
	}
	return "", fmt.Errorf("%w: every is day, week, month or year, not %q", ErrQuestion, geojson.Clip(s, 20))
}

// first returns the first day of the period of the calendar that a day lies in.
func (e Every) first(day Date) Date {
	t := day.Time()
	switch e {
	case EveryDay:
	case EveryWeek:
		return day - Date((t.Weekday()+6)%7)
	case EveryMonth:
		return day - Date(t.Day()-1)
	case EveryYear:
		return day - Date(t.YearDay()-1)
	}
	return day
}

// next returns the first day after the period that a day lies in.
func (e Every) next(day Date) Date {
	t := day.Time()
	switch e {
	case EveryDay:
	case EveryWeek:
		return e.first(day) + 7
	case EveryMonth:
		return DateOf(time.Date(t.Year(), t.Month()+1, 1, 0, 0, 0, 0, time.UTC))
	case EveryYear:
		return DateOf(time.Date(t.Year()+1, time.January, 1, 0, 0, 0, 0, time.UTC))
	}
	return day + 1
}

// name is that of the period that a day lies in: 2025-09-30, 2025-W40, 2025-09 or 2025.
func (e Every) name(day Date) string {
	t := day.Time()
	switch e {
	case EveryDay:
	case EveryWeek:
		year, week := t.ISOWeek()
		return fmt.Sprintf("%04d-W%02d", year, week)
	case EveryMonth:
		return t.Format("2006-01")
	case EveryYear:
		return t.Format("2006")
	}
	return day.String()
}

// mostPeriods is how many periods one answer has at the most.
const mostPeriods = 400

// cut returns the periods of the calendar from one day to another, of which the
// first and the last may be part of theirs.
func (e Every) cut(from, to Date) ([]Period, error) {
	out := []Period{}
	for day := from; day < to; day = e.next(day) {
		if len(out) == mostPeriods {
			return nil, fmt.Errorf("%w: from %s to %s are more than %d periods of a %s: ask for fewer days, or longer periods", ErrQuestion, from, to, mostPeriods, e)
		}
		p := Period{Name: e.name(day), From: day, To: min(e.next(day), to)}
		p.Days = int(p.To - p.From)
		p.Partial = p.From != e.first(day) || p.To != e.next(day)
		out = append(out, p)
	}
	return out, nil
}
