package geo

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"
	"pgregory.net/rapid"
)

func TestLawsOfARing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawRing(t, "p")
		n := len(p)
		a := mustSigned(t, p)
		law(t, "01 reversing a ring negates its area", a+mustSigned(t, reversed(p)), ofArea(a)+ofMeasuring(p))

		k := rapid.IntRange(0, n-1).Draw(t, "start")
		law(t, "02 the start vertex does not matter", a-mustSigned(t, rotated(p, k)), ofArea(a)+ofMeasuring(p))

		closed := append(append(orb.Ring{}, p...), p[0])
		if c := mustSigned(t, closed); c != a {
			t.Fatalf("03 the closing vertex changes a bit: %v, %v", a, c)
		}
		repeated := append(append(append(orb.Ring{}, p[:k+1]...), p[k]), p[k+1:]...)
		law(t, "04 a repeated vertex does not matter", a-mustSigned(t, repeated), ofArea(a))
		law(t, "05 shifting the longitude does not matter", a-mustSigned(t, moved(p, rapid.Float64Range(-200, 100).Draw(t, "shift"), 0, 1)), ofArea(a)+4*ofRounding(p))
		law(t, "06 the mirror at the equator negates", a+mustSigned(t, moved(p, 0, 0, -1)), ofArea(a)+ofMeasuring(p))
		law(t, "07 vertices added on edges do not matter", a-mustSigned(t, densified(p, 4)), ofArea(a)+ofRounding(p))
		if n >= 4 {
			j := rapid.IntRange(2, n-2).Draw(t, "chord")
			l, r := append(orb.Ring{}, p[:j+1]...), append(append(orb.Ring{}, p[j:]...), p[0])
			law(t, "08 a chord splits into parts that add up", a-mustSigned(t, l)-mustSigned(t, r), ofArea(a)+2*ofMeasuring(p, l, r))
		}
		fan := 0.0
		for i := 1; i+1 < n; i++ {
			fan += mustSigned(t, orb.Ring{p[0], p[i], p[i+1]})
		}
		law(t, "09 a fan of triangles adds up", a-fan, 1e-12*math.Abs(a)+4*float64(n)*ofMeasuring(p))

		if perimeter := planarPerimeter(p); a > 1 && perimeter*perimeter/a < 1e-6 {
			ratio := geo.Area(orb.Polygon{closed}) / a
			law(t, "10 the sphere is 1.0022 to 1.0042 of the ellipsoid", ratio-1.0032, 0.001)
		}
		e := math.Pow(10, rapid.Float64Range(-9, -5).Draw(t, "e"))
		shaken := moved(p, 0, 0, 1)
		for i := range shaken {
			shaken[i][0] += e * rapid.Float64Range(-1, 1).Draw(t, "ex")
			shaken[i][1] += e * rapid.Float64Range(-1, 1).Draw(t, "ey")
		}
		law(t, "11 moving the vertices by e moves the area by 1.5·e·perimeter", a-mustSigned(t, shaken),
			degree2*(1.5*e*planarPerimeter(p)+4*float64(n)*e*e)+ofArea(a)+ofRounding(p))
		law(t, "12 series = polynomial", seriesRingArea(p, 31.4)-taylorRingArea(p, 31.4, taylorReach), ofArea(a)+4*ofMeasuring(p))
		law(t, "12b series = low polynomial", seriesRingArea(p, p.Bound().Center()[1])-taylorRingArea(p, p.Bound().Center()[1], taylorNear), ofArea(a)+4*ofMeasuring(p))
	})
}

func TestLawsOfABox(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		west := rapid.Float64Range(-180, 179).Draw(t, "west")
		width := rapid.Float64Range(1e-6, 180-west).Draw(t, "width")
		south := rapid.Float64Range(-90, 89).Draw(t, "south")
		height := rapid.Float64Range(1e-6, 90-south).Draw(t, "height")
		east, north := west+width, south+height
		a := mustArea(t, rectangle(west, south, east, north))
		zone := (east - west) * degree * 4.05e13 // scale of the closed form's own rounding
		law(t, "13 box = Δλ·(S(north)−S(south))", a-(east-west)*degree*(closedZonal(north)-closedZonal(south)), 1e-14*a+1e-15*zone)
		law(t, "14 a bound is its box", a-mustArea(t, orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}), ofArea(a)+1e-15*zone)

		middle := south + height*rapid.Float64Range(0, 1).Draw(t, "cut")
		law(t, "15 stacked boxes add up", a-mustArea(t, rectangle(west, south, east, middle))-mustArea(t, rectangle(west, middle, east, north)),
			ofArea(a)+1e-15*zone)
	})
}

// closedZonal is the closed form of S, in square metres per radian.
func closedZonal(lat float64) float64 {
	const a, f = 6378137, 1 / 298.257223563
	e := math.Sqrt(f * (2 - f))
	b := a * (1 - f)
	s := math.Sin(lat * degree)
	return b * b / 2 * (s/(1-e*e*s*s) + math.Atanh(e*s)/e)
}

func TestTheGlobeHasItsArea(t *testing.T) {
	const globe = 510065621724088.5 // 4π·(authalic radius)², GeographicLib
	for name, g := range map[string]orb.Geometry{
		"ring":  rectangle(-180, -90, 180, 90),
		"bound": orb.Bound{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}},
		"two":   orb.MultiPolygon{{rectangle(-180, -90, 0, 90)}, {rectangle(0, -90, 180, 90)}},
	} {
		if a := mustArea(t, g); math.Abs(a-globe) > 0.3 {
			t.Errorf("%s: %.3f m², want %.3f", name, a, globe)
		}
	}
	a := mustOverlay(t, Options{}, layerOf(rectangle(-180, -90, 180, 90)), layerOf(rectangle(170, -10, 190, 10)))
	if math.Abs(a.Total()-globe) > 1 {
		t.Errorf("overlay: %.3f m², want %.3f", a.Total(), globe)
	}
	if want := mustArea(t, rectangle(0, -10, 20, 10)); math.Abs(a.Of(3)-want) > 1e-12*want {
		t.Errorf("across the antimeridian: %v m², want %v", a.Of(3), want)
	}
}
