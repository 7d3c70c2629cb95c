package data

import "fmt"

// findIdle notes settings under which figures are 0 % whatever the evidence says:
// a reading that counts none of its zones, and defaults that hold nothing.
func (q *inspection) findIdle() {
	counted, holds := map[string]bool{}, false
	for i := range q.Zones {
		z := &q.Zones[i]
		basis, ok := q.BasisByID(z.Basis)
		if !ok || !basis.HoldsBy(z.Status) {
			continue
		}
		counted[z.Basis] = true
		holds = holds || z.Basis == q.Dataset.Basis && z.Party == q.Dataset.Party
	}
	for _, b := range q.Dataset.Bases {
		if !counted[b.ID] {
			q.add(Finding{"counts-nothing", []string{b.ID}, 0,
				fmt.Sprintf("no zone of the reading %s has a status that it counts (%v), so every share under it is 0 %% or not mapped", b.ID, b.Counted())})
		}
	}
	if !holds {
		q.add(Finding{"holds-nothing", []string{q.Dataset.Party, q.Dataset.Basis}, 0,
			fmt.Sprintf("%s, the default party, holds nothing on any day under %s, the default reading", q.Dataset.Party, q.Dataset.Basis)})
	}
}
