package geo

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/demarc-map/demarc/internal/referee"
)

func TestLawsOfNearCoincidentEdges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawRing(t, "p")
		e := math.Pow(10, rapid.Float64Range(-15, -8).Draw(t, "e"))
		q := moved(p, 0, 0, 1)
		for i := range q {
			q[i][0] += e * rapid.Float64Range(-1, 1).Draw(t, "ex")
			q[i][1] += e * rapid.Float64Range(-1, 1).Draw(t, "ey")
		}
		a, b := mustArea(t, p), mustArea(t, q)
		apart := mustOverlay(t, Options{}, layerOf(p), layerOf(q))
		tolerance := ofArea(a) + 4*ofMeasuring(p, q)
		law(t, "34 near-coincident: A = (A−B) + (A∩B)", apart.All(1)-a, tolerance)
		law(t, "34 near-coincident: B = (B−A) + (A∩B)", apart.All(2)-b, tolerance)
		within := degree2 * (3*e*planarPerimeter(p) + 8*float64(len(p))*e*e)
		law(t, "34 near-coincident: A−B is as thin as the shift", apart.Of(1), within+tolerance)
	})
}

func TestLawOfSharedEdges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawRing(t, "p")
		c, _ := middleOf(p)
		// The triangles to the middle share edges pairwise, and each one with p.
		var parts []orb.Ring
		sum := 0.0
		for i, v := range p {
			parts = append(parts, orb.Ring{v, p[(i+1)%len(p)], c})
			sum += mustSigned(t, parts[i])
		}
		a := mustArea(t, p)
		together := mustOverlay(t, Options{}, layerOf(p), layerOf(parts...))
		law(t, "36 triangles to the middle cover the ring", together.Of(1), ofArea(a)+8*ofMeasuring(append(parts, p)...))
	})
}

func TestHardInputsAreMeasured(t *testing.T) {
	referee.Figures(t)
	square := rectangle(0, 0, 1, 1)
	rnd := rand.New(rand.NewPCG(1, 1))
	var needle orb.Ring
	for i := range 1000 {
		needle = append(needle, orb.Point{float64(i) / 1000, 0.5 + 1e-13*rnd.Float64()})
	}
	needle = append(needle, orb.Point{1, 0.5}, orb.Point{0, 0.5})
	pentagram := orb.Ring{}
	for i := range 5 {
		sin, cos := math.Sincos(float64(i) * 4 * math.Pi / 5)
		pentagram = append(pentagram, orb.Point{cos, sin})
	}
	const golden = 1.618033988749895
	pentagon := 2.5 * math.Sin(2*math.Pi/5) / math.Pow(golden, 4) // the middle of the pentagram
	var many orb.MultiPolygon
	for range 2000 {
		many = append(many, orb.Polygon{square})
	}
	large := coast(100_000, orb.Point{34, 31}, 0.5, 1)

	total := func(opt Options, layers ...orb.MultiPolygon) float64 {
		opt.planar = true
		return mustOverlay(t, opt, layers...).Total()
	}
	evenOdd := Options{FillRule: EvenOdd}
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"nothing", total(Options{}), 0},
		{"empty layers", total(Options{}, nil, orb.MultiPolygon{{}}, orb.MultiPolygon{{{}}}), 0},
		{"a point and a line of no width", total(Options{}, layerOf(orb.Ring{{1, 1}}, orb.Ring{{0, 0}, {1, 1}}, orb.Ring{{0, 0}, {1, 1}, {2, 2}})), 0},
		{"2,000 times the same square", total(Options{}, many), 1},
		{"a bowtie", total(Options{}, layerOf(orb.Ring{{0, 0}, {1, 1}, {1, 0}, {0, 1}})), 0.5},
		{"a bowtie, even-odd", total(evenOdd, layerOf(orb.Ring{{0, 0}, {1, 1}, {1, 0}, {0, 1}})), 0.5},
		{"a ring run twice", total(Options{}, layerOf(append(append(orb.Ring{}, square...), square...))), 1},
		{"a ring run twice, even-odd", total(evenOdd, layerOf(append(append(orb.Ring{}, square...), square...))), 0},
		{"the middle of a pentagram", total(Options{}, layerOf(pentagram)) - total(evenOdd, layerOf(pentagram)), pentagon},
		{"a hole beyond its shell takes nothing", total(Options{}, orb.MultiPolygon{{square, rectangle(2, 0, 3, 1)}}), 1},
		{"a hole across its shell", total(Options{}, orb.MultiPolygon{{square, rectangle(0.5, 0, 3, 1)}}), 0.5},
		{"a hole given twice", total(Options{}, orb.MultiPolygon{{square, rectangle(0.5, 0, 1, 1), rectangle(0.5, 0, 1, 1)}}), 0.5},
		{"holes that overlap and turn apart", total(Options{}, orb.MultiPolygon{{square, rectangle(0.2, 0.2, 0.6, 0.6), reversed(rectangle(0.4, 0.4, 0.8, 0.8))}}), 1 - 0.28},
		{"a hole filled by another polygon", total(Options{}, orb.MultiPolygon{{square, rectangle(0.2, 0.2, 0.6, 0.6)}, {rectangle(0.2, 0.2, 0.6, 0.6)}}), 1},
		{"a needle", total(Options{}, layerOf(needle)), math.Abs(planarArea(needle))},
		{"100,000 vertices", total(Options{}, layerOf(large)), math.Abs(planarArea(large))},
		{"spikes of two combs", mustOverlay(t, Options{planar: true}, layerOf(comb(300, true)), layerOf(comb(300, false))).Of(3), oracleIntersection(comb(300, true), comb(300, false))},
	} {
		if !(math.Abs(c.got-c.want) <= 1e-13*max(1, c.want)) {
			t.Errorf("%s: %.17g, want %.17g", c.name, c.got, c.want)
		}
	}
}

func TestSixteenLayersGiveEveryCombination(t *testing.T) {
	// Layer i holds the cells of a 256 × 256 chessboard whose number has bit i.
	if testing.Short() {
		t.Skip("65,536 combinations")
	}
	layers := make([]orb.MultiPolygon, MaxLayers)
	for i := range layers {
		bit := i % 8
		for from := 1 << bit; from < 256; from += 2 << bit {
			low, high := float64(from)/256, float64(from+1<<bit)/256
			if i < 8 {
				layers[i] = append(layers[i], orb.Polygon{rectangle(low, 0, high, 1)})
			} else {
				layers[i] = append(layers[i], orb.Polygon{rectangle(0, low, 1, high)})
			}
		}
	}
	a := mustOverlay(t, Options{planar: true}, layers...)
	for mask := uint(1); mask < 1<<MaxLayers; mask++ {
		if got := a.Of(mask); math.Abs(got-1./65536) > 1e-15 {
			t.Fatalf("combination %b: %v", mask, got)
		}
	}
	if got := a.Any(1 | 1<<8); math.Abs(got-0.75) > 1e-12 {
		t.Errorf("any of two layers: %v", got)
	}
	if got := a.All(1 | 1<<8); math.Abs(got-0.25) > 1e-12 {
		t.Errorf("all of two layers: %v", got)
	}
	if got := a.All(0) - a.Total(); got != 0 {
		t.Errorf("all of no layer: %v more than the total", got)
	}
}

func TestTooManyLayersAreRefused(t *testing.T) {
	if _, err := Overlay(context.Background(), make([]orb.MultiPolygon, MaxLayers+1), Options{}); !errors.Is(err, ErrLayers) {
		t.Errorf("overlay: %v", err)
	}
	if _, err := Prepare(make([]orb.MultiPolygon, MaxLayers), Options{}); !errors.Is(err, ErrLayers) {
		t.Errorf("prepare: %v", err)
	}
}

func TestAnEndedContextStopsAPathologicalOverlay(t *testing.T) {
	layers := []orb.MultiPolygon{layerOf(comb(10_000, true)), layerOf(comb(10_000, false))}
	cause := errors.New("the caller has left")
	ctx, cancel := context.WithCancelCause(context.Background())
	time.AfterFunc(200*time.Millisecond, func() { cancel(cause) })
	start := time.Now()
	_, err := Overlay(ctx, layers, Options{})
	took := time.Since(start)
	if !errors.Is(err, cause) {
		t.Errorf("error %v, want the cause", err)
	}
	// The promise is 100 ms; a loaded machine gets ten times that.
	if took > 1200*time.Millisecond {
		t.Errorf("returned %v after the context ended", took-200*time.Millisecond)
	}
	t.Logf("returned %v after the context ended", took-200*time.Millisecond)

	if _, err := Overlay(ctx, layers, Options{}); !errors.Is(err, cause) {
		t.Errorf("a context that has ended: %v", err)
	}
	late, cancelLate := context.WithDeadline(context.Background(), time.Now().Add(-time.Second))
	defer cancelLate()
	if _, err := Overlay(late, nil, Options{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a deadline that has passed: %v", err)
	}
}

func TestABudgetRefusesTheSameOverlaysForAnyNumberOfWorkers(t *testing.T) {
	teeth := 100
	if testing.Short() {
		teeth = 30
	}
	layers := []orb.MultiPolygon{layerOf(comb(teeth, true)), layerOf(comb(teeth, false))}
	enough := int64(1)
	for _, err := Overlay(context.Background(), layers, Options{MaxSteps: enough}); err != nil; _, err = Overlay(context.Background(), layers, Options{MaxSteps: enough}) {
		if !errors.Is(err, ErrBudget) {
			t.Fatal(err)
		}
		enough *= 2
	}
	low, high := enough/2, enough
	for high-low > 1 {
		middle := (low + high) / 2
		if _, err := Overlay(context.Background(), layers, Options{MaxSteps: middle, Workers: 1}); err != nil {
			low = middle
		} else {
			high = middle
		}
	}
	for _, workers := range []int{1, 2, 5} {
		if _, err := Overlay(context.Background(), layers, Options{MaxSteps: high, Workers: workers}); err != nil {
			t.Errorf("%d workers, %d steps: %v", workers, high, err)
		}
		if _, err := Overlay(context.Background(), layers, Options{MaxSteps: low, Workers: workers}); !errors.Is(err, ErrBudget) {
			t.Errorf("%d workers, %d steps: %v", workers, low, err)
		}
	}
	t.Logf("two combs of %d teeth: %d steps", teeth, high)
}

func TestNothingIsChangedByMeasuring(t *testing.T) {
	polygon := orb.Polygon{rectangle(177, -19, 182, -16), {{178, -18}, {-179, -18}, {-179, -17}, {178, -17}}}
	before := polygon.Clone()
	layers := []orb.MultiPolygon{{polygon}, layerOf(rectangle(-180, -90, 180, 90))}
	mustArea(t, polygon)
	mustOverlay(t, Options{}, layers...)
	mustIndex(t, polygon)
	prepared, err := Prepare(layers, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := prepared.Overlay(context.Background(), layers[0]); err != nil {
		t.Fatal(err)
	}
	if !orb.Equal(before, polygon) {
		t.Errorf("%v became %v", before, polygon)
	}
}
