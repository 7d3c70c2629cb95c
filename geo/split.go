package geo

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/demarc-map/demarc/geo/arrange"
)

// The reasons for which a line is refused.
var (
	// ErrNoCut: the line never cuts the territory in two.
	ErrNoCut = errors.New("the line never cuts the territory")
	// ErrSelfCrossing: the line crosses itself, so it has no sides.
	ErrSelfCrossing = errors.New("the line crosses itself")
	// ErrDegenerateLine: the line has fewer than two different positions.
	ErrDegenerateLine = errors.New("the line has no length")
)

// SplitOptions change how a line cuts. The zero value cuts with the line as it is.
type SplitOptions struct {
	// ExtendM prolongs each end of the line, along its last segment, by as many
	// metres: published lines stop short of the coast that they mean to reach.
	ExtendM float64
}

// SplitResult is a territory cut by a line. The four parts are valid, do not
// overlap, and make up the territory.
type SplitResult struct {
	Left, Right orb.MultiPolygon // what the line has on its left, on its right
	Pocket      orb.MultiPolygon // what it touches with both of its sides
	Unreached   orb.MultiPolygon // what it does not touch
	// DanglingM is the length in metres of the line within the territory that
	// separates nothing; prolongations are not counted.
	DanglingM float64
}

// Split cuts a territory by a line into what lies on its left, seen along the
// line, and on its right. Every connected piece belongs to the side from which
// the line touches it. The line may cross the boundary any number of times and
// touch itself, and runs of it that separate nothing are ignored.
//
// Results have the form and the accuracy described at [Union]. The error is
// [ErrNoCut], [ErrSelfCrossing] with the place, [ErrDegenerateLine], [ErrReach]
// for a prolongation that leaves the Earth, or one of those of Union.
func Split(ctx context.Context, territory orb.MultiPolygon, line orb.LineString, opt SplitOptions) (SplitResult, error) {
	line, err := readLine(line)
	if err != nil {
		return SplitResult{}, err
	}
	l, err := newLayers(NonZero, territory)
	if err != nil {
		return SplitResult{}, err
	}
	line = narrowed(turnLine(line, l.box), false)
	var tails [2]orb.LineString
	if n := len(line); opt.ExtendM > 0 {
		tails[0] = orb.LineString{prolonged(line[1], line[0], opt.ExtendM), line[0]}
		tails[1] = orb.LineString{line[n-1], prolonged(line[n-2], line[n-1], opt.ExtendM)}
	}
	for _, path := range []orb.LineString{line, tails[0], tails[1]} {
		for _, p := range path {
			if checkPoint(p) != nil {
				return SplitResult{}, fmt.Errorf("a prolongation of %g m to [%v %v]: %w", opt.ExtendM, p[0], p[1], ErrReach)
			}
			l.box.add(p[0], p[1])
		}
	}
	if err := l.place(); err != nil {
		return SplitResult{}, err
	}
	s := splitter{layers: l, line: line}
	return s.split(ctx, tails)
}

// splitter holds one run of Split. Line 0 is the line itself, 1 its prolongations.
type splitter struct {
	*layers
	line    orb.LineString
	faces   arrange.Faces
	inside  []bool // by face
	onLeft  []bool // by face: the line has it on its left
	onRight []bool
}

const (
	lineItself = iota
	lineTails
	linePasses // the line again, all its segments turned eastward; see comesBack
)

func (s *splitter) split(ctx context.Context, tails [2]orb.LineString) (SplitResult, error) {
	line := s.grid.read(s.line)
	if at, crosses, err := arrange.SelfCrossing(ctx, line); err != nil {
		return SplitResult{}, err
	} else if crosses {
		p := s.grid.place(at)
		return SplitResult{}, fmt.Errorf("%w near [%.7g %.7g]", ErrSelfCrossing, p[0], p[1])
	}
	s.arr.AddLine(line, lineItself)
	for _, tail := range tails {
		s.arr.AddLine(s.grid.read(tail), lineTails)
	}
	var dangling float64
	parts, err := s.solve(ctx, func() ([][]arrange.Polygon, error) {
		if err := s.side(ctx); err != nil {
			return nil, err
		}
		var cuts bool
		if dangling, cuts = s.dangling(); !cuts {
			return nil, s.noCut(ctx, dangling)
		}
		return [][]arrange.Polygon{
			s.part(func(f int32) bool { return s.onLeft[f] && !s.onRight[f] }),
			s.part(func(f int32) bool { return s.onRight[f] && !s.onLeft[f] }),
			s.part(func(f int32) bool { return s.onLeft[f] && s.onRight[f] }),
			s.part(func(f int32) bool { return !s.onLeft[f] && !s.onRight[f] }),
		}, nil
	})
	if err != nil {
		return SplitResult{}, err
	}
	return SplitResult{parts[0], parts[1], parts[2], parts[3], dangling}, nil
}

// weight is how often the line runs along an edge from A to B.
func (s *splitter) weight(e arrange.Edge) int {
	return s.arr.LineWeight(e, lineItself) + s.arr.LineWeight(e, lineTails)
}

// side finds the faces, looking through borders within the territory, and the
// sides from which the line touches them.
func (s *splitter) side(ctx context.Context) error {
	held := make([]bool, 1)
	covered := func(c arrange.Coverage) bool {
		s.covered(c, held)
		return held[0]
	}
	var err error
	s.faces, err = s.arr.Faces(ctx, func(e arrange.Edge) bool {
		return s.weight(e) != 0 || covered(s.arr.Left(e)) != covered(s.arr.Right(e))
	})
	if err != nil {
		return err
	}
	n := s.faces.N
	s.inside, s.onLeft, s.onRight = make([]bool, n), make([]bool, n), make([]bool, n)
	for i, e := range s.arr.Edges() {
		l, r := s.faces.Left[i], s.faces.Right[i]
		s.inside[l] = covered(s.arr.Left(e))
		s.inside[r] = covered(s.arr.Right(e))
		w := s.weight(e)
		if w == 0 || l == r {
			continue
		}
		if w < 0 {
			l, r = r, l
		}
		s.onLeft[l], s.onRight[r] = true, true
	}
	return nil
}

// dangling measures the line inside the territory that separates nothing, and
// tells whether any of it separates land from land.
func (s *splitter) dangling() (metres float64, cuts bool) {
	for i, e := range s.arr.Edges() {
		l, r := s.faces.Left[i], s.faces.Right[i]
		if !s.inside[l] || !s.inside[r] || s.weight(e) == 0 {
			continue
		}
		if l != r {
			cuts = true
		} else if s.arr.LineWeight(e, lineItself) != 0 {
			metres += Distance(s.grid.place(e.A), s.grid.place(e.B))
		}
	}
	return metres, cuts
}

// part returns the land of the faces that are picked.
func (s *splitter) part(pick func(face int32) bool) []arrange.Polygon {
	return s.arr.Outline(func(i int) (left, right bool) {
		l, r := s.faces.Left[i], s.faces.Right[i]
		return s.inside[l] && pick(l), s.inside[r] && pick(r)
	})
}

// readLine returns the line without repeated positions, unwrapped where it
// crosses the antimeridian.
func readLine(line orb.LineString) (orb.LineString, error) {
	out := make(orb.LineString, 0, len(line))
	turn := 0.0
	for i, p := range line {
		if err := checkPoint(p); err != nil {
			return nil, fmt.Errorf("position %d %w", i, err)
		}
		if i > 0 {
			turn += turnBetween(line[i-1], p)
		}
		p[0] += turn
		if n := len(out); n == 0 || out[n-1] != p {
			out = append(out, p)
		}
	}
	if len(out) < 2 {
		return nil, ErrDegenerateLine
	}
	return out, nil
}

// turnLine moves a line by whole turns towards a box from which it is more than
// a turn away.
func turnLine(line orb.LineString, near extent) orb.LineString {
	box := newExtent()
	for _, p := range line {
		box.add(p[0], p[1])
	}
	joint := box
	if joint.join(near); joint.east-joint.west <= 360 {
		return line
	}
	return turned(line, box.turnTowards(near.middle()))
}

// prolonged returns the point as many metres beyond q on the line from p.
func prolonged(p, q orb.Point, metres float64) orb.Point {
	d := localDistance(p, q)
	return orb.Point{q[0] + (q[0]-p[0])/d*metres, q[1] + (q[1]-p[1])/d*metres}
}

// localDistance is the length in metres of a segment that is short beside the
// Earth, on the plane that touches the ellipsoid at its middle.
func localDistance(p, q orb.Point) float64 {
	east, north := metresPerDegree((p[1] + q[1]) / 2)
	return math.Hypot((q[0]-p[0])*east, (q[1]-p[1])*north)
}

// distanceToSegment is the distance in metres from p to a segment near it.
func distanceToSegment(p, a, b orb.Point) float64 {
	east, north := metresPerDegree(p[1])
	ax, ay := (a[0]-p[0])*east, (a[1]-p[1])*north
	dx, dy := (b[0]-a[0])*east, (b[1]-a[1])*north
	t := 0.0
	if d := dx*dx + dy*dy; d > 0 {
		t = min(1, max(0, -(ax*dx+ay*dy)/d))
	}
	return math.Hypot(ax+t*dx, ay+t*dy)
}
