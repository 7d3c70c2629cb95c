package ledger

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func mustLedger(t rapid.TB, s scene, budget int) *Ledger {
	t.Helper()
	l, err := withBudget(s.land, s.zones, budget)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func mustInside(t rapid.TB, l *Ledger, posted orb.MultiPolygon) Sums {
	t.Helper()
	sums, polygonM2, err := l.Inside(context.Background(), posted)
	if err != nil {
		t.Fatal(err)
	}
	if made := sums.LandM2 + sums.OutsideM2; math.Abs(made-polygonM2) > 1e-13*polygonM2+1e-4*geo.Length(posted)/1e5 {
		t.Fatalf("land and what lies beside it make up %v of %v m²", made, polygonM2)
	}
	return sums
}

// same compares areas, which may differ by a part of the land, and fronts.
func same(t rapid.TB, what string, got Sums, want answer, landM2 float64) {
	t.Helper()
	area := func(name string, got, want float64) {
		if !(math.Abs(got-want) <= 1e-12*landM2) {
			t.Errorf("%s: %s %v m², want %v: %.2g of the land", what, name, got, want, (got-want)/landM2)
		}
	}
	area("land", got.LandM2, want.LandM2)
	area("held", got.HeldM2, want.HeldM2)
	area("outside", got.OutsideM2, want.OutsideM2)
	between := func(name string, got, low, high float64) {
		if !(low*(1-1e-6)-0.01 <= got && got <= high*(1+1e-6)+0.01) {
			t.Errorf("%s: %s %v, want from %v to %v", what, name, got, low, high)
		}
	}
	between("metres of front", got.FrontM, want.wide.FrontM, want.narrow.FrontM)
	between("swept m²", got.SweptM2, want.wide.SweptM2, want.narrow.SweptM2)
	if want.wide.MostM == want.narrow.MostM && want.wide.LeastM == want.narrow.LeastM && (got.MostM != want.wide.MostM || got.LeastM != want.wide.LeastM) {
		t.Errorf("%s: accuracies from %v to %v m, want from %v to %v", what, got.LeastM, got.MostM, want.wide.LeastM, want.wide.MostM)
	}
}

func areaOf(t rapid.TB, polygons orb.MultiPolygon) float64 {
	t.Helper()
	m2, err := geo.Area(polygons)
	if err != nil {
		t.Fatal(err)
	}
	return m2
}

func TestALedgerSaysOfAPolygonWhatAnOverlaySays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		l, landM2 := mustLedger(t, s, rapid.SampledFrom([]int{4, 12, 60}).Draw(t, "budget")), areaOf(t, s.land)
		for range 3 {
			posted := drawPosted(t, s)
			want := direct(t, s, posted)
			same(t, "posted", mustInside(t, l, posted), want, landM2+areaOf(t, posted))
		}
	})
}

func TestCellsSumToTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		l := mustLedger(t, s, rapid.SampledFrom([]int{4, 12, 60}).Draw(t, "budget"))
		got, err := l.Whole(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		want := direct(t, s, s.land)
		same(t, "whole", got, want, areaOf(t, s.land))
	})
}

func TestWhoAskedBeforeLeavesNoTrace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		posted, other := drawPosted(t, s), drawPosted(t, s)
		first := mustLedger(t, s, 12)
		want := mustInside(t, first, posted)
		second := mustLedger(t, s, 12)
		mustInside(t, second, other)
		if _, err := second.Whole(context.Background()); err != nil {
			t.Fatal(err)
		}
		if got := mustInside(t, second, posted); got != want {
			t.Fatalf("%v, and after others %v", want, got)
		}
	})
}

// Squares of cells between held and free land: the front runs along borders of cells,
// where neither of two leaves has an edge inside.
func TestAFrontOnTheBordersOfCellsIsKept(t *testing.T) {
	at := square(0, 0).Bound().Min
	s := scene{land: boxOf(orb.Bound{Min: orb.Point{at[0] - 0.3*side, at[1] - 0.3*side}, Max: orb.Point{at[0] + 8.3*side, at[1] + 8.3*side}})}
	for x := range 8 {
		for y := range 8 {
			if (x+y)%2 == 0 {
				s.zones = append(s.zones, Zone{square(x, y), 3})
			}
		}
	}
	want := direct(t, s, s.land)
	for _, budget := range []int{4, 8, 64, 1024} {
		got, err := mustLedger(t, s, budget).Whole(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		same(t, "checkerboard", got, want, want.LandM2)
	}
}

// Two hundred zones that meet in a point have all their edges in the cell of that point,
// however small it is.
func TestACrowdedCornerIsNotSplitForEver(t *testing.T) {
	at := orb.Point{34.4321, 31.4567}
	s := scene{land: boxOf(orb.Bound{Min: orb.Point{34, 31}, Max: orb.Point{35, 32}})}
	const rays = 200
	for i := range rays {
		a, b := 2*math.Pi*float64(i)/rays, 2*math.Pi*(float64(i)+0.5)/rays
		s.zones = append(s.zones, Zone{orb.MultiPolygon{{{at, {at[0] + 0.3*math.Cos(a), at[1] + 0.3*math.Sin(a)}, {at[0] + 0.3*math.Cos(b), at[1] + 0.3*math.Sin(b)}, at}}}, 0})
	}
	l := mustLedger(t, s, 16)
	if _, err := l.Whole(context.Background()); err != nil {
		t.Fatal(err)
	}
	leaves, held := 0, 0
	var count func(n *node)
	count = func(n *node) {
		c := n.opened.Load()
		if c.leaf != nil {
			leaves, held = leaves+1, held+edges(c.leaf.held)
			return
		}
		for _, kid := range c.kids {
			count(kid)
		}
	}
	count(l.root)
	t.Logf("%d leaves with %d edges, of %d", leaves, held, 3*rays)
	if held > 20*3*rays || leaves > 4000 {
		t.Errorf("%d leaves hold %d edges of %d", leaves, held, 3*rays)
	}
	posted := orb.MultiPolygon{{{{34.43, 31.45}, {34.44, 31.45}, {34.44, 31.46}, {34.43, 31.45}}}}
	want := direct(t, s, posted)
	same(t, "corner", mustInside(t, l, posted), want, want.LandM2)
}

func TestWhatCellsCannotAnswerIsUnfit(t *testing.T) {
	ctx := context.Background()
	land := boxOf(orb.Bound{Min: orb.Point{30, 30}, Max: orb.Point{31, 31}})
	box := func(west, south, east, north float64) orb.Polygon {
		return orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}.ToPolygon()
	}
	for name, shape := range map[string]orb.MultiPolygon{
		"across the antimeridian": {box(179, 0, 181, 1)}, "up to it": {box(170, 0, 180, 1)}, "at a pole": {box(0, 80, 10, 90)}, "wide": {box(-100, 0, 100, 1)}, "not a number": {box(math.NaN(), 0, 1, 1)},
	} {
		if _, err := New(shape, nil); !errors.Is(err, ErrUnfit) {
			t.Errorf("land %s: %v", name, err)
		}
		if _, err := New(land, []Zone{{shape, 1}}); !errors.Is(err, ErrUnfit) {
			t.Errorf("zone %s: %v", name, err)
		}
	}
	l := mustLedger(t, scene{land: land}, 16)
	for name, shape := range map[string]orb.MultiPolygon{
		"across the antimeridian": {box(179, 0, 181, 1)}, "overlapping": {box(30, 30, 30.5, 30.5), box(30.4, 30.4, 31, 31)}, "crossing itself": {{{{30, 30}, {31, 31}, {31, 30}, {30, 31}, {30, 30}}}},
	} {
		if _, _, err := l.Inside(ctx, shape); !errors.Is(err, ErrUnfit) {
			t.Errorf("posted %s: %v", name, err)
		}
	}
	if _, err := New(nil, nil); !errors.Is(err, ErrUnfit) {
		t.Errorf("no land: %v", err)
	}
}

func TestALedgerStopsWhenItIsNotWantedAndGoesOnLater(t *testing.T) {
	s := scattered(300)
	l := mustLedger(t, s, 16)
	cause := errors.New("the caller has left")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(cause)
	if _, err := l.Whole(ctx); !errors.Is(err, cause) {
		t.Errorf("error %v", err)
	}
	want := direct(t, s, s.land)
	got, err := l.Whole(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	same(t, "later", got, want, want.LandM2)
}

// scattered is land with small zones all over it.
func scattered(count int) scene {
	random := rand.New(rand.NewPCG(1, 2))
	s := scene{land: boxOf(orb.Bound{Min: orb.Point{34, 31}, Max: orb.Point{35, 32}})}
	for range count {
		at, r := orb.Point{34 + random.Float64(), 31 + random.Float64()}, 0.02*random.Float64()
		var ring orb.Ring
		for k := range 12 {
			sin, cos := math.Sincos(2 * math.Pi * float64(k) / 12)
			ring = append(ring, orb.Point{at[0] + r*cos, at[1] + r*sin})
		}
		s.zones = append(s.zones, Zone{orb.MultiPolygon{{append(ring, ring[0])}}, 20})
	}
	return s
}

func TestManyMayAskAtOnce(t *testing.T) {
	s := scattered(200)
	l := mustLedger(t, s, 16)
	posted := orb.MultiPolygon{{{{34.1, 31.1}, {34.9, 31.2}, {34.8, 31.9}, {34.2, 31.7}, {34.1, 31.1}}}}
	want := mustInside(t, mustLedger(t, s, 16), posted)
	answers := make(chan Sums, 8)
	for range cap(answers) {
		go func() {
			sums, _, err := l.Inside(context.Background(), posted)
			if err != nil {
				sums.LandM2 = math.NaN()
			}
			answers <- sums
		}()
	}
	for range cap(answers) {
		if got := <-answers; got != want {
			t.Errorf("%v, want %v", got, want)
		}
	}
	if l.Bytes() <= 0 {
		t.Error("it weighs nothing")
	}
}
