package data

import (
	"slices"
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
	i := slices.IndexFunc(s.Dataset.Sources, func(source Source) bool { return source.ID == z.Source })
	if i >= 0 {
		if day, err := ParseDate(s.Dataset.Sources[i].Date); err == nil && z.Valid.Contains(day) {
			return day
		}
	}
	return z.Valid.From
}

// evidence tells of when the zones are that count for a question about a day.
// Zones of none are a day on which it was mapped that nobody holds anything:
// its evidence is of the first day of the epoch.
func (s *Snapshot) evidence(zones []*Zone, epoch Epoch, asOf Date) Evidence {
	out := Evidence{Newest: epoch.From, ReviewDue: s.Dataset.ReviewAfter != 0 && asOf > s.Dataset.ReviewAfter}
	for i, z := range zones {
		if day := s.EvidenceDay(z); i == 0 || day > out.Newest {
			out.Newest = day
		}
	}
	out.AgeDays = max(0, int(asOf-out.Newest))
	if reviewed := s.Dataset.ReviewedOn; reviewed != 0 && reviewed <= asOf {
		out.ReviewedOn = &reviewed
	}
	return out
}

// newer lists the readings, other than one, whose newest evidence by a day is
// newer than another day.
func (s *Snapshot) newer(basis string, asOf, than Date) []NewerEvidence {
	var out []NewerEvidence
	for _, b := range s.Dataset.Bases {
		if b.ID == basis {
			continue
		}
		newest := Date(0)
		for i := range s.Zones {
			if z := &s.Zones[i]; z.Basis == b.ID && z.Valid.Contains(asOf) && b.HoldsBy(z.Status) {
				newest = max(newest, s.EvidenceDay(z))
			}
		}
		if newest > than && newest <= asOf {
			out = append(out, NewerEvidence{b.ID, b.measure(), newest})
		}
	}
	return out
}

// measure is what the reading measures.
func (b *Basis) measure() Measure {
	if b.Measures == "" {
		return HeldBy
	}
	return b.Measures
}
