package data

import (
	"cmp"
	"slices"
)

// reading is time cut where one reading of the evidence changes: where one of
// its zones begins or ends, whoever holds it and however it is known, and where
// it begins or ends to be mapped. What changes under another reading cuts
// nothing here.
type reading struct {
	basis   *Basis
	epochs  []Epoch         // without gaps between them, the last is open; none for a reading without zones and mapped days
	says    []bool          // for each epoch, whether the reading says anything about its days
	newest  []Date          // for each epoch, the newest day on which a zone that counts was mapped, 0 for none
	holders map[string]bool // parties of which a zone counts on some day
}

// readings cuts time for every reading, by the id of the basis.
func readings(s *Snapshot) map[string]*reading {
	out := make(map[string]*reading, len(s.Dataset.Bases))
	days := make(map[string][]Date, len(s.Dataset.Bases))
	for i := range s.Dataset.Bases {
		b := &s.Dataset.Bases[i]
		out[b.ID] = &reading{basis: b, holders: map[string]bool{}}
		for _, m := range b.Mapped {
			days[b.ID] = m.bounds(days[b.ID])
		}
	}
	for i := range s.Zones {
		days[s.Zones[i].Basis] = s.Zones[i].Valid.bounds(days[s.Zones[i].Basis])
	}
	for id, r := range out {
		r.epochs = cut(days[id])
		r.says, r.newest = make([]bool, len(r.epochs)), make([]Date, len(r.epochs))
		for k, e := range r.epochs {
			r.says[k] = slices.ContainsFunc(r.basis.Mapped, func(m Interval) bool { return m.Contains(e.From) })
		}
	}
	for i := range s.Zones {
		out[s.Zones[i].Basis].add(&s.Zones[i], s.EvidenceDay(&s.Zones[i]))
	}
	for _, r := range out {
		r.joinGaps()
	}
	return out
}

// add tells the epochs on which a zone is valid of it.
func (r *reading) add(z *Zone, mappedOn Date) {
	counts := r.basis.HoldsBy(z.Status)
	if counts {
		r.holders[z.Party] = true
	}
	for k := r.at(z.Valid.From); k < len(r.epochs) && z.Valid.Contains(r.epochs[k].From); k++ {
		if len(r.basis.Mapped) == 0 {
			r.says[k] = true
		}
		if counts {
			r.newest[k] = max(r.newest[k], mappedOn)
		}
	}
}

// joinGaps makes one epoch of days in a row about which nothing is said.
func (r *reading) joinGaps() {
	n := 0
	for k := range r.epochs {
		if n > 0 && !r.says[k] && !r.says[n-1] {
			r.epochs[n-1].To = r.epochs[k].To
			continue
		}
		r.epochs[n], r.says[n], r.newest[n] = r.epochs[k], r.says[k], r.newest[k]
		n++
	}
	r.epochs, r.says, r.newest = r.epochs[:n], r.says[:n], r.newest[:n]
}

// on returns the epoch a day belongs to, and whether the reading maps it.
func (r *reading) on(day Date) (Epoch, bool) {
	k := r.at(day)
	if k < 0 {
		return Epoch{}, false
	}
	return r.epochs[k], r.says[k]
}

// at returns the position of the epoch a day belongs to, −1 for a day before the first.
func (r *reading) at(day Date) int { return epochAt(r.epochs, day) }

// MappedEpochs returns the runs of days that a reading maps and in which nothing of
// it changes, in order; none for no such reading.
func (s *Snapshot) MappedEpochs(basis string) []Epoch {
	r, ok := s.readings[basis]
	if !ok {
		return nil
	}
	var out []Epoch
	for k, e := range r.epochs {
		if r.says[k] {
			out = append(out, e)
		}
	}
	return out
}

// first returns the first day that the reading maps, 0 for none.
func (r *reading) first() Date {
	if k := slices.Index(r.says, true); k >= 0 {
		return r.epochs[k].From
	}
	return 0
}

// notMapped says that the reading says nothing about a day.
func (r *reading) notMapped(day Date) *NotMapped {
	return &NotMapped{Basis: r.basis.ID, Day: day, First: r.first()}
}

// bounds adds the ends of an interval to a list of days.
func (i Interval) bounds(days []Date) []Date {
	days = append(days, i.From)
	if i.To != 0 {
		days = append(days, i.To)
	}
	return days
}

// cut returns the epochs that begin on the days, of which there may be several alike.
func cut(days []Date) []Epoch {
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

// epochAt returns the position of the epoch a day belongs to, −1 for a day before the first.
func epochAt(epochs []Epoch, day Date) int {
	i, found := slices.BinarySearchFunc(epochs, day, func(e Epoch, d Date) int { return cmp.Compare(e.From, d) })
	if !found {
		i--
	}
	return i
}
