package arrange

import (
	"context"
	"slices"
)

// span is an edge as the sweep sees it: a before b, and the numbers of both
// nodes. Coordinates within Limit fit 32 bits.
type span struct {
	ax, ay, bx, by int32
	from, to       int32
}

func spanOf(e *Edge) span {
	return span{int32(e.A.X), int32(e.A.Y), int32(e.B.X), int32(e.B.Y), e.a, e.b}
}

// side is positive when the point is above the span.
func (s *span) side(x, y int32) int64 {
	return (int64(s.bx)-int64(s.ax))*(int64(y)-int64(s.ay)) - (int64(s.by)-int64(s.ay))*(int64(x)-int64(s.ax))
}

// sweep passes a vertical line over noded edges from left to right and tells,
// for every edge, what lies directly below it.
type sweep struct {
	spans   []span
	counter counter
	ends    []int32 // spans by the node where they end
	status  []int32 // the spans that cross the line, from the lowest up
	fan     []int32 // the spans that start at the current node, from the lowest up
}

// run calls fan for every node at which spans start, in order: starting lists
// them from the lowest up, below is the span directly below the node or −1, and
// ending counts the spans that end there. The spans are sorted by from, then to,
// and nodes are numbered below the given limit in the order of their points.
func (w *sweep) run(ctx context.Context, nodes int, fan func(starting []int32, below int32, ending int)) error {
	spans := w.spans
	w.status = w.status[:0]
	w.byEnd(nodes)
	i, j, work := 0, 0, 0
	for j < len(w.ends) {
		end := &spans[w.ends[j]]
		at, x, y := end.to, end.bx, end.by
		if i < len(spans) && spans[i].from < at {
			at, x, y = spans[i].from, spans[i].ax, spans[i].ay
		}
		lo, hi := 0, len(w.status)
		for lo < hi { // the spans below the node
			m := int(uint(lo+hi) >> 1)
			if spans[w.status[m]].side(x, y) > 0 {
				lo = m + 1
			} else {
				hi = m
			}
		}
		ending := 0
		for ; j < len(w.ends) && spans[w.ends[j]].to == at; j++ {
			ending++
		}
		w.fan = w.fan[:0]
		for ; i < len(spans) && spans[i].from == at; i++ {
			w.fan = append(w.fan, int32(i))
		}
		if len(w.fan) > 1 {
			slices.SortFunc(w.fan, func(e, f int32) int { return -sign(spans[e].side(spans[f].bx, spans[f].by)) })
		}
		if len(w.fan) > 0 {
			below := int32(-1)
			if lo > 0 {
				below = w.status[lo-1]
			}
			fan(w.fan, below, ending)
		}
		if ending == len(w.fan) {
			copy(w.status[lo:], w.fan)
		} else {
			w.status = slices.Replace(w.status, lo, lo+ending, w.fan...)
			work += len(w.status) - lo
		}
		if work += 16; work >= stride {
			work = 0
			if err := ctx.Err(); err != nil {
				return err
			}
		}
	}
	return nil
}

// byEnd sorts the spans by the nodes where they end.
func (w *sweep) byEnd(nodes int) {
	start := w.counter.count(nodes, len(w.spans), func(i int) int32 { return w.spans[i].to })
	w.ends = slices.Grow(w.ends[:0], len(w.spans))[:len(w.spans)]
	for i := range w.spans {
		to := w.spans[i].to
		w.ends[start[to]] = int32(i)
		start[to]++
	}
}
