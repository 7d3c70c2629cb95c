package tiles

// heap holds places in an arc, the lightest first, and knows where each is.
// Which of two equal ones comes first depends on nothing but the arc.
type heap struct {
	items []weight
	where []int32 // of each place: its index in items
}

// weight is twice the area of the triangle at a place.
type weight struct {
	size  int64
	place uint32
}

// order makes a heap of the items.
func (h *heap) order() {
	for i := len(h.items) - 1; i >= 0; i-- {
		h.down(i, h.items[i])
	}
}

// pop takes the lightest out.
func (h *heap) pop() weight {
	top, last := h.items[0], len(h.items)-1
	item := h.items[last]
	h.items = h.items[:last]
	if last > 0 {
		h.down(0, item)
	}
	return top
}

// change gives a place in the heap a new size.
func (h *heap) change(w weight) {
	i := int(h.where[w.place])
	for i > 0 {
		above := (i - 1) / 2
		if w.size >= h.items[above].size {
			break
		}
		h.put(i, h.items[above])
		i = above
	}
	h.down(i, w)
}

// down puts an item at i, or as far below as what is lighter moves up.
func (h *heap) down(i int, w weight) {
	for {
		c := 2*i + 1
		if c+1 < len(h.items) {
			c += int(uint64(h.items[c+1].size-h.items[c].size) >> 63) // the lighter one, without a branch to guess
		} else if c >= len(h.items) {
			break
		}
		if h.items[c].size >= w.size {
			break
		}
		h.put(i, h.items[c])
		i = c
	}
	h.put(i, w)
}

func (h *heap) put(i int, w weight) {
	h.items[i] = w
	h.where[w.place] = int32(i)
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, 2*n)
	}
	return s[:n]
}
