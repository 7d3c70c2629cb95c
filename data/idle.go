package data

import "fmt"

// findIdle notes settings under which figures are 0 % whatever the evidence says:
// a reading that counts none of its zones, and defaults that hold nothing.
func (q *inspection) findIdle() {
	for i := range q.Dataset.Bases {
		if b := &q.Dataset.Bases[i]; len(q.readings[b.ID].holders) == 0 {
			q.add(Finding{"counts-nothing", []string{b.ID}, 0, countsNothing(b)})
		}
	}
	basis, ok := q.BasisByID(q.Dataset.Basis)
	if ok && !q.readings[basis.ID].holders[q.Dataset.Party] {
		q.add(Finding{"holds-nothing", []string{q.Dataset.Party, basis.ID}, 0,
			fmt.Sprintf("no zone of %s, the default party, counts on any day under %s, the default reading, so its figures are 0 %%; the parties are %v",
				q.Dataset.Party, basis.ID, ids(q.Dataset.Parties, func(p Party) string { return p.ID }))})
	}
}

func countsNothing(b *Basis) string {
	return fmt.Sprintf("no zone of the reading %s has a status that it counts (%v), so every share under it is 0 %% or not mapped", b.ID, b.Counted())
}

// idle says why the share of a party under the reading can be no other than 0 %,
// "" when it can.
func (r *reading) idle(party string) string {
	switch {
	case len(r.holders) == 0:
		return countsNothing(r.basis)
	case !r.holders[party]:
		return fmt.Sprintf("%s holds nothing on any day under %s", party, r.basis.ID)
	}
	return ""
}
