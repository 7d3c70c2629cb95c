package arrange

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/demarc-map/demarc/internal/referee"
)

// rings draws nasty input: coordinates from a small square, so that almost
// everything coincides, from the whole grid, or from its rim.
func rings(t *rapid.T) [][]Point {
	coordinate := rapid.OneOf(rapid.Int64Range(-4, 4), rapid.Int64Range(-30, 30)).Draw
	switch rapid.IntRange(0, 3).Draw(t, "scale") {
	case 2:
		coordinate = rapid.Int64Range(-Limit, Limit).Draw
	case 3:
		coordinate = rapid.OneOf(rapid.Int64Range(-Limit, -Limit+9), rapid.Int64Range(Limit-9, Limit), rapid.Int64Range(-9, 9)).Draw
	}
	point := rapid.Custom(func(t *rapid.T) Point { return Point{coordinate(t, "x"), coordinate(t, "y")} })
	return rapid.SliceOfN(rapid.SliceOfN(point, 1, 9), 1, 6).Draw(t, "rings")
}

func noded(t rapid.TB, rings [][]Point) *Arrangement {
	var a Arrangement
	for i, r := range rings {
		a.AddRing(r, i%3, 1)
	}
	if err := a.Node(context.Background()); err != nil {
		t.Fatal(err)
	}
	return &a
}

// exported turns polygons into orb's, whose floats hold grid coordinates exactly.
func exported(polygons []Polygon) orb.MultiPolygon {
	var mp orb.MultiPolygon
	for _, p := range polygons {
		var q orb.Polygon
		for _, r := range p {
			var s orb.Ring
			for _, v := range r {
				s = append(s, orb.Point{float64(v.X), float64(v.Y)})
			}
			q = append(q, append(s, s[0]))
		}
		mp = append(mp, q)
	}
	return mp
}

func TestNodedEdgesShareEndsOrNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := noded(t, rings(t))
		edges := a.Edges()
		for i, e := range edges {
			for _, f := range edges[:i] {
				p := side{a: e.A, b: e.B}
				q := side{a: f.A, b: f.B}
				if max(e.A.X, f.A.X) > min(e.B.X, f.B.X) || max(min(e.A.Y, e.B.Y), min(f.A.Y, f.B.Y)) > min(max(e.A.Y, e.B.Y), max(f.A.Y, f.B.Y)) || !meet(&p, &q) {
					continue
				}
				shared := e.A == f.A || e.A == f.B || e.B == f.A || e.B == f.B
				collinear := orient(e.A, e.B, f.A) == 0 && orient(e.A, e.B, f.B) == 0
				inside := func(p Point, g Edge) bool {
					return p != g.A && p != g.B && orient(g.A, g.B, p) == 0 && less(g.A, p) && less(p, g.B)
				}
				if !shared || collinear && (inside(e.A, f) || inside(e.B, f) || inside(f.A, e) || inside(f.B, e)) ||
					e.A == f.A && e.B == f.B {
					t.Fatalf("%v and %v meet", e, f)
				}
				if inside(e.A, f) || inside(e.B, f) || inside(f.A, e) || inside(f.B, e) {
					t.Fatalf("%v and %v: a node inside an edge", e, f)
				}
			}
		}
	})
}

func TestPolygonsAreValidByEveryRule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rings(t)
		var c Cleaner
		c.Arrangement.KeepCollinear = rapid.Bool().Draw(t, "keep")
		for _, rule := range []Rule{NonZero, EvenOdd, Positive} {
			out, err := c.Clean(context.Background(), in, rule)
			if err != nil {
				t.Fatal(err)
			}
			if err := referee.Valid(exported(out)); err != nil {
				t.Fatalf("rule %d: %v\n%v", rule, err, out)
			}
		}
	})
}

func TestCleaningTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c Cleaner
		c.Arrangement.KeepCollinear = rapid.Bool().Draw(t, "keep")
		once, err := c.Clean(context.Background(), rings(t), NonZero)
		if err != nil {
			t.Fatal(err)
		}
		var flat [][]Point
		for _, p := range once {
			flat = append(flat, p...)
		}
		for _, rule := range []Rule{NonZero, EvenOdd, Positive} {
			twice, err := c.Clean(context.Background(), flat, rule)
			if err != nil || fmt.Sprint(once) != fmt.Sprint(twice) {
				t.Fatalf("%v\n%v\n%v", err, once, twice)
			}
		}
	})
}

func TestTheOrderOfInputDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rings(t)
		run := func(rings [][]Point) string {
			out, err := Clean(context.Background(), rings, NonZero)
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprint(out)
		}
		want := run(in)
		other := slices.Clone(in)
		for i, r := range other {
			k := rapid.IntRange(0, len(r)-1).Draw(t, "start")
			other[i] = append(slices.Clone(r[k:]), r[:k]...)
		}
		random := rand.New(rand.NewPCG(1, rapid.Uint64().Draw(t, "seed")))
		random.Shuffle(len(other), func(i, j int) { other[i], other[j] = other[j], other[i] })
		if got := run(other); got != want {
			t.Fatalf("%s\n%s", want, got)
		}
	})
}

// winding is the number of times a ring runs round a point given in half units,
// or false when the point is within reach of the ring.
func winding(ring []Point, x, y, reach float64) (int, bool) {
	n := 0
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		ax, ay, bx, by := float64(p.X)-x, float64(p.Y)-y, float64(q.X)-x, float64(q.Y)-y
		dx, dy := bx-ax, by-ay
		s := 0.0
		if d := dx*dx + dy*dy; d > 0 {
			s = min(1, max(0, -(ax*dx+ay*dy)/d))
		}
		if cx, cy := ax+s*dx, ay+s*dy; cx*cx+cy*cy <= reach*reach {
			return 0, false
		}
		if cross := ax*by - bx*ay; ay <= 0 && by > 0 && cross > 0 {
			n++
		} else if by <= 0 && ay > 0 && cross < 0 {
			n--
		}
	}
	return n, true
}

func TestWhatIsFarFromEveryRingKeepsItsWinding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rings(t)
		out, err := Clean(context.Background(), in, NonZero)
		if err != nil {
			t.Fatal(err)
		}
		scale := float64(1)
		for _, r := range in {
			for _, p := range r {
				scale = max(scale, float64(max(p.X, -p.X)), float64(max(p.Y, -p.Y)))
			}
		}
	sample:
		for range 50 {
			x := rapid.Float64Range(-scale, scale).Draw(t, "x")
			y := rapid.Float64Range(-scale, scale).Draw(t, "y")
			want := 0
			for _, r := range in {
				w, far := winding(r, x, y, 0.75) // snapping moves by √2/2 at most
				if !far {
					continue sample
				}
				want += w
			}
			got := 0
			for _, p := range out {
				for _, r := range p {
					w, _ := winding(r, x, y, 0)
					got += w
				}
			}
			if (want != 0) != (got == 1) || got != 0 && got != 1 {
				t.Fatalf("at (%g, %g): winding %d became %d in %v", x, y, want, got, out)
			}
		}
	})
}

func TestFacesAgreeWithCoverages(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := noded(t, rings(t))
		f, err := a.Faces(context.Background(), nil)
		if err != nil {
			t.Fatal(err)
		}
		covers := map[int32]int32{0: 0}
		for i, e := range a.Edges() {
			for _, s := range [2][2]int32{{f.Left[i], e.left}, {f.Right[i], e.right}} {
				if c, known := covers[s[0]]; known && c != s[1] {
					t.Fatalf("face %d has coverages %d and %d", s[0], c, s[1])
				}
				covers[s[0]] = s[1]
			}
		}
		if f.N != len(covers) {
			t.Fatalf("%d faces, %d seen", f.N, len(covers))
		}
		for _, keep := range []func(Coverage) bool{
			func(c Coverage) bool { return c.Of(0) != 0 },
			func(c Coverage) bool { return c.Of(1) != 0 && c.Of(2) == 0 },
		} {
			byFace := a.Outline(func(i int) (bool, bool) { e := a.Edges()[i]; return keep(a.Left(e)), keep(a.Right(e)) })
			if byCover := a.Polygons(keep); fmt.Sprint(byCover) != fmt.Sprint(byFace) {
				t.Fatalf("%v\n%v", byCover, byFace)
			}
		}
	})
}

func TestValidPolygonsAreOnlyRewound(t *testing.T) {
	proven := 0
	rapid.Check(t, func(t *rapid.T) {
		in := rings(t)
		var c Cleaner
		c.Arrangement.KeepCollinear = true
		if rapid.Bool().Draw(t, "cleaned") {
			out, err := c.Clean(context.Background(), in, NonZero)
			if err != nil {
				t.Fatal(err)
			}
			if len(out) == 0 {
				return
			}
			in = out[0]
		}
		if !c.Valid(in) {
			return
		}
		proven++
		out, err := c.Clean(context.Background(), in, EvenOdd)
		if err != nil {
			t.Fatal(err)
		}
		if len(out) != 1 || len(out[0]) != len(in) {
			t.Fatalf("%v became %v", in, out)
		}
		for i, r := range in {
			found := false
			for _, s := range out[0] {
				found = found || sameRing(open(r), s)
			}
			if !found {
				t.Fatalf("ring %d of %v is not in %v", i, in, out)
			}
		}
	})
	if proven == 0 {
		t.Fatal("no valid polygon was recognised")
	}
}

func TestValidByKindOfPolygon(t *testing.T) {
	for _, c := range []struct {
		name, rings string
		valid       bool
	}{
		{"a square", "0 0 9 0 9 9 0 9", true},
		{"a square turned over and closed", "0 0 0 9 9 9 9 0 0 0", true},
		{"a triangle", "0 0 1 0 0 1", true},
		{"a vertex in the middle of an edge", "0 0 4 0 9 0 9 9 0 9", true},
		{"a hole", "0 0 9 0 9 9 0 9; 2 2 4 2 4 4", true},
		{"two holes", "0 0 9 0 9 9 0 9; 1 1 3 1 3 3; 5 5 7 5 7 7", true},
		{"nothing", "", false},
		{"two corners", "0 0 9 9", false},
		{"a straight line there and back", "0 0 5 5 9 9", false},
		{"a bowtie", "0 0 4 4 4 0 0 4", false},
		{"a spike", "0 0 9 0 9 9 9 12 9 9 0 9", false},
		{"a vertex twice in a row", "0 0 9 0 9 0 9 9", false},
		{"a vertex twice", "0 0 4 0 4 4 2 2 0 4 0 2 2 2", false},
		{"a hole outside", "0 0 9 0 9 9 0 9; 12 2 14 2 14 4", false},
		{"a shell in its hole", "2 2 4 2 4 4; 0 0 9 0 9 9 0 9", false},
		{"a hole in a hole", "0 0 9 0 9 9 0 9; 1 1 8 1 8 8 1 8; 3 3 5 3 5 5", false},
		{"a hole around a hole", "0 0 9 0 9 9 0 9; 3 3 5 3 5 5; 1 1 8 1 8 8 1 8", false},
		{"a hole that crosses the shell", "0 0 9 0 9 9 0 9; 5 5 12 5 5 6", false},
		{"a hole that touches the shell is not recognised", "0 0 9 0 9 9 0 9; 0 0 4 2 2 4", false},
		{"a coordinate beyond the grid", "0 0 1073741825 0 0 9", false},
	} {
		var cleaner Cleaner
		if got := cleaner.Valid(parseRings(c.rings)); got != c.valid {
			t.Errorf("%s: %t", c.name, got)
		}
	}
}

// sameRing compares rings up to their start and direction.
func sameRing(r, s []Point) bool {
	if len(r) != len(s) {
		return false
	}
	low := 0
	for i, p := range r {
		if less(p, r[low]) {
			low = i
		}
	}
	n := len(r)
	forward, backward := true, true
	for i := range n {
		forward = forward && r[(low+i)%n] == s[i]
		backward = backward && r[(low-i+n)%n] == s[i]
	}
	return forward || backward
}

func TestPathologicalInputEndsInTime(t *testing.T) {
	referee.Figures(t)
	spikes := func(n int64, turned bool) []Point {
		var r []Point
		for i := range n {
			r = append(r, Point{2 * i, -10}, Point{2*i + 1, 2*n + 10})
		}
		if turned {
			for i, p := range r {
				r[i] = Point{p.Y, p.X}
			}
		}
		return r
	}
	var a Arrangement
	a.AddRing(spikes(10000, false), 0, 1)
	a.AddRing(spikes(10000, true), 1, 1)
	a.Budget = 1 << 28
	if err := a.Node(context.Background()); !errors.Is(err, ErrBudget) {
		t.Fatalf("within the budget: %v", err)
	}
	a.Budget = 0
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	begin := time.Now()
	if err := a.Node(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("before the deadline: %v", err)
	}
	if took := time.Since(begin); took > 5*time.Second {
		t.Fatalf("the deadline was heeded after %v", took)
	}
}

func TestCoordinatesBeyondTheGridAreRefused(t *testing.T) {
	for _, p := range []Point{{Limit + 1, 0}, {0, -Limit - 1}, {-1 << 63, 1<<63 - 1}} {
		var a Arrangement
		a.AddRing([]Point{{0, 0}, {1, 0}, p}, 0, 1)
		if err := a.Node(context.Background()); !errors.Is(err, ErrRange) {
			t.Errorf("%v: %v", p, err)
		}
	}
}
