package intake

import (
	"slices"

	"github.com/demarc-map/demarc/data"
)

// Between lists the runs of days without a state that end with a new one: from the
// day of the state before to that of the new one.
func (a *Appended) Between() []data.Interval {
	var out []data.Interval
	before := a.Since
	for _, day := range a.Added {
		if before != 0 && day > before+1 {
			out = append(out, data.Interval{From: before, To: day})
		}
		before = day
	}
	return out
}

// Tails are readings as far as they say something about the days of the tail.
func (a *Appended) Tails(bases []data.Basis) []data.Basis {
	out := slices.Clone(bases)
	for i := range out {
		var mapped []data.Interval
		for _, m := range out[i].Mapped {
			if m.To == 0 || m.To > a.Since {
				mapped = append(mapped, data.Interval{From: max(m.From, a.Since), To: m.To})
			}
		}
		out[i].Mapped = mapped
	}
	return out
}

// News is what was found in a tail as far as it is new: about zones that begin on
// the new days, and steps of the headline figures from one of its days to the next.
// What a reading holds in all, a tail cannot tell.
func (a *Appended) News(q *data.Quality) *data.Quality {
	out := &data.Quality{Findings: []data.Finding{}, Total: map[string]int{}}
	for _, f := range q.Findings {
		if f.Rule == "jump" || slices.ContainsFunc(f.Features, func(id string) bool { return a.Begun[id] }) {
			out.Findings = append(out.Findings, f)
			out.Total[f.Rule]++
		}
	}
	return out
}
