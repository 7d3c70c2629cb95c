package arrange

import (
	"cmp"
	"context"
	"slices"
)

// SelfCrossing reports whether a line crosses itself, and near which point. A
// line that touches itself, in a point or along a stretch, and leaves on the side
// from which it came does not cross itself. The decision is exact.
func SelfCrossing(ctx context.Context, line []Point) (Point, bool, error) {
	var a Arrangement
	for i := 1; i < len(line); i++ {
		a.segment(line[i-1], line[i], i, 1)
	}
	if a.err != nil {
		return Point{}, false, a.err
	}
	pieces, err := a.nodes.node(ctx, a.segs, defaultBudget(len(a.segs)), false)
	if err != nil {
		return Point{}, false, err
	}
	if len(a.nodes.crossings) > 0 {
		return a.nodes.crossings[0].point(), true, nil
	}
	at, crosses := newPath(pieces, a.nodes.hot).crossing()
	return at, crosses, nil
}

// path is a noded line: the nodes in the order in which it visits them.
type path struct {
	nodes  []Point
	visits []visit // by node, then in order
}

// visit says that the i-th node of a path is at a point.
type visit struct {
	at key
	i  int
}

// newPath puts the pieces of a line that does not cross itself properly, and so
// is not bent, in the order of the line.
func newPath(pieces []piece, hot []key) path {
	var p path
	for i := 0; i < len(pieces); {
		j := i + 1
		for j < len(pieces) && pieces[j].class == pieces[i].class {
			j++
		}
		run := slices.Clone(pieces[i:j])
		backward := run[0].weight < 0
		if backward {
			slices.Reverse(run)
		}
		for _, r := range run {
			if backward {
				r.a, r.b = r.b, r.a
			}
			if len(p.nodes) == 0 {
				p.nodes = append(p.nodes, hot[r.a].point())
			}
			p.nodes = append(p.nodes, hot[r.b].point())
		}
		i = j
	}
	for i, n := range p.nodes {
		p.visits = append(p.visits, visit{n.key(), i})
	}
	slices.SortStableFunc(p.visits, func(v, w visit) int { return cmp.Compare(v.at, w.at) })
	return p
}

// crossing compares every two visits of the same node.
func (p path) crossing() (Point, bool) {
	for i := range p.visits {
		for j := i + 1; j < len(p.visits) && p.visits[j].at == p.visits[i].at; j++ {
			v, w := p.visits[i].i, p.visits[j].i
			if p.crosses(v, w, 1) || p.crosses(v, w, -1) {
				return p.nodes[v], true
			}
		}
	}
	return Point{}, false
}

// crosses reports whether the stretch that two visits share, from v on and from
// w on in the given direction, begins at v and changes sides.
func (p path) crosses(v, w, direction int) bool {
	at := func(i int) (Point, bool) {
		if i < 0 || i >= len(p.nodes) {
			return Point{}, false
		}
		return p.nodes[i], true
	}
	before, ok := at(v - 1)
	otherBefore, also := at(w - direction)
	if !ok || !also || before == otherBefore {
		return false
	}
	for k := 0; ; k++ {
		next, ok := at(v + k + 1)
		otherNext, also := at(w + direction*(k+1))
		if !ok || !also {
			return false // the line ends on itself
		}
		if next != otherNext {
			return p.side(v, otherBefore)*p.side(v+k, otherNext) < 0
		}
	}
}

// side is 1 when q is left of the line as it passes its i-th node, −1 when it
// is right, and 0 when it is on the line.
func (p path) side(i int, q Point) int {
	before, at, next := p.nodes[i-1], p.nodes[i], p.nodes[i+1]
	switch {
	case clockwiseLess(at, before, q, next):
		return 1
	case clockwiseLess(at, before, next, q) && quarter(at, before, q) < 3:
		return -1
	}
	return 0
}
