package data

import "slices"

// epochs cuts time at every day on which anything begins or ends to hold: a
// zone, a line, or the days that a reading maps. Things cut it too, but it does not
// begin with them: they are no evidence.
func epochs(c *Contents) []Epoch {
	var days []Date
	for _, z := range c.Zones {
		days = z.Valid.bounds(days)
	}
	for _, l := range c.Lines {
		days = l.Valid.bounds(days)
	}
	for _, b := range c.Dataset.Bases {
		for _, m := range b.Mapped {
			days = m.bounds(days)
		}
	}
	if len(days) == 0 {
		return nil
	}
	first := slices.Min(days)
	for _, t := range c.Things {
		for _, day := range t.Valid.bounds(nil) {
			if day > first {
				days = append(days, day)
			}
		}
	}
	return cut(days)
}

// EpochOf returns the epoch of the whole dataset that a day belongs to, false
// for a day before the first. What a reading says may stay the same for longer.
func (s *Snapshot) EpochOf(day Date) (Epoch, bool) {
	i := epochAt(s.Epochs, day)
	if i < 0 {
		return Epoch{}, false
	}
	return s.Epochs[i], true
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
