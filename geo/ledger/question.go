package ledger

import (
	"context"
	"slices"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// question is one polygon on its way through the cells.
type question struct {
	ctx    context.Context
	stock  *stock
	posted orb.MultiPolygon
	bound  orb.Bound
	index  *geo.Index // of it
	edges  []edge     // of it, then those that meet each cell on the way
}

func newQuestion(ctx context.Context, st *stock, posted orb.MultiPolygon) (*question, error) {
	index, err := geo.NewIndex(posted)
	if err != nil {
		return nil, err
	}
	q := &question{ctx: ctx, stock: st, posted: posted, bound: posted.Bound(), index: index, edges: make([]edge, 0, 4*edges(posted))}
	for _, p := range posted {
		for _, r := range p {
			for i := 1; i < len(r); i++ {
				q.edges = append(q.edges, edge{r[i-1], r[i]})
			}
		}
	}
	return q, nil
}

// answer adds what lies in the root and what lies beside it, where no land is.
func (q *question) answer(root *node) (Sums, error) {
	sums, err := q.cell(root, q.posted, 0)
	box := root.box
	for _, b := range [4]orb.Bound{
		{Min: orb.Point{-180, -90}, Max: orb.Point{box.Min[0], 90}}, {Min: orb.Point{box.Max[0], -90}, Max: orb.Point{180, 90}},
		{Min: orb.Point{box.Min[0], -90}, Max: orb.Point{box.Max[0], box.Min[1]}}, {Min: orb.Point{box.Min[0], box.Max[1]}, Max: orb.Point{box.Max[0], 90}},
	} {
		if err != nil {
			return Sums{}, err
		}
		var beside Sums
		beside, err = outside(cut(q.posted, b))
		sums = sums.plus(beside)
	}
	return sums, err
}

// fewPositions is how many a polygon may have not to be cut by each cell on its way.
const fewPositions = 100

// cell returns what of a cell lies in the polygon. Posted is the polygon, or what of
// it lies in a larger cell, and the edges that met that are those from a position on.
func (q *question) cell(n *node, posted orb.MultiPolygon, from int) (Sums, error) {
	box := padded(n.box, slack, n.reachM)
	if !q.bound.Intersects(box) {
		return Sums{}, nil
	}
	end := len(q.edges)
	if within(q.bound, n.box) {
		end = 0 // all of them
	} else {
		defer func() { q.edges = q.edges[:end] }()
		for i := from; i < end; i++ {
			if e := &q.edges[i]; e.meets(&box) {
				q.edges = append(q.edges, *e)
			}
		}
		if len(q.edges) == end {
			if q.index.Contains(n.box.Center()) {
				return n.total(q.ctx, q.stock)
			}
			return Sums{}, nil
		}
	}
	if len(q.edges)-end > fewPositions || edges(posted) > fewPositions {
		if posted = cut(posted, n.box); len(posted) == 0 {
			return Sums{}, nil
		}
	}
	c, err := n.open(q.ctx, q.stock)
	if err != nil {
		return Sums{}, err
	}
	if c.leaf != nil {
		return q.leaf(c.leaf, cut(posted, n.box), end)
	}
	var parts [4]Sums
	for i, kid := range c.kids {
		if parts[i], err = q.cell(kid, posted, end); err != nil {
			return Sums{}, err
		}
	}
	return parts[0].plus(parts[1]).plus(parts[2].plus(parts[3])), nil
}

// slack is how many degrees beside an edge a box counts as met, for the rounding of
// what tells it.
const slack = 1e-9

// leaf returns what of a leaf lies in what is posted in it. The edges that come near
// it are those from a position on.
func (q *question) leaf(f *leaf, posted orb.MultiPolygon, from int) (sums Sums, err error) {
	if f.kind == mixed && (len(f.held) > 0 || f.land != nil) {
		const polygon, inZone, inLand = 0b001, 0b010, 0b100
		layers, land := []orb.MultiPolygon{posted, f.held}, uint(polygon)
		if f.land != nil {
			layers, land = append(layers, f.land), polygon|inLand
		}
		areas, err := geo.Overlay(q.ctx, layers, geo.Options{Workers: 1})
		if err != nil {
			return Sums{}, err
		}
		sums.LandM2, sums.HeldM2 = areas.All(land), areas.All(land|inZone)
		if f.land != nil {
			sums.OutsideM2 = areas.Of(polygon) + areas.Of(polygon|inZone)
		}
	} else {
		areaM2, err := geo.Area(posted)
		if err != nil {
			return Sums{}, err
		}
		switch f.kind {
		case void:
			sums.OutsideM2 = areaM2
		case full:
			sums.LandM2, sums.HeldM2 = areaM2, areaM2
		case free, mixed:
			sums.LandM2 = areaM2
		}
	}
	for i := range f.front {
		sums = sums.plus(q.front(&f.front[i], from))
	}
	return sums, nil
}

// least is how near a border a front is taken to follow it, in metres, were it exact.
const least = 1e-6

// front returns what of a stretch lies in the polygon, farther from its boundary than
// the accuracy: what is nearer follows the boundary as well as its accuracy allows.
func (q *question) front(s *stretch, from int) (sums Sums) {
	apart := max(s.accuracyM, least)
	box := padded(orb.MultiPoint{s.from, s.to}.Bound(), slack, apart)
	if !slices.ContainsFunc(q.edges[from:], func(e edge) bool { return e.meets(&box) }) {
		if q.index.Contains(s.from) {
			sums = front(s.lengthM, s.accuracyM)
		}
		return sums
	}
	for _, part := range q.index.Farther(s.from, s.to, apart) {
		if !q.index.Contains(orb.Point{(part[0][0] + part[1][0]) / 2, (part[0][1] + part[1][1]) / 2}) {
			continue
		}
		metres := s.lengthM
		if part[0] != s.from || part[1] != s.to {
			metres = geo.Distance(part[0], part[1])
		}
		sums = sums.plus(front(metres, s.accuracyM))
	}
	return sums
}
