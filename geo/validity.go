package geo

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"
	"github.com/tidwall/rtree"
)

// Flaw is a reason for which polygons are not valid by OGC Simple Features
// (ISO 19125-1, 6.1.11 and 6.1.14).
type Flaw struct {
	Kind  FlawKind
	Place orb.Point
	// Rings are the positions of the rings that have it, counted over all rings of
	// all polygons; both are the same where a ring has it by itself.
	Rings [2]int
}

// FlawKind says what a flaw is.
type FlawKind string

// The kinds of flaws.
const (
	EdgesCross        FlawKind = "edges cross"
	RingMeetsItself   FlawKind = "a ring touches itself"
	RingsShareEdge    FlawKind = "two rings run along each other"
	RingsCrossAtPoint FlawKind = "two rings cross at a point of both"
	RingsOverlap      FlawKind = "a ring lies over another" // not looked for by Flaws
	InteriorCut       FlawKind = "rings that touch each other cut the interior in pieces"
)

// Flaws returns what keeps polygons from being valid, without the flaws of one
// ring, or of a pair of rings, after its first. Where edges properly cross,
// that is, where each runs from one side of the other to its other side, that is
// the only flaw returned: at touching points and along common edges nothing
// crosses. It is exact. Which ring lies inside which is not looked at: [Overlay]
// tells that by areas.
//
// It compares edges whose extents meet. More than maxSteps comparisons, if that
// is not 0, are refused with ErrBudget. The error may be the cause of ctx.
func Flaws(ctx context.Context, mp orb.MultiPolygon, maxSteps int64) ([]Flaw, error) {
	v := newValidity(ctx, mp, maxSteps)
	defer v.guard.release()
	crossing, err := v.compare()
	if err != nil || crossing != nil {
		return crossing, err
	}
	v.crossAtPoints()
	v.cutInteriors()
	return v.flaws, nil
}

// touchSteps is what noting that rings touch costs, in comparisons.
const touchSteps = 8

// ringEdge is the edge that ends at a position of a ring.
type ringEdge struct{ ring, end int32 }

// validity is what is known of polygons while flaws are looked for.
type validity struct {
	guard   *guard
	rings   []orb.Ring
	polygon []int // of each ring
	flaws   []Flaw
	flawed  map[[2]int]bool // pairs of rings with a flaw
	// touching lists, at each place where rings touch, those that do, with the
	// places before and after it on them.
	touching map[orb.Point][]passage
	touched  map[ringPlace]struct{}
	places   []orb.Point // the keys of touching, in the order in which they were found
}

// ringPlace is a place on a ring.
type ringPlace struct {
	ring int32
	at   orb.Point
}

// passage is the way of a ring through a place.
type passage struct {
	ring          int
	before, after orb.Point
}

func newValidity(ctx context.Context, mp orb.MultiPolygon, maxSteps int64) *validity {
	v := &validity{guard: newGuard(ctx, maxSteps), flawed: map[[2]int]bool{}, touching: map[orb.Point][]passage{}, touched: map[ringPlace]struct{}{}}
	for i, p := range mp {
		for _, r := range p {
			v.rings = append(v.rings, r)
			v.polygon = append(v.polygon, i)
		}
	}
	return v
}

// compare compares all edges whose extents meet, and returns the first proper
// crossing, if there is any.
func (v *validity) compare() ([]Flaw, error) {
	var tree rtree.RTreeG[ringEdge]
	var crossing []Flaw
	steps := int64(0)
	for number, r := range v.rings {
		for i := 1; i < len(r); i++ {
			low, high := segment{r[i-1], r[i]}.bound()
			e := ringEdge{int32(number), int32(i)}
			tree.Search(low, high, func(_, _ [2]float64, f ringEdge) bool {
				steps++
				if e.ring != f.ring && v.segment(e).joins(v.segment(f)) {
					steps += touchSteps
				}
				if steps >= stepsBetweenChecks {
					v.guard.spend(steps)
					steps = 0
				}
				if place, found := v.segment(e).cross(v.segment(f)); found {
					crossing = []Flaw{{EdgesCross, place, [2]int{int(f.ring), number}}}
					return false
				}
				v.meet(f, e)
				return !v.guard.stopped()
			})
			if crossing != nil {
				return crossing, nil
			}
			if v.guard.stopped() {
				return nil, fmt.Errorf("comparing edges: %w", v.guard.err())
			}
			tree.Insert(low, high, e)
		}
	}
	return nil, nil
}

func (v *validity) segment(e ringEdge) segment {
	r := v.rings[e.ring]
	return segment{r[e.end-1], r[e.end]}
}

// meet notes what two edges that do not cross have in common, the earlier first.
func (v *validity) meet(f, e ringEdge) {
	s, t := v.segment(f), v.segment(e)
	if f.ring == e.ring {
		if r := v.rings[e.ring]; meet(r, int(f.end)-1, int(e.end)-1) {
			at, _, _ := s.common(t)
			v.flaw(RingMeetsItself, at, e.ring, e.ring)
		}
		return
	}
	switch at, other, n := s.common(t); n {
	case 1:
		v.touch(at, f)
		v.touch(at, e)
	case 2:
		v.flaw(RingsShareEdge, orb.Point{(at[0] + other[0]) / 2, (at[1] + other[1]) / 2}, f.ring, e.ring)
	}
}

// flaw notes a flaw, unless these rings have one already.
func (v *validity) flaw(kind FlawKind, at orb.Point, a, b int32) {
	rings := [2]int{int(a), int(b)}
	if !v.flawed[rings] {
		v.flawed[rings] = true
		v.flaws = append(v.flaws, Flaw{kind, at, rings})
	}
}

// touch notes that a ring passes through a place that another touches as well.
func (v *validity) touch(at orb.Point, e ringEdge) {
	key := ringPlace{e.ring, at}
	if _, known := v.touched[key]; known {
		return
	}
	v.touched[key] = struct{}{}
	all, known := v.touching[at]
	if !known {
		v.places = append(v.places, at)
	}
	r, n := v.rings[e.ring], len(v.rings[e.ring])-1
	p := passage{int(e.ring), r[e.end-1], r[e.end]}
	switch at {
	case r[e.end-1]:
		p.before = r[(int(e.end)-2+n)%n]
	case r[e.end]:
		p.after = r[int(e.end)%n+1]
	}
	v.touching[at] = append(all, p)
}

// common returns the ends that two segments which do not cross have in common:
// none, one, or the two of a stretch.
func (s segment) common(t segment) (first, second orb.Point, n int) {
	note := func(p orb.Point) {
		switch {
		case n == 0:
			first, n = p, 1
		case n == 1 && p != first:
			second, n = p, 2
		}
	}
	for _, p := range [2]orb.Point{s.a, s.b} {
		if t.holds(p) {
			note(p)
		}
	}
	for _, p := range [2]orb.Point{t.a, t.b} {
		if s.holds(p) {
			note(p)
		}
	}
	return first, second, n
}

// joins reports whether two segments have an end in common.
func (s segment) joins(t segment) bool { return s.a == t.a || s.a == t.b || s.b == t.a || s.b == t.b }

// holds reports whether a point lies on a segment.
func (s segment) holds(p orb.Point) bool {
	if p == s.a || p == s.b { // whose exact test would be slow
		return true
	}
	low, high := s.bound()
	return p[0] >= low[0] && p[0] <= high[0] && p[1] >= low[1] && p[1] <= high[1] && orientation(s.a, s.b, p) == 0
}
