package arrange

import (
	"math"
	"slices"
)

// cells sorts segments into small boxes: vertical strips that hold about
// equally many points, each cut into boxes that hold about perBox of them.
// Quantiles keep the boxes small however unevenly the points are spread.
type cells struct {
	margin int64   // how far from a segment its boxes reach, 1 if that is less
	xs     []int64 // strip s is [xs[s], xs[s+1]); the last is open
	ys     []int64 // the lower bounds of the boxes, strip after strip
	first  []int32 // strip s has boxes first[s] to first[s+1]
	start  []int32 // box c has items start[c] to start[c+1]
	items  []int32 // segment numbers
	sample []int64
	inside []int32 // strip counters
}

const perBox = 6

// build sorts the segments into boxes made for the points; it gives up with
// false when more than max items would be needed.
func (g *cells) build(segs []segment, points []key, max int64) bool {
	strips := int(math.Sqrt(float64(len(points))/perBox)) + 1
	g.bounds(points, strips)
	g.boxes(points)

	boxes := len(g.ys)
	g.start = append(g.start[:0], make([]int32, boxes+1)...)
	total := int64(0)
	for i := range segs {
		lo := total
		g.visit(&segs[i], func(from, to int) {
			for c := from; c <= to; c++ {
				g.start[c+1]++
			}
			total += int64(to - from + 1)
		})
		if total < lo || total > max {
			return false
		}
	}
	for c := range boxes {
		g.start[c+1] += g.start[c]
	}
	g.items = slices.Grow(g.items[:0], int(total))[:total]
	for i := range segs {
		g.visit(&segs[i], func(from, to int) {
			for c := from; c <= to; c++ {
				g.items[g.start[c]] = int32(i)
				g.start[c]++
			}
		})
	}
	copy(g.start[1:], g.start[:boxes])
	g.start[0] = 0
	return true
}

// bounds sets the strips by quantiles of X, sampled when there are many points.
func (g *cells) bounds(points []key, strips int) {
	g.sample = g.sample[:0]
	stride := max(1, len(points)/(strips*16))
	for i := 0; i < len(points); i += stride {
		g.sample = append(g.sample, points[i].point().X)
	}
	slices.Sort(g.sample)
	g.xs = append(g.xs[:0], -Limit-1<<8)
	for s := 1; s < strips; s++ {
		if x := g.sample[s*len(g.sample)/strips]; x > g.xs[len(g.xs)-1] {
			g.xs = append(g.xs, x)
		}
	}
}

// boxes cuts every strip by quantiles of the Y of the points in it.
func (g *cells) boxes(points []key) {
	strips := len(g.xs)
	g.inside = append(g.inside[:0], make([]int32, strips+1)...)
	for _, k := range points {
		g.inside[g.strip(k.point().X)+1]++
	}
	for s := range strips {
		g.inside[s+1] += g.inside[s]
	}
	g.sample = slices.Grow(g.sample[:0], len(points))[:len(points)]
	for _, k := range points {
		p := k.point()
		s := g.strip(p.X)
		g.sample[g.inside[s]] = p.Y
		g.inside[s]++
	}
	g.ys, g.first = g.ys[:0], append(g.first[:0], 0)
	lo := int32(0)
	for s := range strips {
		ys := g.sample[lo:g.inside[s]]
		lo = g.inside[s]
		slices.Sort(ys)
		from := len(g.ys)
		g.ys = append(g.ys, -Limit-1<<8)
		for k := perBox; k < len(ys); k += perBox {
			if len(g.ys) == from || ys[k] > g.ys[len(g.ys)-1] {
				g.ys = append(g.ys, ys[k])
			}
		}
		g.first = append(g.first, int32(len(g.ys)))
	}
}

// strip returns the strip that holds x.
func (g *cells) strip(x int64) int { return lastAtMost(g.xs, x) }

// box returns the box that holds a point.
func (g *cells) box(p Point) int {
	s := g.strip(p.X)
	lo := int(g.first[s])
	return lo + lastAtMost(g.ys[lo:g.first[s+1]], p.Y)
}

// at returns the segments that come within the margin of the box of a point.
func (g *cells) at(p Point) []int32 { return g.in(g.box(p)) }

func (g *cells) in(box int) []int32 { return g.items[g.start[box]:g.start[box+1]] }

// visit calls f with the runs of boxes that come within the margin of a segment.
// The slope is a float: its error is far below the extra unit it is given.
func (g *cells) visit(s *segment, f func(from, to int)) {
	margin := max(g.margin, 1)
	lowest, highest := min(s.a.Y, s.b.Y)-margin, max(s.a.Y, s.b.Y)+margin
	from, to := g.strip(s.a.X-margin), g.strip(s.b.X+margin)
	slope := 0.0
	if s.a.X != s.b.X {
		slope = float64(s.b.Y-s.a.Y) / float64(s.b.X-s.a.X)
	}
	for k := from; k <= to; k++ {
		lo, hi := lowest, highest
		if from != to && s.a.X != s.b.X {
			x0, x1 := s.a.X, s.b.X
			if k > from {
				x0 = max(x0, g.xs[k]-margin)
			}
			if k < to {
				x1 = min(x1, g.xs[k+1]+margin)
			}
			y0 := float64(s.a.Y) + slope*float64(x0-s.a.X)
			y1 := float64(s.a.Y) + slope*float64(x1-s.a.X)
			lo = max(lo, int64(math.Floor(min(y0, y1)))-margin-1)
			hi = min(hi, int64(math.Ceil(max(y0, y1)))+margin+1)
		}
		base := int(g.first[k])
		ys := g.ys[base:g.first[k+1]]
		bottom := lastAtMost(ys, lo)
		top := bottom
		for top+1 < len(ys) && ys[top+1] <= hi {
			top++
		}
		f(base+bottom, base+top)
	}
}

// lastAtMost returns the index of the last of the rising bounds that is ≤ v;
// the first bound is below every coordinate.
func lastAtMost(bounds []int64, v int64) int {
	lo, hi := 0, len(bounds)
	for hi-lo > 1 {
		if m := int(uint(lo+hi) >> 1); bounds[m] <= v {
			lo = m
		} else {
			hi = m
		}
	}
	return lo
}
