package geo

import (
	"context"
	"math"
	"runtime"
	"slices"
	"sort"
	"sync/atomic"

	"github.com/demarc-map/demarc/internal/carry"
)

const (
	perCell = 8 // edges of a cell aimed at

	// stripSpread and cellSpread bound memory: on average an edge is listed in
	// about so many strips at most, and in so many cells of a strip. Cells cost
	// the square of their edges, so that more than 1/f of them do not pay where
	// edges span the share f of a strip's height.
	stripSpread = 24
	cellSpread  = 2
)

// sweep measures all combinations. It cuts the plane into strips of longitude
// that hold about equally many vertices; workers take strips one by one, and
// the sums of the strips are added in the order of the strips.
func (s *edgeSet) sweep(ctx context.Context, opt Options) (Areas, error) {
	plan := s.planStrips()
	if plan == nil {
		return Areas{}, nil
	}
	guard := newGuard(ctx, opt.MaxSteps)
	defer guard.release()

	sums := make([][]maskSum, plan.strips())
	workers := opt.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var next atomic.Int64
	work := func() error {
		w := newSweeper(s, plan, guard, opt)
		for i := int(next.Add(1)) - 1; i < len(sums) && !guard.stopped(); i = int(next.Add(1)) - 1 {
			w.strip(i)
			sums[i] = w.tally.take()
		}
		guard.spend(w.steps)
		return nil
	}
	if workers = min(workers, len(sums)); workers == 1 {
		_ = work() // a goroutine would be a good part of a small overlay
	} else {
		group, _ := carry.NewGroup(ctx)
		for range workers {
			group.Go(work)
		}
		_ = group.Wait() // the guard knows why they ended
	}
	if err := guard.err(); err != nil {
		return Areas{}, err
	}
	total := newTally(s.layers)
	for _, strip := range sums {
		for _, sum := range strip {
			total.add(sum.mask, sum.area.sum)
			total.add(sum.mask, sum.area.lost)
		}
	}
	return total.areas(), nil
}

// stripPlan lists the edges that reach into each strip.
type stripPlan struct {
	x     []float64 // borders of the strips, ascending
	first []int     // where in edges each strip begins
	edges []int32
	entry [][]change // with a window: what passing each strip changes on its bottom line
}

func (p *stripPlan) strips() int { return len(p.x) - 1 }

func (p *stripPlan) of(strip int) []int32 { return p.edges[p.first[strip]:p.first[strip+1]] }

// planStrips returns nil when there is nothing to measure.
func (s *edgeSet) planStrips() *stripPlan {
	west, east := s.box.west-s.origin[0], s.box.east-s.origin[0]
	if s.window != nil {
		west, east = s.window.west, s.window.east
	}
	if len(s.edges) == 0 || !(west < east) {
		return nil
	}
	ends := s.sampleEnds(west, east)
	count := math.Sqrt(float64(len(s.edges)) / perCell)
	// An edge that spans the share f of the ends is listed in about 1+f·count strips.
	if f := s.meanSpan(ends); f > 0 {
		count = min(count, stripSpread/f)
	}
	p := &stripPlan{x: quantiles(nil, ends, int(count), west, east)}

	// Counting sort of the edges by strip.
	n := p.strips()
	p.first = make([]int, n+1)
	for i := range s.edges {
		a, b := p.reach(&s.edges[i])
		for j := a; j < b; j++ {
			p.first[j+1]++
		}
	}
	for j := range n {
		p.first[j+1] += p.first[j]
	}
	p.edges = make([]int32, p.first[n])
	at := slices.Clone(p.first[:n])
	for i := range s.edges {
		a, b := p.reach(&s.edges[i])
		for j := a; j < b; j++ {
			p.edges[at[j]] = int32(i)
			at[j]++
		}
	}
	if s.window != nil {
		p.enter(s)
	}
	return p
}

// reach returns the range of strips of which the edge covers some width, or in
// which a vertical one stands.
func (p *stripPlan) reach(e *overlayEdge) (begin, end int) {
	begin = max(0, countUpTo(p.x, e.x1)-1)
	end = countUpTo(p.x, math.Nextafter(e.x2, math.Inf(-1)))
	if e.x1 == e.x2 {
		end = begin + 1
	}
	return begin, min(end, p.strips())
}

// countUpTo returns how many of the ascending values are not above v.
func countUpTo(values []float64, v float64) int {
	return sort.Search(len(values), func(i int) bool { return values[i] > v })
}

// sampleEnds returns ascending longitudes of edge ends within the borders, all
// of them or an even choice of some.
func (s *edgeSet) sampleEnds(west, east float64) []float64 {
	const most = 1 << 16
	stride := 1 + 2*len(s.edges)/most
	ends := make([]float64, 0, 2*len(s.edges)/stride+2)
	for i := 0; i < len(s.edges); i += stride {
		e := &s.edges[i]
		for _, x := range [...]float64{e.x1, e.x2} {
			if west <= x && x <= east {
				ends = append(ends, x)
			}
		}
	}
	slices.Sort(ends)
	return ends
}

// meanSpan returns the share of the ends that an edge spans, on average over
// some edges.
func (s *edgeSet) meanSpan(ends []float64) float64 {
	stride := 1 + len(s.edges)/1024
	sum, n := 0.0, 0
	for i := 0; i < len(s.edges); i += stride {
		sum += float64(countUpTo(ends, s.edges[i].x2) - countUpTo(ends, s.edges[i].x1))
		n++
	}
	return sum / float64(n) / float64(max(1, len(ends)))
}

// quantiles appends to out the borders of at most count intervals from low to
// high that hold about equally many of the sorted values.
func quantiles(out, sorted []float64, count int, low, high float64) []float64 {
	out = append(out, low)
	for i := 1; i < count; i++ {
		if v := sorted[i*len(sorted)/count]; v > out[len(out)-1] && v < high {
			out = append(out, v)
		}
	}
	return append(out, high)
}
