package geo

import "slices"

// tally sums areas by combination. Few of the 2¹⁶ combinations occur in a
// strip, so sums are kept in a list, and slot tells where.
type tally struct {
	slot []int32 // of each mask: 1 + its place in sums, 0 for none
	sums []maskSum
}

type maskSum struct {
	mask uint16
	area compensated
}

func newTally(layers int) *tally {
	return &tally{slot: make([]int32, 1<<layers)}
}

// add adds an area to a combination; land outside every layer is not counted.
func (t *tally) add(mask uint16, area float64) {
	if mask == 0 {
		return
	}
	at := t.slot[mask]
	if at == 0 {
		t.sums = append(t.sums, maskSum{mask: mask})
		at = int32(len(t.sums))
		t.slot[mask] = at
	}
	t.sums[at-1].area.add(area)
}

// take returns the sums so far by ascending mask and starts anew.
func (t *tally) take() []maskSum {
	out := slices.Clone(t.sums)
	for _, s := range t.sums {
		t.slot[s.mask] = 0
	}
	t.sums = t.sums[:0]
	slices.SortFunc(out, func(a, b maskSum) int { return int(a.mask) - int(b.mask) })
	return out
}

// areas returns the sums as the answer. Rounding may leave a sliver of an
// empty combination below zero; it counts as none.
func (t *tally) areas() Areas {
	var a Areas
	for _, s := range t.take() {
		if m2 := s.area.value(); m2 > 0 {
			a.masks = append(a.masks, uint(s.mask))
			a.m2 = append(a.m2, m2)
		}
	}
	return a
}
