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

// HoldsBy reports whether land that is known by a status counts as held under the basis.
func (b *Basis) HoldsBy(status Status) bool {
	if len(b.Counts) == 0 {
		return status == Agreed || status == Observed
	}
	return slices.Contains(b.Counts, status)
}

// Counted lists the statuses that count as held under the basis.
func (b *Basis) Counted() []Status {
	return slices.DeleteFunc(Statuses(), func(s Status) bool { return !b.HoldsBy(s) })
}

// mappings tells, for each basis and epoch, whether the basis says anything
// about those days: whether one of its zones is valid then (see Basis.Mapped).
func mappings(s *Snapshot) map[string][]bool {
	out := make(map[string][]bool, len(s.Dataset.Bases))
	for _, b := range s.Dataset.Bases {
		out[b.ID] = make([]bool, len(s.Epochs))
	}
	for i := range s.Zones {
		z := &s.Zones[i]
		says := out[z.Basis]
		for k := s.epochAt(z.Valid.From); k < len(s.Epochs) && z.Valid.Contains(s.Epochs[k].From); k++ {
			says[k] = true
		}
	}
	return out
}

// mapped reports whether the basis says anything about a day.
func (s *Snapshot) mapped(b *Basis, day Date) bool {
	if len(b.Mapped) > 0 {
		return slices.ContainsFunc(b.Mapped, func(i Interval) bool { return i.Contains(day) })
	}
	k := s.epochAt(day)
	return k >= 0 && s.says[b.ID][k]
}

// epochAt returns the position of the epoch a day belongs to, −1 for a day
// before the first.
func (s *Snapshot) epochAt(day Date) int {
	i, found := slices.BinarySearchFunc(s.Epochs, day, func(e Epoch, d Date) int { return int(e.From) - int(d) })
	if !found {
		i--
	}
	return i
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
