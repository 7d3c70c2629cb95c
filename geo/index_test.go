package geo

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func mustIndex(t rapid.TB, g orb.Geometry) *Index {
	t.Helper()
	x, err := NewIndex(g)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestAnIndexContainsWhatThePolygonContains(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawRing(t, "p")
		x := mustIndex(t, p)
		b := p.Bound()
		for range 20 {
			q := orb.Point{
				rapid.Float64Range(b.Min[0], b.Max[0]).Draw(t, "lon"),
				rapid.Float64Range(b.Min[1], b.Max[1]).Draw(t, "lat"),
			}
			if got, want := x.Contains(q), inOrOn(p, q); got != want {
				t.Fatalf("Contains(%v) = %v, want %v", q, got, want)
			}
		}
		for i, v := range p {
			if !x.Contains(v) {
				t.Fatalf("vertex %d %v is not contained", i, v)
			}
			q := orb.Point{v[0], b.Min[1] + (b.Max[1]-b.Min[1])*rapid.Float64Range(0, 1).Draw(t, "on the meridian of a vertex")}
			if got, want := x.Contains(q), inOrOn(p, q); got != want {
				t.Fatalf("Contains(%v) = %v, want %v", q, got, want)
			}
		}
	})
}

// inOrOn counts every edge above q, in rational arithmetic.
func inOrOn(r orb.Ring, q orb.Point) bool {
	winding := 0
	for i, a := range r {
		b, step := r[(i+1)%len(r)], 1
		if a[0] > b[0] {
			a, b, step = b, a, -1
		}
		side := exactOrientation(a, b, q)
		if side == 0 && orb.MultiPoint([]orb.Point{a, b}).Bound().Contains(q) {
			return true
		}
		if a[0] <= q[0] && q[0] < b[0] && side < 0 {
			winding += step
		}
	}
	return winding != 0
}

func TestTheBoundaryIsInsideExactly(t *testing.T) {
	// On this edge, and one rounding off it on either side.
	triangle := orb.Ring{{0, 0}, {12, 12}, {0, 24}}
	x := mustIndex(t, triangle)
	for i := range 100 {
		v := float64(i) * 0.1
		on := orb.Point{v, v}
		out := orb.Point{v, math.Nextafter(v, -1)}
		in := orb.Point{v, math.Nextafter(v, 90)}
		if !x.Contains(on) || x.Contains(out) || !x.Contains(in) {
			t.Fatalf("at %v: on %v, below %v, above %v", v, x.Contains(on), x.Contains(out), x.Contains(in))
		}
	}
	for _, c := range []struct {
		name string
		p    orb.Point
		want bool
	}{
		{"a vertical edge", orb.Point{0, 1}, true},
		{"beyond the end of a vertical edge", orb.Point{0, 24.1}, false},
		{"the line of an edge, past its end", orb.Point{12.5, 12.5}, false},
		{"not a number", orb.Point{math.NaN(), 1}, false},
		{"infinite", orb.Point{math.Inf(1), 1}, false},
		{"a latitude of no place", orb.Point{1, math.NaN()}, false},
	} {
		if got := x.Contains(c.p); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestHolesLinesAndSeveralPolygonsInAnIndex(t *testing.T) {
	x := mustIndex(t, orb.Collection{
		orb.Polygon{rectangle(0, 0, 10, 10), rectangle(2, 2, 8, 8)},
		orb.Polygon{rectangle(4, 4, 6, 6)},
		orb.LineString{{20, 0}, {30, 0}},
		orb.MultiPolygon{{rectangle(170, 0, 190, 10)}, {rectangle(-180, -10, -170, -5)}},
	})
	for p, want := range map[orb.Point]bool{
		{1, 1}: true, {3, 3}: false, {5, 5}: true, {8, 5}: true, {11, 5}: false, {25, 0}: false,
		{175, 5}: true, {-175, 5}: true, {185, 5}: true, {-185, 5}: true, {535, 5}: true, {165, 5}: false, {-165, 5}: false,
		{-175, -7}: true, {185, -7}: true, {-175, -3}: false,
	} {
		if got := x.Contains(p); got != want {
			t.Errorf("Contains(%v) = %v", p, got)
		}
	}
	if _, d, _, _ := x.Nearest(orb.Point{25, 1}); math.Abs(d-Distance(orb.Point{25, 1}, orb.Point{25, 0})) > 1e-3 {
		t.Errorf("%v m to the line", d)
	}
}

func TestAnEmptyIndexHoldsNothing(t *testing.T) {
	for _, g := range []orb.Geometry{nil, orb.Point{1, 1}, orb.Polygon{}, orb.MultiPolygon{{{}}}, orb.LineString{{1, 1}}} {
		x := mustIndex(t, g)
		if x.Contains(orb.Point{1, 1}) {
			t.Errorf("%v contains a place", g)
		}
		if _, _, _, ok := x.Nearest(orb.Point{1, 1}); ok {
			t.Errorf("%v has a nearest place", g)
		}
		x.Search(orb.Bound{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}, func(a, b orb.Point) bool {
			t.Errorf("%v has the edge %v %v", g, a, b)
			return true
		})
	}
}

func TestSearchFindsEveryEdgeThatTouches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawRing(t, "p")
		c, r := middleOf(p)
		at := orb.Point{c[0] + r*rapid.Float64Range(-1.2, 1.2).Draw(t, "dx"), c[1] + r*rapid.Float64Range(-1.2, 1.2).Draw(t, "dy")}
		if rapid.Bool().Draw(t, "at a vertex") {
			at = p[0]
		}
		half := r * rapid.Float64Range(0, 1).Draw(t, "half")
		bound := orb.Bound{Min: orb.Point{at[0] - half, at[1] - half}, Max: orb.Point{at[0] + half, at[1] + half}}
		turn := float64(360 * rapid.IntRange(-1, 1).Draw(t, "turn"))
		var want, got [][2]orb.Point
		for i, a := range p {
			b := p[(i+1)%len(p)]
			if turn == 0 && orb.MultiPoint([]orb.Point{a, b}).Bound().Intersects(bound) {
				want = append(want, [2]orb.Point{a, b})
			}
		}
		moved := orb.Bound{Min: orb.Point{bound.Min[0] + turn, bound.Min[1]}, Max: orb.Point{bound.Max[0] + turn, bound.Max[1]}}
		mustIndex(t, p).Search(moved, func(a, b orb.Point) bool {
			got = append(got, [2]orb.Point{a, b})
			return true
		})
		if turn != 0 { // the turn rounds the bound, so only the number is compared, and loosely
			return
		}
		order := func(a, b [2]orb.Point) int {
			return slices.Compare([]float64{a[0][0], a[0][1], a[1][0], a[1][1]}, []float64{b[0][0], b[0][1], b[1][0], b[1][1]})
		}
		slices.SortFunc(want, order)
		slices.SortFunc(got, order)
		if !slices.Equal(got, want) {
			t.Fatalf("found %v, want %v", got, want)
		}
		if len(got) > 1 {
			n := 0
			mustIndex(t, p).Search(moved, func(a, b orb.Point) bool { n++; return n < 2 })
			if n != 2 {
				t.Fatalf("visited %d after asking to stop at 2", n)
			}
		}
	})
}

func TestTheNearestPlaceIsAsNearAsAnyOnTheEdges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawRing(t, "p")
		x := mustIndex(t, p)
		c, r := middleOf(p)
		k := math.Pow(10, rapid.Float64Range(-2, 1.5).Draw(t, "far"))
		q := orb.Point{c[0] + k*r*rapid.Float64Range(-1, 1).Draw(t, "dx"), c[1] + k*r*rapid.Float64Range(-1, 1).Draw(t, "dy")}
		checkNearest(t, x, p, q, 1e-3)
	})
}

// Long edges, high latitudes, the antimeridian and far places: the sphere of
// the lower bound, and the halving of edges, are at their worst.
func TestTheNearestPlaceOnLongEdges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawStar(t, "p", orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lon"), rapid.Float64Range(-60, 60).Draw(t, "lat")},
			rapid.Float64Range(1, 25).Draw(t, "radius"))
		x := mustIndex(t, p)
		c, r := middleOf(p)
		q := orb.Point{c[0] + 1.5*r*rapid.Float64Range(-1, 1).Draw(t, "dx"), c[1] + r*rapid.Float64Range(-1, 1).Draw(t, "dy")}
		checkNearest(t, x, p, orb.Point{math.Remainder(q[0], 360), min(max(q[1], -90), 90)}, 1e-3)
	})
}

// checkNearest compares with a search of all edges, part by part.
func checkNearest(t *rapid.T, x *Index, p orb.Ring, q orb.Point, within float64) {
	place, metres, bearing, ok := x.Nearest(q)
	if !ok || !(0 <= bearing && bearing < 360) || math.Abs(place[0]) > 180 {
		t.Fatalf("place %v, bearing %v, ok %v", place, bearing, ok)
	}
	law(t, "40 the nearest place is as far as is said", Distance(q, place)-metres, 1e-6)
	best := math.Inf(1)
	for i, a := range p {
		b := p[(i+1)%len(p)]
		best = min(best, bruteNearest(q, a, b))
	}
	law(t, "41 no place on an edge is nearer", max(0, metres-best), within)
	law(t, "42 the nearest place is on an edge", max(0, best-metres), within)
}

// bruteNearest samples an edge and then each interval beside the least sample.
func bruteNearest(q, a, b orb.Point) float64 {
	at := func(f float64) float64 { return Distance(q, orb.Point{a[0] + (b[0]-a[0])*f, a[1] + (b[1]-a[1])*f}) }
	const n = 32
	from, to, nearest := 0.0, 1.0, math.Inf(1)
	for range 7 {
		least, width := from, (to-from)/n
		nearest = math.Inf(1)
		for i := range n + 1 {
			if d := at(from + float64(i)*width); d < nearest {
				nearest, least = d, from+float64(i)*width
			}
		}
		from, to = max(0, least-width), min(1, least+width)
	}
	return nearest
}

func TestTheBoundOfABoxIsNoFartherThanAnyPlaceInIt(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 3))
	closest := math.Inf(1)
	for range 20_000 {
		size := math.Pow(10, -5+7*rnd.Float64())
		south := 180*rnd.Float64() - 90
		e := extent{360*rnd.Float64() - 180, south, 0, min(90, south+size*rnd.Float64())}
		e.east = e.west + size*rnd.Float64()
		far := math.Pow(10, -4+6.2*rnd.Float64())
		p := orb.Point{e.west + far*rnd.NormFloat64(), min(90, max(-90, e.south+far*rnd.NormFloat64()))}
		bound := boxDistance(p, e)
		for range 8 {
			q := orb.Point{e.west + (e.east-e.west)*rnd.Float64(), e.south + (e.north-e.south)*rnd.Float64()}
			if d := Distance(p, q); bound > d+1e-6 {
				t.Fatalf("from %v to %v: bound %v m, but %v is %v m away", p, e, bound, q, d)
			}
		}
		// A box of one place shows how close the bound is.
		q := orb.Point{e.west, e.south}
		if d := Distance(p, q); d < 1e5 && d > 1 {
			closest = min(closest, boxDistance(p, extent{q[0], q[1], q[0], q[1]})/d)
		}
	}
	if closest < 0.999 {
		t.Errorf("below 100 km the bound is only %.5f of the distance", closest)
	}
	t.Logf("below 100 km the bound is at least %.5f of the distance", closest)
}
