package geo

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// The derived constants of NIMA TR8350.2, table 3.3, to the digits printed there.
func TestTheEllipsoidHasItsPublishedConstants(t *testing.T) {
	for name, c := range map[string]struct{ got, want, within float64 }{
		"first eccentricity squared": {eccentricity2, 6.69437999014e-3, 5e-15},
		"semi-minor axis":            {equatorRadius * (1 - flattening), 6356752.3142, 5e-5},
		"polar radius of curvature":  {polarRadius, 6399593.6258, 5e-5},
	} {
		if math.Abs(c.got-c.want) > c.within {
			t.Errorf("%s is %.12g, published %.12g", name, c.got, c.want)
		}
	}
}

// At the equator and the pole the radii have closed forms; at 30 degrees,
// where sin²φ = ¼, they have one too.
func TestTheRadiiOfCurvatureAreExact(t *testing.T) {
	const w = 1 - eccentricity2/4
	for _, c := range []struct{ lat, meridian, across float64 }{
		{0, equatorRadius * (1 - eccentricity2), equatorRadius},
		{30, equatorRadius * (1 - eccentricity2) / (w * math.Sqrt(w)), equatorRadius / math.Sqrt(w)},
		{-90, polarRadius, polarRadius},
	} {
		m, n := curvature(c.lat)
		if math.Abs(m/c.meridian-1) > 1e-15 || math.Abs(n/c.across-1) > 1e-15 {
			t.Errorf("at %v: %v and %v, want %v and %v", c.lat, m, n, c.meridian, c.across)
		}
	}
}

// A degree is what short geodesics say, and what the radii say.
func TestADegreeIsAsLongAsShortGeodesicsSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lat := rapid.Float64Range(-89, 89).Draw(t, "latitude")
		east, north := metresPerDegree(lat)
		m, n := curvature(lat)
		if got, want := east/equatorRadius, n/equatorRadius*math.Cos(lat*degree)*degree; math.Abs(got-want) > 1e-16 {
			t.Fatalf("a degree of longitude is off by %g of the Earth's radius", got-want)
		}
		if math.Abs(north/(m*degree)-1) > 1e-15 {
			t.Fatalf("a degree of latitude is %v of the meridian's", north/(m*degree))
		}
		const d = 1e-3 // degrees: a hundred metres
		if got := Distance(orb.Point{0, lat - d/2}, orb.Point{0, lat + d/2}) / d; math.Abs(got/north-1) > 1e-8 {
			t.Fatalf("a degree of latitude is %v m, the geodesic says %v", north, got)
		}
		if got := Distance(orb.Point{-d / 2, lat}, orb.Point{d / 2, lat}) / d; math.Abs(got/east-1) > 1e-8 {
			t.Fatalf("a degree of longitude is %v m, the geodesic says %v", east, got)
		}
	})
}
