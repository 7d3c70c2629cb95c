package data

import "fmt"

// findIdle notes settings under which figures are 0 % whatever the evidence says:
// a reading that counts none of its zones, and defaults that hold nothing.
func (s *Snapshot) findIdle() {
	counted, holds := map[string]bool{}, false
	for i := range s.Zones {
		z := &s.Zones[i]
		basis, ok := s.BasisByID(z.Basis)
		if !ok || !basis.counts(z.Status) {
			continue
		}
		counted[z.Basis] = true
		holds = holds || z.Basis == s.Dataset.Basis && z.Party == s.Dataset.Party
	}
	for _, b := range s.Dataset.Bases {
		if !counted[b.ID] {
			s.Quality.add(Finding{"counts-nothing", []string{b.ID}, 0,
				fmt.Sprintf("no zone of the reading %s has a status that it counts (%v), so every share under it is 0 %% or not mapped", b.ID, b.Counted())})
		}
	}
	if !holds {
		s.Quality.add(Finding{"holds-nothing", []string{s.Dataset.Party, s.Dataset.Basis}, 0,
			fmt.Sprintf("%s, the default party, holds nothing on any day under %s, the default reading", s.Dataset.Party, s.Dataset.Basis)})
	}
}
