package geo

import "slices"

// change is a place on the bottom line of a cell where a winding changes.
type change struct {
	x          float64
	ring, step int32
}

// mergeChanges sorts changes by place and drops those that cancel.
func mergeChanges(changes []change) []change {
	sortChanges(changes)
	kept := changes[:0]
	for i := 0; i < len(changes); {
		sum := changes[i]
		for i++; i < len(changes) && changes[i].x == sum.x && changes[i].ring == sum.ring; i++ {
			sum.step += changes[i].step
		}
		if sum.step != 0 {
			kept = append(kept, sum)
		}
	}
	return kept
}

// sortChanges sorts by place, then by ring. Most lists are short, or nearly
// sorted, where insertion is fastest.
func sortChanges(changes []change) {
	if len(changes) > 48 {
		slices.SortFunc(changes, func(a, b change) int {
			switch {
			case a.before(&b):
				return -1
			case b.before(&a):
				return +1
			}
			return 0
		})
		return
	}
	for i := 1; i < len(changes); i++ {
		c := changes[i]
		j := i
		for ; j > 0 && c.before(&changes[j-1]); j-- {
			changes[j] = changes[j-1]
		}
		changes[j] = c
	}
}

func (c *change) before(d *change) bool {
	return c.x < d.x || c.x == d.x && c.ring < d.ring
}
