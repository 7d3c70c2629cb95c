package geo

import (
	"iter"
	"slices"
)

// MaxLayers is how many layers one overlay takes.
const MaxLayers = 16

// Areas are the areas, in square metres on the WGS 84 ellipsoid, of the
// combinations of the layers of an overlay. A combination is a mask with bit i
// set for every place covered by layer i. The combinations are disjoint, so
// their areas add up; the land outside every layer is not among them. Areas is
// immutable and safe to share; the zero value is the overlay of nothing.
type Areas struct {
	masks []uint // ascending, none zero
	m2    []float64
}

// Of returns the area covered by exactly the layers of the mask: by these and
// by no other.
func (a Areas) Of(mask uint) float64 {
	if i, found := slices.BinarySearch(a.masks, mask); found {
		return a.m2[i]
	}
	return 0
}

// All returns the area covered by all layers of the mask, and perhaps by
// others: their intersection. All(0) is the total.
func (a Areas) All(mask uint) float64 {
	return a.where(func(m uint) bool { return m&mask == mask })
}

// Any returns the area covered by at least one layer of the mask: their union.
func (a Areas) Any(mask uint) float64 {
	return a.where(func(m uint) bool { return m&mask != 0 })
}

// Total returns the area covered by any layer at all.
func (a Areas) Total() float64 {
	return a.where(func(uint) bool { return true })
}

// Combinations yields every combination that occurs with its area, by
// ascending mask.
func (a Areas) Combinations() iter.Seq2[uint, float64] {
	return func(yield func(uint, float64) bool) {
		for i, mask := range a.masks {
			if !yield(mask, a.m2[i]) {
				return
			}
		}
	}
}

func (a Areas) where(in func(mask uint) bool) float64 {
	var sum compensated
	for i, mask := range a.masks {
		if in(mask) {
			sum.add(a.m2[i])
		}
	}
	return sum.value()
}
