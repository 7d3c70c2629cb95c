package data

import (
	"cmp"
	"fmt"
)

// Evidence says of when what a figure rests on is. It depends on the question
// and not on the clock, so that the same question has the same answer for ever.
type Evidence struct {
	Newest     Date  `json:"newest"`      // the newest day on which one of the zones was mapped
	AgeDays    int   `json:"age_days"`    // from then to the day asked about, never below 0
	ReviewedOn *Date `json:"reviewed_on"` // the last day by then on which somebody looked and found nothing newer, nil for none
	ReviewDue  bool  `json:"review_due"`  // the day asked about is after the dataset's review_after
}

// NewerEvidence is another reading that has newer evidence than the one asked for.
type NewerEvidence struct {
	Basis    string  `json:"basis"`
	Measures Measure `json:"measures"`
	Newest   Date    `json:"newest"`
}

// EvidenceDay is the day on which a zone was mapped: the one it names, else
// that of its source when that is a full day on which the zone is valid, else
// the first day on which it is valid.
func (s *Snapshot) EvidenceDay(z *Zone) Date {
	if z.MappedOn != 0 {
		return z.MappedOn
	}
	if day, ok := s.sources[z.Source]; ok && z.Valid.Contains(day) {
		return day
	}
	return z.Valid.From
}

// datedSources lists the days of the sources whose date is a full day.
func datedSources(sources []Source) map[string]Date {
	out := make(map[string]Date, len(sources))
	for i := range sources {
		if day, err := ParseDate(sources[i].Date); err == nil {
			out[sources[i].ID] = day
		}
	}
	return out
}

// evidence tells of when the zones are that count for a question about a day.
// Zones of none are a day on which it was mapped that nobody holds anything:
// its evidence is of the first day of the epoch.
func (s *Snapshot) evidence(zones []*Zone, epoch Epoch, asOf Date) Evidence {
	return s.Dataset.evidence(cmp.Or(newestOf(s, zones), epoch.From), asOf)
}

// newestOf is the newest day on which one of some zones was mapped, 0 for none.
func newestOf(s *Snapshot, zones []*Zone) (newest Date) {
	for _, z := range zones {
		newest = max(newest, s.EvidenceDay(z))
	}
	return newest
}

// evidence is the evidence whose newest part is of a day.
func (d *Dataset) evidence(newest, asOf Date) Evidence {
	out := Evidence{Newest: newest, AgeDays: max(0, int(asOf-newest)), ReviewDue: d.ReviewDue(asOf)}
	if reviewed := d.ReviewedOn; reviewed != 0 && reviewed <= asOf {
		out.ReviewedOn = &reviewed
	}
	return out
}

// ReviewDue reports whether somebody should look for newer evidence on a day.
func (d *Dataset) ReviewDue(day Date) bool { return d.ReviewAfter != 0 && day > d.ReviewAfter }

// newer lists the readings, other than one, whose newest evidence by a day is
// newer than another day.
func newer(s *Snapshot, basis string, asOf, than Date) []NewerEvidence {
	var out []NewerEvidence
	for i := range s.Dataset.Bases {
		b := &s.Dataset.Bases[i]
		if b.ID == basis {
			continue
		}
		if newest := newestBy(s, b, asOf); newest > than {
			out = append(out, NewerEvidence{b.ID, b.Measure(), newest})
		}
	}
	return out
}

// NewestBy returns the newest day, by a day, on which something that counts under
// a reading on that day was mapped; 0 when there is none or no such reading.
func (s *Snapshot) NewestBy(basis string, asOf Date) Date {
	if b, ok := s.BasisByID(basis); ok {
		return newestBy(s, b, asOf)
	}
	return 0
}

// newestBy is the newest day, by a day, on which what counts under a reading on
// that day was mapped; 0 for none. It looks at the zones only where something
// valid then was mapped later.
func newestBy(s *Snapshot, b *Basis, asOf Date) Date {
	r := s.readings[b.ID]
	k := r.at(asOf)
	if k < 0 || !r.says[k] {
		return 0
	}
	if r.newest[k] <= asOf {
		return r.newest[k]
	}
	newest := Date(0)
	for i := range s.Zones {
		if z := &s.Zones[i]; z.Basis == b.ID && z.Valid.Contains(asOf) && b.HoldsBy(z.Status) {
			if day := s.EvidenceDay(z); day <= asOf {
				newest = max(newest, day)
			}
		}
	}
	return newest
}

// Mapped says in English of when the evidence is: "as mapped on 19 October 2025".
func (e Evidence) Mapped() string { return "as mapped on " + inWords(e.Newest) }

// Distance says in English how far the evidence is from a day: "404 days before
// 27 November 2026"; "" when it is of that day.
func (e Evidence) Distance(asOf Date) string {
	switch {
	case e.Newest == asOf:
		return ""
	case e.Newest > asOf:
		return "for " + inWords(asOf)
	case e.AgeDays == 1:
		return "1 day before " + inWords(asOf)
	}
	return fmt.Sprintf("%d days before %s", e.AgeDays, inWords(asOf))
}

// inWords writes a day as 19 October 2025.
func inWords(day Date) string {
	t := day.Time()
	return fmt.Sprintf("%d %s %d", t.Day(), t.Month(), t.Year())
}
