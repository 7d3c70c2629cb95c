package geo

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/demarc-map/demarc/internal/referee"
)

// drawSmall draws a counter-clockwise ring of 5 to 900 km across or near the
// antimeridian, unwrapped, sometimes with corners exactly on it.
func drawSmall(t *rapid.T) orb.Ring {
	radius := math.Pow(10, rapid.Float64Range(-1.3, .9).Draw(t, "size"))
	at := orb.Point{180 + radius*rapid.Float64Range(-1, 1).Draw(t, "lon"), rapid.Float64Range(-80, 80).Draw(t, "lat")}
	r := drawStar(t, "ring", at, radius)
	for i := range r {
		if math.Abs(r[i][0]-180) < radius/8 && rapid.Bool().Draw(t, "on the meridian") {
			r[i][0] = 180
		}
	}
	if planarArea(r) < 0 {
		r = reversed(r)
	}
	if planarArea(r) < 1e-3*radius*radius || !SimpleRing(append(r[:len(r):len(r)], r[0])) {
		t.Skip("not a ring")
	}
	return rotated(r, rapid.IntRange(0, len(r)-1).Draw(t, "start"))
}

// drawWrapped writes a ring within ±180, and corners on the meridian either way.
func drawWrapped(t *rapid.T, r orb.Ring) orb.Ring {
	out := wrapped(r)
	for i := range out {
		if out[i][0] == 180 && rapid.Bool().Draw(t, "as −180") {
			out[i][0] = -180
		}
	}
	if !anyEdge(out, func(d float64) bool { return d > 180 && d < 360 }) && anyEdge(out, func(d float64) bool { return d == 360 }) {
		t.Skip("full turns only, which are read as given")
	}
	return out
}

func anyEdge(r orb.Ring, is func(width float64) bool) bool {
	for i, p := range r {
		if is(math.Abs(r[(i+1)%len(r)][0] - p[0])) {
			return true
		}
	}
	return false
}

func TestLawOfTheWaysToWriteASmallRingAtTheAntimeridian(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawSmall(t)
		a := mustArea(t, r)
		west, east := cutAtMeridian(r, 180)
		east = moved(east, -360, 0, 1)
		box := drawBoxNear(t, r)
		land := layerOf(box)
		both := mustOverlay(t, Options{}, layerOf(r), land).Of(3)
		frame := rectangle(r.Bound().Min[0]-1, r.Bound().Min[1]-1, r.Bound().Max[0]+1, r.Bound().Max[1]+1)
		outer := mustArea(t, frame)
		for name, as := range map[string]orb.MultiPolygon{
			"unwrapped":           layerOf(r),
			"unwrapped, reversed": layerOf(reversed(r)),
			"a turn west":         layerOf(moved(r, -360, 0, 1)),
			"within ±180":         layerOf(drawWrapped(t, r)),
			"cut":                 layerOf(west, east),
			"cut, reversed":       layerOf(reversed(west), reversed(east)),
		} {
			law(t, "34 area, "+name, mustArea(t, as)-a, 1e-12*a+ofRounding(r))
			got := mustOverlay(t, Options{}, as, land)
			law(t, "34 overlay, "+name, got.Of(3)-both, 1e-12*a+ofRounding(r)+4*ofMeasuring(r, box))
			law(t, "34 union, "+name, mustArea(t, mustShape(t, Union, as, land))-got.Total(), 2e-7*degree2*planarPerimeter(r, box)) // one unit of the coarsest grid
		}
		for name, hole := range map[string]orb.Ring{
			"unwrapped": r, "unwrapped, reversed": reversed(r), "within ±180, clockwise": reversed(drawWrapped(t, r)),
		} {
			holed := orb.MultiPolygon{{frame, hole}}
			law(t, "34 hole, "+name, mustArea(t, holed)-(outer-a), 1e-12*outer+ofRounding(r))
			law(t, "34 overlay of a hole, "+name, mustOverlay(t, Options{}, holed).Total()-(outer-a), 1e-12*outer+4*ofMeasuring(r, frame))
		}
	})
}

// drawBoxNear draws a box that is likely to overlap a ring.
func drawBoxNear(t *rapid.T, r orb.Ring) orb.Ring {
	c, radius := middleOf(r)
	x, y := c[0]+radius*rapid.Float64Range(-1, .5).Draw(t, "west"), c[1]+radius*rapid.Float64Range(-1, .5).Draw(t, "south")
	return rectangle(x, y, x+radius*rapid.Float64Range(.1, 3).Draw(t, "width"), y+radius*rapid.Float64Range(.1, 1).Draw(t, "height"))
}

func TestARingThatTurnsTheRightWayEitherWayIsReadTheShortWay(t *testing.T) {
	for _, c := range []struct {
		name string
		ring orb.Ring
		km2  float64 // Planimeter 2.1.2, its geodesic edges cut short (straightPlanimeter)
	}{
		{"a triangle", orb.Ring{{-178.984375, -48.6875}, {-179.90625, -48.828125}, {179.828125, -49.78125}}, 3416},
		{"a corner on the meridian, as 180", orb.Ring{{-179.28125, -59.8125}, {-179.953125, -59.875}, {180, -61.171875}}, 2676},
		{"the same, as −180", orb.Ring{{-179.28125, -59.8125}, {-179.953125, -59.875}, {-180, -61.171875}}, 2676},
	} {
		if a := mustArea(t, c.ring); math.Abs(a/1e6-c.km2) > 1 {
			t.Errorf("%s: %.0f km², want %.0f", c.name, a/1e6, c.km2)
		}
		box := orb.Ring{{177, -63}, {-177, -63}, {-177, -47}, {177, -47}}
		if a, want := mustArea(t, orb.Polygon{box, reversed(c.ring)}), mustArea(t, box)-mustArea(t, c.ring); math.Abs(a-want) > 1e-12*want {
			t.Errorf("%s, as a hole: %v m², want %v", c.name, a, want)
		}
	}
	// A large land with a small cape across the meridian: as given, what the
	// cape loses does not outweigh the land.
	land := orb.Ring{{40, 50}, {80, 45}, {130, 45}, {178, 62}, {190, 65}, {178, 69}, {130, 75}, {80, 75}, {40, 68}}
	if a, want := mustArea(t, wrapped(land)), mustArea(t, land); math.Abs(a-want) > 1e-12*want {
		t.Errorf("a land with a cape: %v m², want %v", a, want)
	}
}

func TestCornersOnTheAntimeridianMayBeWrittenEitherWay(t *testing.T) {
	for name, r := range map[string]orb.Ring{
		"one as 180, one as −180": {{-179, 0}, {-179, 1}, {-180, 1}, {180, 0}},
		"the other way":           {{-179, 0}, {-179, 1}, {180, 1}, {-180, 0}},
		"on the western side":     {{179, 1}, {179, 0}, {-180, 0}, {180, 1}},
		"three":                   {{-179, 0}, {-179, 1}, {-180, 1}, {180, .5}, {180, 0}},
		"both as 180":             {{-179, 0}, {-179, 1}, {180, 1}, {180, 0}},
	} {
		if a, want := mustArea(t, r), mustArea(t, rectangle(0, 0, 1, 1)); math.Abs(a-want) > 1e-12*want {
			t.Errorf("%s: %v m², want %v", name, a, want)
		}
	}
}

func TestLawOfWideRings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Counter-clockwise, with both of its long edges over half a turn: the
		// short way round it turns the wrong way, so it is as wide as it says.
		w, e := rapid.Float64Range(-180, -91).Draw(t, "west"), rapid.Float64Range(91, 180).Draw(t, "east")
		s, n := rapid.Float64Range(-90, 0).Draw(t, "south"), rapid.Float64Range(1, 90).Draw(t, "north")
		box := rectangle(w, s, e, n)
		if w > -180 || e < 180 {
			law(t, "35 a wide box is as wide as it says", mustArea(t, box)-(e-w)*degree*(closedZonal(n)-closedZonal(s)), 1e-13*mustArea(t, box)+.1)
		}
		tilt := rapid.Float64Range(0, .9).Draw(t, "tilt")
		k := orb.Ring{{w, s}, {e, s + tilt}, {e, n}, {w, n - tilt}}
		dense := densified(k, 4) // no edge over half a turn: nothing to choose
		law(t, "35 a wide quadrilateral is as wide as it says", mustArea(t, k)-mustArea(t, dense), 1e-12*mustArea(t, dense))
	})
}

func TestAFullTurnOffByARoundedDecimalIsNoSliver(t *testing.T) {
	const west, east = -180.0000001, 179.9999998
	want := mustArea(t, rectangle(west, 0, 0, 10)) + mustArea(t, rectangle(0, 0, east, 10))
	for name, r := range map[string]orb.Ring{
		"in two":                   {{west, 0}, {0, 0}, {east, 0}, {east, 10}, {0, 10}, {west, 10}},
		"in two, not quite halves": {{west, 0}, {2e-7, 0}, {east, 0}, {east, 10}, {1e-7, 10}, {west, 10}},
		"in one":                   {{west, 0}, {east, 0}, {east, 10}, {west, 10}},
	} {
		if a := mustArea(t, r); math.Abs(a-want) > 1e-9*want {
			t.Errorf("%s: %v m², want %v", name, a, want)
		}
	}
	// The same with one more vertex near the seam, and a hair of tilt: what is
	// left the short way is a needle that turns the right way.
	const w, seam, m, e, hair = -0.53125, -0.527344, 179.4726561, 359.46875, 1e-7
	needle := orb.Ring{{w, 2}, {seam, 2}, {m, 2}, {e, 2}, {e, 34 + hair}, {m, 34}, {seam, 34}, {w, 34 + hair}}
	if a, want := mustArea(t, needle), mustArea(t, rectangle(-180, 2, 180, 34)); math.Abs(a-want) > 1e-7*want {
		t.Errorf("a needle: %v m², want %v", a, want)
	}
}

func TestACorridorRoundTheGlobeIsNotMisreadInSilence(t *testing.T) {
	lands := orb.Ring{{-100, 1}, {-100, 20}, {-120, 20}, {-120, -20}, {-100, -20}, {-100, 0}, {100, 0}, {100, -20}, {120, -20}, {120, 20}, {100, 20}, {100, 1}}
	if own, covered := mustArea(t, lands), mustOverlay(t, Options{}, layerOf(lands)).Total(); math.Abs(own-covered) < .01*own {
		t.Errorf("read the short way its corridor does not cross it: %v m², %v m² covered", own, covered)
	}
	middles := densified(lands, 2)
	want := mustArea(t, rectangle(-120, -20, -100, 20))*2 + mustArea(t, rectangle(0, 0, 100, 1))*2
	if a := mustArea(t, middles); math.Abs(a-want) > 1e-12*want {
		t.Errorf("with vertices in the middle of its edges: %v m², want %v", a, want)
	}
}

func TestACoarseCapOverThePoleIsStillRefused(t *testing.T) {
	// One of its edges is longer than half a turn: which way round it goes
	// cannot be told, though the cap is closed over the pole.
	for name, r := range map[string]orb.Ring{
		"closed":             {{-180, -90}, {180, -90}, {180, -70}, {-20, -60}, {-20, -50}, {-180, -70}},
		"closed, clockwise":  {{-180, -70}, {-20, -50}, {-20, -60}, {180, -70}, {180, -90}, {-180, -90}},
		"a triangle":         {{-170, 0}, {170, 0}, {0, 10}},
		"open":               {{-170, -70}, {0, -70}, {170, -70}},
		"starting elsewhere": {{-20, -60}, {-20, -50}, {-180, -70}, {-180, -90}, {180, -90}, {180, -70}},
	} {
		if a, err := Area(r); err == nil {
			t.Errorf("%s: %v m²", name, a)
		}
	}
}

func TestGeographicLibAgreesAtTheAntimeridian(t *testing.T) {
	referee.Need(t, "geographiclib")
	var rings []orb.Ring
	rapid.Check(t, func(t *rapid.T) {
		if r := drawSmall(t); len(rings) < 200 {
			rings = append(rings, drawWrapped(t, r))
		}
	})
	var unwrapped []orb.Ring
	for _, r := range rings {
		u := moved(r, 0, 0, 1)
		for i := range u {
			if u[i][0] < 0 {
				u[i][0] += 360
			}
		}
		unwrapped = append(unwrapped, u)
	}
	worst := 0.0
	for i, want := range straightPlanimeter(t, unwrapped) {
		got := mustArea(t, rings[i])
		tolerance := 1e-10*math.Abs(want) + 2e-3
		worst = max(worst, math.Abs(got-math.Abs(want))/tolerance)
		if !(math.Abs(got-math.Abs(want)) <= tolerance) {
			t.Errorf("%v: %.6f m², GeographicLib %.6f", rings[i], got, want)
		}
	}
	t.Logf("%d rings, worst |error|/tolerance %.2g", len(rings), worst)
}
