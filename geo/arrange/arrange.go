package arrange

import (
	"errors"
	"fmt"
)

// ErrRange is returned when a coordinate is beyond ±Limit.
var ErrRange = errors.New("arrange: coordinate beyond the grid")

// Arrangement collects rings and lines, nodes them and answers questions about
// the result. The zero value is ready to use. Reset keeps the memory for the
// next run, so one value a goroutine serves any number of small inputs without
// allocating anew; it must not be shared by goroutines at the same time.
type Arrangement struct {
	// Budget bounds the work of Node, in pairs of segments compared; a
	// crossing found counts 1024, as it costs up to a kilobyte. Zero allows two
	// million crossings and 64 more for each segment.
	Budget int64
	// KeepCollinear makes Polygons keep a vertex in the middle of a straight
	// run when a ring or line that was added has a vertex there, or when rings
	// touch there. Otherwise every such vertex is dropped.
	KeepCollinear bool

	// Separate makes Node bend segments to every vertex within half a unit, and
	// again until none is left, so that no vertex of the result is in the pixel
	// of another edge. Otherwise a vertex that no crossing moves may come as close
	// to an edge as integers can.
	Separate bool
	// Together tells which classes count as one: coverages hold the class that it
	// returns, with the sum of their windings, while Across goes on telling them
	// apart. Nil counts each by itself.
	Together func(class int) int

	err     error
	segs    []segment
	loose   []segment // what Separate nodes again
	edges   []Edge
	deltas  book // what changes across an edge
	covers  book // what covers a face
	steps   steps
	nodes   noder
	counter counter
	sorted  []piece
	sweep   sweep
	tracer  tracer
}

// Reset forgets everything that was added and keeps the memory and the options.
func (a *Arrangement) Reset() {
	a.err = nil
	a.segs, a.edges = a.segs[:0], a.edges[:0]
	a.deltas.reset()
	a.covers.reset()
	a.steps.reset()
}

// AddRing adds a ring, closed implicitly (a repeated last point does no harm).
// Inside the ring the winding of the class grows by weight where the ring runs
// counter-clockwise, and shrinks where it runs clockwise. Classes are numbers
// of the caller's choice, not negative; any number of them may be used.
func (a *Arrangement) AddRing(ring []Point, class, weight int) {
	for i, p := range ring {
		if i+1 < len(ring) {
			a.add(p, ring[i+1], class, weight)
		} else {
			a.add(p, ring[0], class, weight)
		}
	}
}

// AddSegment adds a part of a ring, as AddRing does; the caller sees to it that
// what he adds of a class makes up closed rings.
func (a *Arrangement) AddSegment(p, q Point, class, weight int) { a.add(p, q, class, weight) }

// AddLine adds an open line. It nodes what it crosses and bounds faces, but it
// covers nothing. The caller's number of the line, not negative, is independent
// of class numbers; see LineWeight.
func (a *Arrangement) AddLine(line []Point, number int) {
	if number < 0 {
		a.fail(fmt.Errorf("arrange: line number %d is negative", number))
		return
	}
	for i := 1; i < len(line); i++ {
		a.segment(line[i-1], line[i], -1-number, 1)
	}
}

func (a *Arrangement) add(p, q Point, class, weight int) {
	if class < 0 {
		a.fail(fmt.Errorf("arrange: class %d is negative", class))
		return
	}
	a.segment(p, q, class, weight)
}

func (a *Arrangement) segment(p, q Point, class, weight int) {
	if !p.inRange() || !q.inRange() {
		if p.inRange() {
			p = q
		}
		a.fail(fmt.Errorf("%w: (%d, %d)", ErrRange, p.X, p.Y))
		return
	}
	if p == q {
		return
	}
	if less(q, p) {
		p, q, weight = q, p, -weight
	}
	a.segs = append(a.segs, segment{p, q, int32(class), int32(weight)})
}

func (a *Arrangement) fail(err error) {
	if a.err == nil {
		a.err = err
	}
}

// Edges returns the noded edges, ordered by A, then B. They belong to the
// arrangement and are valid until the next Reset or Node.
func (a *Arrangement) Edges() []Edge { return a.edges }

// Left returns what covers the left side of an edge, seen from A to B.
func (a *Arrangement) Left(e Edge) Coverage { return a.covers.at(e.left) }

// Right returns what covers the right side of an edge, seen from A to B.
func (a *Arrangement) Right(e Edge) Coverage { return a.covers.at(e.right) }

// Across returns what changes from the right of an edge to its left. Lines are
// among it, under negative numbers.
func (a *Arrangement) Across(e Edge) Coverage { return a.deltas.at(e.delta) }

// LineWeight returns how often a line added by AddLine runs along the edge from
// A to B, minus how often it runs from B to A.
func (a *Arrangement) LineWeight(e Edge, number int) int {
	return a.deltas.at(e.delta).Of(-1 - number)
}
