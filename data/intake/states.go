package intake

import (
	"slices"

	"github.com/demarc-map/demarc/data"
)

// States are the days of which there is a state, and those on which it was empty.
type States struct {
	Days  []data.Date // in order, each once
	Empty int         // how many of them hold nothing
}

func statesOf(states []drawn, empty []data.Date) States {
	var days []data.Date
	for i := range states {
		days = append(days, states[i].day)
	}
	slices.Sort(days)
	days = slices.Compact(days)
	held := len(days)
	days = append(days, empty...)
	slices.Sort(days)
	days = slices.Compact(days)
	return States{days, len(days) - held}
}

// Longest returns the longest run of days between two states, from the day of
// the one to the day of the other; the first of equal ones. It is empty for
// fewer than two states.
func (s States) Longest() data.Interval {
	var out data.Interval
	for i := 1; i < len(s.Days); i++ {
		if s.Days[i]-s.Days[i-1] > out.To-out.From {
			out = data.Interval{From: s.Days[i-1], To: s.Days[i]}
		}
	}
	return out
}

// Mapped returns the days about which the states say something, for
// data.Basis.Mapped. Where more than gap days lie from one state to the next,
// only the first of them is mapped, and what follows is a gap up to the next
// state; without gap days each state says how things are until the next. It is
// nil where nothing needs to be said: no gap, and no empty state.
func (s States) Mapped(gap int) []data.Interval {
	var out []data.Interval
	for i, day := range s.Days {
		if i == 0 {
			out = append(out, data.Interval{From: day})
		} else if before := s.Days[i-1]; gap > 0 && int(day-before) > gap {
			out[len(out)-1].To = before + 1
			out = append(out, data.Interval{From: day})
		}
	}
	if len(out) == 1 && s.Empty == 0 {
		return nil
	}
	return out
}
