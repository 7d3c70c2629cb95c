package arrange

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// Count is the winding of one class.
type Count struct {
	Class   int32
	Winding int32
}

// Coverage lists the classes that cover a place, by rising class; a class that
// is absent has winding 0. Nothing covers the outside: its Coverage is empty.
type Coverage []Count

// Of returns the winding of a class.
func (c Coverage) Of(class int) int {
	for _, n := range c {
		if int(n.Class) == class {
			return int(n.Winding)
		}
	}
	return 0
}

// book numbers distinct lists of counts, so that equal lists have equal numbers
// and the many edges between two zones store one. Number 0 is the empty list.
type book struct {
	counts []Count
	start  []int32
	index  map[string]int32
	buf    []byte
}

func (b *book) reset() {
	b.counts, b.start = b.counts[:0], append(b.start[:0], 0, 0)
	if b.index == nil {
		b.index = map[string]int32{}
	}
	clear(b.index)
	b.index[""] = 0
}

// number returns the number of a list, which is copied when it is new.
func (b *book) number(list []Count) int32 {
	b.buf = b.buf[:0]
	for _, n := range list {
		b.buf = binary.LittleEndian.AppendUint32(b.buf, uint32(n.Class))
		b.buf = binary.LittleEndian.AppendUint32(b.buf, uint32(n.Winding))
	}
	if id, known := b.index[string(b.buf)]; known {
		return id
	}
	id := int32(len(b.start) - 1)
	b.counts = append(b.counts, list...)
	b.start = append(b.start, int32(len(b.counts)))
	b.index[string(b.buf)] = id
	return id
}

func (b *book) at(id int32) Coverage { return Coverage(b.counts[b.start[id]:b.start[id+1]]) }

func (b *book) len() int { return len(b.start) - 1 }

// addCounts appends the sum of two coverages, leaving out lines and zeros.
func addCounts(sum []Count, a, b []Count) []Count {
	for len(b) > 0 && b[0].Class < 0 {
		b = b[1:]
	}
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].Class < b[0].Class:
			sum, a = append(sum, a[0]), a[1:]
		case len(a) == 0 || b[0].Class < a[0].Class:
			sum, b = append(sum, b[0]), b[1:]
		default:
			if w := a[0].Winding + b[0].Winding; w != 0 {
				sum = append(sum, Count{a[0].Class, w})
			}
			a, b = a[1:], b[1:]
		}
	}
	return sum
}

// sumPieces appends the sums of the weights by rising class, without zeros.
func sumPieces(list []Count, pieces []piece) []Count {
	slices.SortFunc(pieces, func(p, q piece) int { return cmp.Compare(p.class, q.class) })
	for i := 0; i < len(pieces); {
		class, sum := pieces[i].class, int32(0)
		for ; i < len(pieces) && pieces[i].class == class; i++ {
			sum += pieces[i].weight
		}
		if sum != 0 {
			list = append(list, Count{class, sum})
		}
	}
	return list
}
