package geo

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Index answers questions about places near the edges of a geometry without
// looking at the rest of it. It is immutable and safe to share.
type Index struct {
	tree     edgeTree
	segments []indexSegment
	rings    []setRing
	box      extent
}

// indexSegment is one edge, in the order of its ring or line.
type indexSegment struct {
	a, b orb.Point
	ring int32 // -1 for a line
}

func (s *indexSegment) extent() extent {
	return extent{min(s.a[0], s.b[0]), min(s.a[1], s.b[1]), max(s.a[0], s.b[0]), max(s.a[1], s.b[1])}
}

// NewIndex indexes the edges of the lines and polygons of a geometry. Points
// have none. The error is that of [Area]. Ambiguous edges of lines run the
// short way round.
func NewIndex(g orb.Geometry) (*Index, error) {
	x := &Index{box: newExtent()}
	if _, err := x.add(g, 0); err != nil {
		return nil, err
	}
	x.tree = newEdgeTree(len(x.segments), func(i int) extent { return x.segments[i].extent() })
	for i := range x.segments {
		x.box.join(x.segments[i].extent())
	}
	return x, nil
}

// add appends the edges of a geometry whose first polygon gets the number id,
// and returns the next number.
func (x *Index) add(g orb.Geometry, id int32) (int32, error) {
	var err error
	switch g := g.(type) {
	case nil, orb.Point, orb.MultiPoint:
	case orb.LineString:
		err = x.addLine(g)
	case orb.MultiLineString:
		for i, line := range g {
			if err := x.addLine(line); err != nil {
				return id, fmt.Errorf("line %d %w", i, err)
			}
		}
	case orb.Ring:
		return x.add(orb.Polygon{g}, id)
	case orb.Bound:
		return x.add(g.ToPolygon(), id)
	case orb.Polygon:
		err = x.addPolygon(g, id)
		id++
	case orb.MultiPolygon:
		for i, p := range g {
			if err := x.addPolygon(p, id); err != nil {
				return id, fmt.Errorf("polygon %d %w", i, err)
			}
			id++
		}
	case orb.Collection:
		for i, member := range g {
			if id, err = x.add(member, id); err != nil {
				return id, fmt.Errorf("member %d %w", i, err)
			}
		}
	default:
		err = fmt.Errorf("geo: index of unknown geometry %T", g)
	}
	return id, err
}

func (x *Index) addPolygon(polygon orb.Polygon, id int32) error {
	_, err := eachRing(polygon, func(ring orb.Ring, shift float64, as role) {
		x.rings = append(x.rings, setRing{id, as == hole})
		number := int32(len(x.rings) - 1)
		prev := ring[len(ring)-1]
		prev[0] += shift
		for _, p := range ring {
			p[0] += shift
			x.segments = append(x.segments, indexSegment{prev, p, number})
			prev = p
		}
	})
	return err
}

func (x *Index) addLine(line orb.LineString) error {
	turn := 0.0
	for i, p := range line {
		if err := checkPoint(p); err != nil {
			return fmt.Errorf("vertex %d %w", i, err)
		}
		if i == 0 {
			continue
		}
		a, b := line[i-1], p
		a[0] += turn
		turn += turnBetween(line[i-1], p)
		b[0] += turn
		x.segments = append(x.segments, indexSegment{a, b, -1})
	}
	return nil
}

// Search calls visit with the two ends of every edge whose box touches the
// bound, until visit returns false. Longitudes are as the index holds them:
// continuous along a ring, past ±180 where it crosses the antimeridian.
func (x *Index) Search(bound orb.Bound, visit func(a, b orb.Point) bool) {
	width := bound.Max[0] - bound.Min[0]
	for west := range x.turnsOf(bound.Min[0], width) {
		e := extent{west, bound.Min[1], west + width, bound.Max[1]}
		on := true
		x.tree.search(e, func(i uint32) bool {
			s := &x.segments[i]
			if f := s.extent(); f.west <= e.east && e.west <= f.east && f.south <= e.north && e.south <= f.north {
				on = visit(s.a, s.b)
			}
			return on
		})
		if !on {
			return
		}
	}
}

// turnsOf yields the longitude in every turn in which an interval of that
// width from there on east touches the index.
func (x *Index) turnsOf(lon, width float64) func(yield func(float64) bool) {
	return func(yield func(float64) bool) {
		if x.box.empty() || math.IsNaN(lon-lon) || !(width >= 0) || math.IsInf(width, 0) {
			return
		}
		for k := math.Ceil((x.box.west - width - lon) / 360); lon+360*k <= x.box.east; k++ {
			if !yield(lon + 360*k) {
				return
			}
		}
	}
}

// Contains reports whether a place lies in one of the polygons: inside its
// shell, and not inside one of its holes. Every place on the boundary of a
// polygon, which is decided exactly, counts as inside. Lines contain nothing.
func (x *Index) Contains(p orb.Point) bool {
	for lon := range x.turnsOf(p[0], 0) {
		if x.containsHere(orb.Point{lon, p[1]}) {
			return true
		}
	}
	return false
}

// containsHere counts how the rings wind round p, along the meridian from p to
// the nearer end of the index. An edge counts for its west end and not for its
// east end, so that a vertex on the meridian is met once.
func (x *Index) containsHere(p orb.Point) bool {
	ray, up := extent{p[0], p[1], p[0], x.box.north}, true
	if !(x.box.south <= p[1] && p[1] <= x.box.north) {
		return false
	}
	if p[1]-x.box.south < x.box.north-p[1] {
		ray, up = extent{p[0], x.box.south, p[0], p[1]}, false
	}
	var few [32]change
	met, touched := few[:0], false
	x.tree.search(ray, func(i uint32) bool {
		s := &x.segments[i]
		if s.ring < 0 {
			return true
		}
		a, b, step := s.a, s.b, int32(1)
		if a[0] > b[0] {
			a, b, step = b, a, -step
		}
		if p[0] < a[0] || p[0] > b[0] {
			return true
		}
		side := orientation(a, b, p)
		if side == 0 && min(a[1], b[1]) <= p[1] && p[1] <= max(a[1], b[1]) {
			touched = true
			return false
		}
		if p[0] < b[0] && (side < 0) == up {
			met = append(met, change{ring: s.ring, step: step})
		}
		return true
	})
	return touched || x.enclosed(met)
}

// enclosed sums the windings of the rings met, whose numbers run through one
// polygon after the other.
func (x *Index) enclosed(met []change) bool {
	slices.SortFunc(met, func(a, b change) int { return cmp.Compare(a.ring, b.ring) })
	for i := 0; i < len(met); {
		polygon, inShell, inHole := x.rings[met[i].ring].polygon, false, false
		for i < len(met) && x.rings[met[i].ring].polygon == polygon {
			ring, winding := met[i].ring, int32(0)
			for ; i < len(met) && met[i].ring == ring; i++ {
				winding += met[i].step
			}
			if winding != 0 {
				inShell = inShell || !x.rings[ring].hole
				inHole = inHole || x.rings[ring].hole
			}
		}
		if inShell && !inHole {
			return true
		}
	}
	return false
}
