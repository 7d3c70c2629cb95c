package data

import "slices"

// epochs cuts time at every day on which a zone or line begins or ends to hold.
func epochs(zones []Zone, lines []ControlLine) []Epoch {
	var days []Date
	add := func(v Interval) {
		days = append(days, v.From)
		if v.To != 0 {
			days = append(days, v.To)
		}
	}
	for _, z := range zones {
		add(z.Valid)
	}
	for _, l := range lines {
		add(l.Valid)
	}
	slices.Sort(days)
	days = slices.Compact(days)
	out := make([]Epoch, len(days))
	for i, from := range days {
		out[i].From = from
		if i > 0 {
			out[i-1].To = from
		}
	}
	return out
}

// counts reports whether a zone or line of a status counts as held under the basis.
func (b *Basis) counts(status Status) bool {
	if len(b.Counts) == 0 {
		return status == Agreed || status == Observed
	}
	return slices.Contains(b.Counts, status)
}

// mapped reports whether the basis says anything about a day (see Basis.Mapped).
func (s *Snapshot) mapped(b *Basis, day Date) bool {
	if len(b.Mapped) > 0 {
		return slices.ContainsFunc(b.Mapped, func(i Interval) bool { return i.Contains(day) })
	}
	for i := range s.Zones {
		if z := &s.Zones[i]; z.Basis == b.ID && z.Valid.Contains(day) {
			return true
		}
	}
	return false
}

// firstMapped returns the first day the basis says anything about, 0 for none.
func (s *Snapshot) firstMapped(b *Basis) Date {
	var first Date
	earlier := func(d Date) {
		if first == 0 || d < first {
			first = d
		}
	}
	for _, m := range b.Mapped {
		earlier(m.From)
	}
	if len(b.Mapped) == 0 {
		for i := range s.Zones {
			if s.Zones[i].Basis == b.ID {
				earlier(s.Zones[i].Valid.From)
			}
		}
	}
	return first
}
