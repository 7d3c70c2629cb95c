package arrange

import (
	"cmp"
	"context"
	"slices"
)

// span is an edge as the sweep sees it: a before b.
type span struct{ a, b Point }

// sweep passes a vertical line over noded edges from left to right and tells,
// for every edge, what lies directly below it.
type sweep struct {
	spans  []span
	ends   []ended
	status []int32 // the edges that cross the line, from the lowest up
	fan    []int32 // the edges that start at the current node, from the lowest up
}

type ended struct {
	at   key
	edge int32
}

// run calls fan for every node at which edges start, in order: starting lists
// them from the lowest up, below is the edge directly below the node or −1, and
// ending counts the edges that end there. The spans are sorted by a, then b.
func (w *sweep) run(ctx context.Context, spans []span, fan func(starting []int32, below int32, ending int)) error {
	w.ends, w.status = w.ends[:0], w.status[:0]
	for i := range spans {
		w.ends = append(w.ends, ended{spans[i].b.key(), int32(i)})
	}
	slices.SortFunc(w.ends, func(p, q ended) int { return cmp.Compare(p.at, q.at) })
	i, j, work := 0, 0, 0
	for j < len(w.ends) {
		at := w.ends[j].at
		if i < len(spans) {
			at = min(at, spans[i].a.key())
		}
		p := at.point()
		lo, hi := 0, len(w.status)
		for lo < hi { // the edges below p
			m := int(uint(lo+hi) >> 1)
			if s := &spans[w.status[m]]; orient(s.a, s.b, p) > 0 {
				lo = m + 1
			} else {
				hi = m
			}
		}
		ending := 0
		for ; j < len(w.ends) && w.ends[j].at == at; j++ {
			ending++
		}
		w.fan = w.fan[:0]
		for ; i < len(spans) && spans[i].a == p; i++ {
			w.fan = append(w.fan, int32(i))
		}
		if len(w.fan) > 1 {
			slices.SortFunc(w.fan, func(e, f int32) int { return -sign(orient(p, spans[e].b, spans[f].b)) })
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

// label sets the coverage on both sides of every edge.
func (a *Arrangement) label(ctx context.Context) error {
	w := &a.sweep
	w.spans = w.spans[:0]
	for i := range a.edges {
		w.spans = append(w.spans, span{a.edges[i].A, a.edges[i].B})
	}
	return w.run(ctx, w.spans, func(starting []int32, below int32, _ int) {
		cover := int32(0)
		if below >= 0 {
			cover = a.edges[below].left
		}
		for _, i := range starting {
			e := &a.edges[i]
			e.right = cover
			cover = a.across(cover, e.delta)
			e.left = cover
		}
	})
}
