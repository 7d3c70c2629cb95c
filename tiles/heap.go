package tiles

// The heap of a weigher: places in the arc, the lightest first.

// lighter orders the heap: by size, then by place, so that ties are settled.
func (w *weigher) lighter(a, b uint32) bool {
	return w.size[a] < w.size[b] || w.size[a] == w.size[b] && a < b
}

func (w *weigher) pop() uint32 {
	top := w.heap[0]
	last := len(w.heap) - 1
	w.swap(0, last)
	w.heap = w.heap[:last]
	w.down(0)
	return top
}

func (w *weigher) fix(i int) {
	for i > 0 && w.lighter(w.heap[i], w.heap[(i-1)/2]) {
		w.swap(i, (i-1)/2)
		i = (i - 1) / 2
	}
	w.down(i)
}

func (w *weigher) down(i int) {
	for {
		least := i
		for c := 2*i + 1; c <= 2*i+2 && c < len(w.heap); c++ {
			if w.lighter(w.heap[c], w.heap[least]) {
				least = c
			}
		}
		if least == i {
			return
		}
		w.swap(i, least)
		i = least
	}
}

func (w *weigher) swap(i, j int) {
	w.heap[i], w.heap[j] = w.heap[j], w.heap[i]
	w.place[w.heap[i]], w.place[w.heap[j]] = int32(i), int32(j)
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, 2*n)
	}
	return s[:n]
}
