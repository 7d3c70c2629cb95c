package geo

import (
	"context"
	"errors"
	"math"
	"sync"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func mustPrepared(t rapid.TB, opt Options, q orb.MultiPolygon, layers ...orb.MultiPolygon) Areas {
	t.Helper()
	prepared, err := Prepare(layers, opt)
	if err != nil {
		t.Fatal(err)
	}
	a, err := prepared.Overlay(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAPreparedOverlayEqualsTheWholeOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		land := drawRing(t, "land")
		var zones, rings []orb.Ring
		for range rapid.IntRange(0, 8).Draw(t, "zones") {
			zones = append(zones, drawNear(t, "zone", land))
		}
		q := drawNear(t, "q", land)
		rings = append(append(rings, zones...), land, q)
		opt := Options{FillRule: FillRule(rapid.IntRange(0, 1).Draw(t, "rule"))}
		whole := mustOverlay(t, opt, layerOf(land), layerOf(zones...), layerOf(q))
		part := mustPrepared(t, opt, layerOf(q), layerOf(land), layerOf(zones...))
		for mask := uint(4); mask < 8; mask++ {
			law(t, "29 a prepared overlay = the whole one", part.Of(mask)-whole.Of(mask), ofArea(mustArea(t, q))+8*ofMeasuring(rings...))
		}
		if part.Any(4) != part.Total() {
			t.Fatalf("%v of %v outside the polygon", part.Total()-part.Any(4), part.Total())
		}
	})
}

func TestAPreparedOverlayMeetsTheAntimeridian(t *testing.T) {
	cut := orb.MultiPolygon{{rectangle(170, -10, 180, 10)}, {rectangle(-180, -10, -170, 10)}}
	globe := layerOf(rectangle(-180, -90, 180, 90))
	square := mustArea(t, rectangle(0, -5, 2, 5))
	for name, layers := range map[string][]orb.MultiPolygon{
		"cut": {cut}, "unwrapped": {layerOf(rectangle(170, -10, 190, 10))}, "a turn west": {layerOf(rectangle(-190, -10, -170, 10))}, "globe": {globe},
	} {
		for _, west := range []float64{-189, -181, -179, 171, 179, 181} {
			a := mustPrepared(t, Options{}, layerOf(rectangle(west, -5, west+2, 5)), layers...)
			if math.Abs(a.Of(3)-square) > 1e-12*square || a.Of(2) > 1e-3 {
				t.Errorf("%s, square at %v: %v inside, %v outside, want %v and 0", name, west, a.Of(3), a.Of(2), square)
			}
		}
	}
}

func TestAPreparedOverlayOfNothing(t *testing.T) {
	box := layerOf(rectangle(0, 0, 1, 1))
	if a := mustPrepared(t, Options{}, nil, box); a.Total() != 0 {
		t.Errorf("no polygon: %v", a)
	}
	if a := mustPrepared(t, Options{planar: true}, box); math.Abs(a.Of(1)-1) > 1e-15 {
		t.Errorf("no layers: %v", a)
	}
	if a := mustPrepared(t, Options{planar: true}, box, layerOf(rectangle(5, 5, 6, 6))); math.Abs(a.Of(2)-1) > 1e-15 || a.Of(1) != 0 || a.Of(3) != 0 {
		t.Errorf("apart: %v", a)
	}
	if a := mustPrepared(t, Options{planar: true}, box, layerOf(rectangle(-5, -5, 6, 6))); math.Abs(a.Of(3)-1) > 1e-15 || a.Of(2) != 0 {
		t.Errorf("deep inside: %v", a)
	}
}

// The budget of steps shows what is touched.
func TestASmallPolygonTouchesOnlyWhatIsNear(t *testing.T) {
	territory := coast(200_000, orb.Point{34.5, 31.5}, 0.5, 1)
	square := layerOf(coast(100, territory[1000], 0.001, 3))
	layers := []orb.MultiPolygon{layerOf(territory)}
	opt := Options{MaxSteps: 20_000}
	if _, err := Overlay(context.Background(), append(layers, square), opt); !errors.Is(err, ErrBudget) {
		t.Errorf("the whole overlay: %v, want ErrBudget", err)
	}
	part := mustPrepared(t, opt, square, layers...)
	whole := mustOverlay(t, Options{}, layers[0], square)
	if d := math.Abs(part.Of(3) - whole.Of(3)); d > 1e-3 || part.Of(3) == 0 {
		t.Errorf("%v m² near, %v of the whole", part.Of(3), whole.Of(3))
	}
}

func TestPreparedLayersAndAnIndexAreSafeToShare(t *testing.T) {
	land := coast(2000, orb.Point{34.5, 31.5}, 0.5, 1)
	prepared, err := Prepare([]orb.MultiPolygon{layerOf(land), zones(100, 1)}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	index := mustIndex(t, land)
	square := layerOf(rectangle(34.2, 31.2, 34.4, 31.4))
	want, err := prepared.Overlay(t.Context(), square)
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for range 5 {
				got, err := prepared.Overlay(t.Context(), square)
				if err != nil || got.Total() != want.Total() {
					t.Errorf("%v, %v; want %v", got, err, want)
				}
				index.Contains(orb.Point{34.3, 31.3})
				index.Nearest(orb.Point{34 + float64(i)/10, 31})
			}
		})
	}
	group.Wait()
}
