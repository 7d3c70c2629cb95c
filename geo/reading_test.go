package geo

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// drawCrossing draws a counter-clockwise ring across the antimeridian,
// unwrapped, with edges under 180 degrees.
func drawCrossing(t *rapid.T) orb.Ring {
	radius := rapid.Float64Range(0.01, 40).Draw(t, "radius")
	at := orb.Point{180 + radius*rapid.Float64Range(-.15, .15).Draw(t, "lon"), rapid.Float64Range(-45, 45).Draw(t, "lat")}
	r := drawStar(t, "ring", at, radius)
	if planarArea(r) < 0 {
		r = reversed(r)
	}
	return r
}

// wrapped brings every longitude within ±180.
func wrapped(r orb.Ring) orb.Ring {
	out := moved(r, 0, 0, 1)
	for i := range out {
		if out[i][0] > 180 {
			out[i][0] -= 360
		}
	}
	return out
}

// cutAtMeridian cuts a ring into what lies west and what lies east of a
// meridian (Sutherland and Hodgman, 1974). Bridges along it have no area.
func cutAtMeridian(r orb.Ring, lon float64) (west, east orb.Ring) {
	for i, p := range r {
		q := r[(i+1)%len(r)]
		if p[0] <= lon {
			west = append(west, p)
		}
		if p[0] >= lon {
			east = append(east, p)
		}
		if (p[0]-lon)*(q[0]-lon) < 0 {
			x := orb.Point{lon, p[1] + (q[1]-p[1])*((lon-p[0])/(q[0]-p[0]))}
			west, east = append(west, x), append(east, x)
		}
	}
	return west, east
}

func TestLawsAtTheAntimeridian(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawCrossing(t)
		a := mustArea(t, r)
		tolerance := ofArea(a) + ofRounding(r) + 1e-14*360*degree2*(r.Bound().Max[1]-r.Bound().Min[1])
		home := moved(r, -160, 0, 1)
		law(t, "30 unwrapped = moved to Greenwich", a-mustArea(t, home), tolerance)
		law(t, "31 uncut, counter-clockwise = unwrapped", a-mustArea(t, wrapped(r)), tolerance)
		west, east := cutAtMeridian(r, 180)
		cut := append(layerOf(west), layerOf(moved(east, -360, 0, 1))...)
		law(t, "32 cut at ±180 = unwrapped", a-mustArea(t, cut), tolerance)

		q := moved(drawStar(t, "q", orb.Point{180, r.Bound().Center()[1]}, 5), 0, 0, 1)
		both := mustOverlay(t, Options{}, layerOf(r), layerOf(q)).Of(3)
		tolerance += ofRounding(q) + 4*ofMeasuring(r, q)
		cw, ce := cutAtMeridian(q, 180)
		if planarArea(wrapped(q)) > 0 && planarArea(q) > 0 && !equalRings(wrapped(q), q) {
			q = reversed(q) // would be read as the wide one
		}
		for name, other := range map[string]orb.MultiPolygon{
			"unwrapped": layerOf(q), "a turn west": layerOf(moved(q, -360, 0, 1)),
			"cut": append(layerOf(cw), layerOf(moved(ce, -360, 0, 1))...),
		} {
			law(t, "33 overlay of cut and "+name, mustOverlay(t, Options{}, cut, other).Of(3)-both, tolerance)
			law(t, "33 overlay of unwrapped and "+name, mustOverlay(t, Options{}, layerOf(r), other).Of(3)-both, tolerance)
		}
	})
}

func equalRings(a, b orb.Ring) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func TestAnAmbiguousRingIsReadByTheRightHandRule(t *testing.T) {
	small := mustArea(t, orb.Ring{{177, -19}, {182, -19}, {182, -16}, {177, -16}})
	wide := mustArea(t, rectangle(-170, 0, 170, 10))
	narrow := mustArea(t, rectangle(170, 0, 190, 10))
	for _, c := range []struct {
		name string
		g    orb.Geometry
		want float64
	}{
		{"Fiji, counter-clockwise, is small", orb.Ring{{177, -19}, {-178, -19}, {-178, -16}, {177, -16}}, small},
		{"Fiji, started in the west", orb.Ring{{-178, -19}, {-178, -16}, {177, -16}, {177, -19}}, small},
		{"a wide box, counter-clockwise, is wide", rectangle(-170, 0, 170, 10), wide},
		{"the same, clockwise, goes the short way", reversed(rectangle(-170, 0, 170, 10)), narrow},
		{"a box 185 degrees wide", rectangle(-92.5, 0, 92.5, 10), mustArea(t, rectangle(0, 0, 92.5, 10)) * 2},
		{"the same, clockwise, goes the short way", reversed(rectangle(-92.5, 0, 92.5, 10)), mustArea(t, rectangle(0, 0, 175, 10))},
		{"a hole is clockwise", orb.Polygon{rectangle(160, -5, 200, 15), {{170, 0}, {170, 10}, {-170, 10}, {-170, 0}}},
			mustArea(t, rectangle(160, -5, 200, 15)) - narrow},
		{"a bound across the antimeridian", orb.Bound{Min: orb.Point{177, -19}, Max: orb.Point{-178, -16}}, small},
		{"an edge of 180 degrees is as given", rectangle(-90, 0, 90, 10), mustArea(t, rectangle(-90, 0, 0, 10)) + mustArea(t, rectangle(0, 0, 90, 10))},
	} {
		if got := mustArea(t, c.g); math.Abs(got-c.want) > 1e-12*c.want {
			t.Errorf("%s: %v m², want %v", c.name, got, c.want)
		}
	}
	hole := mustOverlay(t, Options{}, orb.MultiPolygon{{rectangle(160, -5, 200, 15), {{170, 0}, {170, 10}, {-170, 10}, {-170, 0}}}})
	if want := mustArea(t, rectangle(160, -5, 200, 15)) - narrow; math.Abs(hole.Total()-want) > 1e-12*want {
		t.Errorf("overlay with a hole across the antimeridian: %v m², want %v", hole.Total(), want)
	}
}

func TestACapOverThePoleIsMeasuredOrRefused(t *testing.T) {
	closed := orb.Ring{{-180, -90}, {180, -90}, {180, -70}, {90, -70}, {0, -70}, {-90, -70}, {-180, -70}}
	want := 2 * math.Pi * (closedZonal(-70) - closedZonal(-90))
	if got := mustArea(t, closed); math.Abs(got-want) > 1e-12*want {
		t.Errorf("closed over the pole: %v m², want %v", got, want)
	}
	if got := mustOverlay(t, Options{}, layerOf(closed)).Total(); math.Abs(got-want) > 1e-12*want {
		t.Errorf("overlay, closed over the pole: %v m², want %v", got, want)
	}
	open := orb.Ring{{-170, -70}, {-90, -70}, {0, -70}, {90, -70}, {170, -70}}
	for name, r := range map[string]orb.Ring{"east": open, "west": reversed(open), "started elsewhere": rotated(open, 3)} {
		if _, err := Area(r); !errors.Is(err, ErrPole) {
			t.Errorf("open at the pole, running %s: %v, want ErrPole", name, err)
		}
	}
}

func TestWhatCannotBeMeasuredIsRefusedWithItsPlace(t *testing.T) {
	box := rectangle(0, 0, 1, 1)
	with := func(p orb.Point) orb.Ring { return append(orb.Ring{p}, box...) }
	for _, c := range []struct {
		name  string
		g     orb.Geometry
		want  error
		place string
	}{
		{"not a number", with(orb.Point{math.NaN(), 1}), ErrCoordinate, "ring 0 vertex 0 [NaN 1]"},
		{"infinite", orb.Polygon{box, with(orb.Point{1, math.Inf(-1)})}, ErrCoordinate, "ring 1 vertex 0"},
		{"beyond the pole", orb.MultiPolygon{{box}, {with(orb.Point{1, 90.000001})}}, ErrCoordinate, "polygon 1 ring 0 vertex 0 [1 90.000001]"},
		{"a longitude of metres", orb.Collection{box, with(orb.Point{500000, 1})}, ErrCoordinate, "member 1 ring 0"},
		{"too wide", rectangle(-180, 0, 181, 1), ErrWide, "-180"},
		{"a bound too wide", orb.Bound{Min: orb.Point{-180, 0}, Max: orb.Point{181, 1}}, ErrWide, "181"},
		{"a bound of nothing", orb.Bound{Min: orb.Point{math.NaN(), 0}, Max: orb.Point{1, 1}}, ErrCoordinate, "NaN"},
	} {
		a, err := Area(c.g)
		if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.place) || a != 0 {
			t.Errorf("%s: area %v, error %v; want %v at %q", c.name, a, err, c.want, c.place)
		}
		if r, ok := c.g.(orb.Ring); ok {
			_, err := Overlay(context.Background(), []orb.MultiPolygon{nil, layerOf(box, r)}, Options{})
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), "layer 1 polygon 1 ring 0") {
				t.Errorf("%s: overlay says %v", c.name, err)
			}
			if _, err := NewIndex(r); !errors.Is(err, c.want) {
				t.Errorf("%s: index says %v", c.name, err)
			}
			if _, err := Prepare([]orb.MultiPolygon{layerOf(r)}, Options{}); !errors.Is(err, c.want) {
				t.Errorf("%s: prepare says %v", c.name, err)
			}
		}
	}
}

func TestEveryShapeHasAnAreaAndALength(t *testing.T) {
	box := rectangle(34, 31, 35, 32)
	hole := rectangle(34.2, 31.2, 34.8, 31.8)
	a, h := mustArea(t, box), mustArea(t, hole)
	l, hl := Length(box), Length(hole)
	line := orb.LineString{{34, 31}, {35, 31}}
	for _, c := range []struct {
		name         string
		g            orb.Geometry
		area, length float64
	}{
		{"nil", nil, 0, 0},
		{"point", orb.Point{1, 2}, 0, 0},
		{"points", orb.MultiPoint{{1, 2}, {3, 4}}, 0, 0},
		{"line", line, 0, Distance(line[0], line[1])},
		{"lines", orb.MultiLineString{line, line}, 0, 2 * Distance(line[0], line[1])},
		{"ring", box, a, l},
		{"empty ring", orb.Ring{}, 0, 0},
		{"ring of a point", orb.Ring{{1, 1}}, 0, 0},
		{"ring of two points", orb.Ring{{34, 31}, {35, 31}}, 0, 2 * Distance(line[0], line[1])},
		{"polygon", orb.Polygon{box}, a, l},
		{"empty polygon", orb.Polygon{}, 0, 0},
		{"polygon with a hole of either turn", orb.Polygon{box, hole}, a - h, l + hl},
		{"polygon turned round", orb.Polygon{reversed(box), reversed(hole)}, a - h, l + hl},
		{"polygons", orb.MultiPolygon{{box}, {hole}}, a + h, l + hl},
		{"bound", box.Bound(), a, l},
		{"empty bound", orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}, 0, Length(orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}})},
		{"nested collection", orb.Collection{nil, box, orb.Collection{orb.Point{1, 2}, line, orb.Polygon{hole}}}, a + h, l + hl + Distance(line[0], line[1])},
	} {
		if got := mustArea(t, c.g); math.Abs(got-c.area) > 1e-14*a {
			t.Errorf("%s: area %v, want %v", c.name, got, c.area)
		}
		if got := Length(c.g); math.Abs(got-c.length) > 1e-9 {
			t.Errorf("%s: length %v, want %v", c.name, got, c.length)
		}
		if _, err := NewIndex(c.g); err != nil {
			t.Errorf("%s: index: %v", c.name, err)
		}
	}
}

func TestADistanceIsNotANumberOutsideTheEarth(t *testing.T) {
	for _, p := range []orb.Point{{0, 91}, {math.NaN(), 0}, {0, math.NaN()}, {math.Inf(1), 0}} {
		if d := Distance(orb.Point{1, 1}, p); !math.IsNaN(d) {
			t.Errorf("to %v: %v", p, d)
		}
	}
	if d := Distance(orb.Point{179, 10}, orb.Point{-179, 10}); math.Abs(d-Distance(orb.Point{-1, 10}, orb.Point{1, 10})) > 1e-6 {
		t.Errorf("across the antimeridian: %v", d)
	}
}
