package tiles

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
)

// checkTile checks an encoded tile against the contract: version and extent,
// layers in order, lines and rings without zero length, polygons valid on the
// integer grid and wound as MVT wants, everything within the buffer.
func checkTile(tile []byte, names []string, buffer int64) error {
	layers, err := mvt.Unmarshal(tile)
	if err != nil {
		return err
	}
	last := -1
	for _, l := range layers {
		place := slices.Index(names, l.Name)
		if place <= last {
			return fmt.Errorf("layer %s is unknown or out of order", l.Name)
		}
		last = place
		if l.Version != 2 || l.Extent != 4096 || len(l.Features) == 0 {
			return fmt.Errorf("layer %s: version %d, extent %d, %d features", l.Name, l.Version, l.Extent, len(l.Features))
		}
		for _, f := range l.Features {
			if b := f.Geometry.Bound(); b.Min[0] < float64(-buffer) || b.Min[1] < float64(-buffer) || b.Max[0] > float64(4096+buffer) || b.Max[1] > float64(4096+buffer) {
				return fmt.Errorf("layer %s: feature %v reaches beyond the buffer: %v", l.Name, f.ID, b)
			}
			if err := checkGeometry(f.Geometry); err != nil {
				return fmt.Errorf("layer %s: feature %v: %w", l.Name, f.ID, err)
			}
		}
	}
	return nil
}

func checkGeometry(g orb.Geometry) error {
	switch g := g.(type) {
	case orb.LineString:
		for i := 1; i < len(g); i++ {
			if g[i] == g[i-1] {
				return fmt.Errorf("a line stands still at %v", g[i])
			}
		}
		if len(g) < 2 {
			return fmt.Errorf("a line of %d points", len(g))
		}
	case orb.MultiLineString:
		for _, l := range g {
			if err := checkGeometry(l); err != nil {
				return err
			}
		}
	case orb.Polygon:
		return checkPolygons(orb.MultiPolygon{g})
	case orb.MultiPolygon:
		return checkPolygons(g)
	}
	return nil
}

type testSide struct {
	a, b             point
	ring, index, len int
}

// checkPolygons is an exact check, independent of package arrange: rings are
// simple; rings meet in single points at most; shells have positive area and
// lie outside each other; holes have negative area and lie in their shell.
func checkPolygons(multi orb.MultiPolygon) error {
	var sides []testSide
	var rings [][]point
	var shell []int
	for _, polygon := range multi {
		first := len(rings)
		for k, r := range polygon {
			var ring []point
			for _, p := range r[:len(r)-1] {
				ring = append(ring, point{X: int64(p[0]), Y: int64(p[1])})
			}
			if len(ring) < 3 {
				return fmt.Errorf("a ring of %d points", len(ring))
			}
			if a := doubleArea(ring); a == 0 || (a > 0) != (k == 0) {
				return fmt.Errorf("ring %d has area %v", k, float64(a)/2)
			}
			for i, p := range ring {
				q := ring[(i+1)%len(ring)]
				if q.X < p.X {
					p, q = q, p
				}
				sides = append(sides, testSide{p, q, len(rings), i, len(ring)})
			}
			rings = append(rings, ring)
			shell = append(shell, first)
		}
	}
	if err := checkSides(sides); err != nil {
		return err
	}
	for i, r := range rings {
		wound := 0
		for j, other := range rings {
			if i == j {
				continue
			}
			switch side := inside(r, other); {
			case side > 0 && shell[j] == j:
				wound++
			case side > 0:
				wound--
			}
		}
		if isHole := shell[i] != i; isHole && (wound != 1 || inside(r, rings[shell[i]]) <= 0) || !isHole && wound != 0 {
			return fmt.Errorf("the ring at %v lies where it must not (hole %v, wound %d)", r[0], isHole, wound)
		}
	}
	return nil
}

func checkSides(sides []testSide) error {
	slices.SortFunc(sides, func(s, t testSide) int { return cmp.Compare(s.a.X, t.a.X) })
	for i, s := range sides {
		if s.a == s.b {
			return fmt.Errorf("a side without length at %v", s.a)
		}
		for _, t := range sides[i+1:] {
			if t.a.X > s.b.X {
				break
			}
			if min(s.a.Y, s.b.Y) > max(t.a.Y, t.b.Y) || min(t.a.Y, t.b.Y) > max(s.a.Y, s.b.Y) {
				continue
			}
			o1, o2, o3, o4 := turn(s.a, s.b, t.a), turn(s.a, s.b, t.b), turn(t.a, t.b, s.a), turn(t.a, t.b, s.b)
			if o1*o2 > 0 || o3*o4 > 0 {
				continue
			}
			if o1*o2 < 0 && o3*o4 < 0 {
				return fmt.Errorf("sides cross near %v", s.a)
			}
			common := 0
			for _, p := range [2]point{s.a, s.b} {
				if p == t.a || p == t.b {
					common++
				}
			}
			if o1 == 0 && o2 == 0 {
				// Collinear with overlapping boxes: they share an end, or more.
				if common != 1 || overlap(s, t) {
					return fmt.Errorf("sides overlap near %v", s.a)
				}
			}
			step := s.index - t.index
			adjacent := s.ring == t.ring && (step == 1 || step == -1 || step == s.len-1 || step == 1-s.len)
			if s.ring == t.ring && !adjacent {
				return fmt.Errorf("a ring touches itself near %v", s.a)
			}
		}
	}
	return nil
}

// overlap reports whether two collinear sides with a common end lie on each other.
func overlap(s, t testSide) bool {
	shared, p, q := s.a, s.b, t.b
	switch {
	case s.a == t.b:
		q = t.a
	case s.b == t.a:
		shared, p = s.b, s.a
	case s.b == t.b:
		shared, p, q = s.b, s.a, t.a
	}
	return (p.X-shared.X)*(q.X-shared.X)+(p.Y-shared.Y)*(q.Y-shared.Y) > 0
}

func turn(a, b, c point) int {
	return cmp.Compare((b.X-a.X)*(c.Y-a.Y), (c.X-a.X)*(b.Y-a.Y))
}

// inside is 1 when a ring lies inside another, −1 when outside, for rings that
// meet in points at most: it asks for a point of the one that is not on the other.
func inside(r, other []point) int {
	for i, p := range r {
		q := r[(i+1)%len(r)]
		if side := windingAt(point{X: p.X + q.X, Y: p.Y + q.Y}, other); side != 0 {
			return side
		}
	}
	return 0
}

// windingAt is 1 when a point, given doubled, is inside a ring, −1 outside, 0 on it.
func windingAt(p point, ring []point) int {
	in := -1
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		a, b = point{X: 2 * a.X, Y: 2 * a.Y}, point{X: 2 * b.X, Y: 2 * b.Y}
		o := turn(a, b, p)
		if o == 0 && min(a.X, b.X) <= p.X && p.X <= max(a.X, b.X) && min(a.Y, b.Y) <= p.Y && p.Y <= max(a.Y, b.Y) {
			return 0
		}
		if (a.Y > p.Y) != (b.Y > p.Y) && (o > 0) == (b.Y > a.Y) {
			in = -in
		}
	}
	return in
}

func TestTheExactCheckFindsFaults(t *testing.T) {
	for name, p := range map[string]orb.Polygon{
		"a bow tie":             {{{0, 0}, {10, 10}, {10, 0}, {0, 12}, {0, 0}}},
		"a spike":               {{{0, 0}, {10, 0}, {10, 10}, {10, 20}, {10, 10}, {0, 10}, {0, 0}}},
		"backwards":             {{{0, 0}, {0, 10}, {10, 10}, {10, 0}, {0, 0}}},
		"a hole outside":        {{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, {{20, 20}, {20, 22}, {22, 22}, {20, 20}}},
		"a hole along the edge": {{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, {{0, 2}, {0, 4}, {2, 4}, {0, 2}}},
		"a bridge":              {{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 8}, {5, 5}, {0, 2}, {0, 8}, {0, 0}}},
	} {
		if checkPolygons(orb.MultiPolygon{p}) == nil {
			t.Errorf("%s passes", name)
		}
	}
	good := orb.Polygon{{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, {{0, 2}, {2, 4}, {2, 2}, {0, 2}}}
	if err := checkPolygons(orb.MultiPolygon{good}); err != nil {
		t.Errorf("a hole that touches the shell in a point: %v", err)
	}
}
