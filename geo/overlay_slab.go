package geo

import (
	"cmp"
	"math"
	"slices"
)

// span is a part of an edge that runs all the way through a slab, from height
// y1 on the west side to y2 on the east side.
type span struct {
	y1, y2     float64
	edge       int32
	ring, step int32
	active     int32 // its place in sweeper.active
}

// slab measures the part of a cell between two x, which the active pieces run
// through: sorted by height, they bound strips of land of one combination each.
// It leaves them sorted, as the next slab is likely to need them.
func (w *sweeper) slab(b box) {
	mark := len(w.spans)
	for i, p := range w.active {
		e := &w.set.edges[p.edge]
		w.spans = append(w.spans, span{
			min(max(e.y(b.west), b.south), b.north), min(max(e.y(b.east), b.south), b.north),
			p.edge, e.ring, e.step, int32(i),
		})
	}
	spans := w.spans[mark:]
	w.walk(b, spans, 0)
	if w.base.mask != 0 {
		w.tally.add(w.base.mask, w.measure.under(b.west, b.east, b.north, b.north))
	}
	w.sorted = w.sorted[:0]
	for _, s := range spans {
		w.base.pass(s.ring, -s.step)
		w.sorted = append(w.sorted, w.active[s.active])
	}
	w.active, w.sorted = w.sorted, w.active
	w.spans = w.spans[:mark]
}

// walk goes up through the spans of a slab, measuring, and leaves the base on
// top of them. Where spans cross, the slab is cut at a crossing; only the
// spans that are entangled are walked twice, so that the work grows with the
// number of crossings and not with their product with the spans.
func (w *sweeper) walk(b box, spans []span, depth int) {
	sortSpans(spans)
	if ordered(spans) {
		for i := range spans {
			w.rise(b.west, b.east, &spans[i])
		}
		return
	}
	// A knot is a least run of spans that keep to themselves: none below one of
	// its spans in the west is above it in the east unless it is in the run too.
	mark := len(w.lowest)
	w.lowest = append(w.lowest, make([]float64, len(spans))...)
	lowest := w.lowest[mark:] // of the heights in the east from here on up
	low := math.Inf(1)
	for i := len(spans) - 1; i >= 0; i-- {
		low = min(low, spans[i].y2)
		lowest[i] = low
	}
	begin, high := 0, math.Inf(-1)
	for i := range spans {
		high = max(high, spans[i].y2)
		if i+1 == len(spans) || high <= w.lowest[mark+i+1] {
			w.knot(b, spans[begin:i+1], depth)
			begin, high = i+1, math.Inf(-1)
		}
	}
	w.lowest = w.lowest[:mark]
}

// knot measures spans that cross one another, or a single one.
func (w *sweeper) knot(b box, spans []span, depth int) {
	if len(spans) == 1 {
		w.rise(b.west, b.east, &spans[0])
		return
	}
	if w.halt(len(spans)) {
		return
	}
	x := crossing(b, spans, depth)
	if !(b.west < x && x < b.east) { // they cross within a rounding of one side
		slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.y1+a.y2, b.y1+b.y2) })
		for i := range spans {
			w.rise(b.west, b.east, &spans[i])
		}
		return
	}
	mark := len(w.spans)
	for _, half := range [...]box{{b.west, b.south, x, b.north}, {x, b.south, b.east, b.north}} {
		w.spans = w.spans[:mark]
		for _, s := range spans {
			y := min(max(w.set.edges[s.edge].y(x), b.south), b.north)
			if half.west == x {
				s.y1 = y
			} else {
				s.y2 = y
			}
			w.spans = append(w.spans, s)
		}
		w.walk(half, w.spans[mark:len(w.spans):len(w.spans)], depth+1)
		if half.east == x {
			for _, s := range spans {
				w.base.pass(s.ring, -s.step)
			}
		}
	}
	w.spans = w.spans[:mark]
}

// rise passes one span and gives the land under it to the combination below,
// less what is counted to the one above.
func (w *sweeper) rise(west, east float64, s *span) {
	below := w.base.mask
	w.base.pass(s.ring, s.step)
	if above := w.base.mask; above != below {
		area := w.measure.under(west, east, s.y1, s.y2)
		w.tally.add(below, area)
		w.tally.add(above, -area)
	}
}

// crossing returns where to cut a knot: where two neighbours in its middle
// cross. Every other time for deep knots, and where rounding puts the crossing
// on the side of the slab, it is the middle of the slab.
func crossing(b box, spans []span, depth int) float64 {
	middle := b.west + (b.east-b.west)/2
	if depth > 8 && depth%2 == 0 {
		return middle
	}
	best, at := len(spans), -1
	for i := 0; i+1 < len(spans); i++ {
		if far := max(i-len(spans)/2, len(spans)/2-i); spans[i].y2 > spans[i+1].y2 && far < best {
			best, at = far, i
		}
	}
	if at < 0 {
		return middle
	}
	west, east := spans[at+1].y1-spans[at].y1, spans[at].y2-spans[at+1].y2
	if x := b.west + (b.east-b.west)*(west/(west+east)); b.west < x && x < b.east {
		return x
	}
	if len(spans) == 2 {
		return b.west
	}
	return middle
}

// sortSpans sorts by height in the west, then in the east. The order is nearly
// right most times, so insertion is tried first.
func sortSpans(spans []span) {
	moves := 64 + 4*len(spans)
	for i := 1; i < len(spans); i++ {
		if !spans[i].under(&spans[i-1]) {
			continue
		}
		s, j := spans[i], i
		for ; j > 0 && s.under(&spans[j-1]); j-- {
			spans[j] = spans[j-1]
		}
		spans[j] = s
		if moves -= i - j; moves < 0 {
			slices.SortFunc(spans, func(a, b span) int {
				return cmp.Or(cmp.Compare(a.y1, b.y1), cmp.Compare(a.y2, b.y2), cmp.Compare(a.edge, b.edge))
			})
			return
		}
	}
}

func (s *span) under(t *span) bool {
	if s.y1 != t.y1 {
		return s.y1 < t.y1
	}
	return s.y2 < t.y2
}

func ordered(spans []span) bool {
	for i := 1; i < len(spans); i++ {
		if spans[i].y2 < spans[i-1].y2 {
			return false
		}
	}
	return true
}
