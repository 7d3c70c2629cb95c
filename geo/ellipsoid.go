package geo

import "math"

// The WGS 84 ellipsoid (NIMA TR8350.2, third edition, table 3.1): semi-major
// axis and flattening define it and are exact; what follows from them is
// rounded to double, 1e-16 of itself.
const (
	equatorRadius = 6378137.0         // a, metres
	flattening    = 1 / 298.257223563 // f

	eccentricity2 = flattening * (2 - flattening)    // e², the first eccentricity squared
	polarRadius   = equatorRadius / (1 - flattening) // c = a²/b, the radius of curvature at the poles, the greatest of all; metres
)

const degree = math.Pi / 180 // one degree in radians

// curvature returns the radii of curvature at a latitude in degrees, in metres:
// of the meridian, M = a(1−e²)/(1−e²sin²φ)^1.5, and across it, of the prime
// vertical, N = a/√(1−e²sin²φ) (TR8350.2, section 4; W. Torge, 2001: Geodesy,
// section 4.1.3). They are exact to 1e-15 of themselves.
func curvature(lat float64) (meridian, across float64) {
	s := math.Sin(lat * degree)
	v := 1 - eccentricity2*s*s
	across = equatorRadius / math.Sqrt(v)
	return across * (1 - eccentricity2) / v, across
}

// metresPerDegree returns how long a degree is at a latitude: of longitude,
// N·cos φ, and of latitude, M, times π/180. They are exact to 1e-15 of a degree
// at the equator. On the plane that touches the ellipsoid there they measure
// what is r metres away to about r/R·tan φ of itself, R being the radius of the
// Earth: 1e-4 for 1 km at 31°.
func metresPerDegree(lat float64) (east, north float64) {
	sin, cos := math.Sincos(lat * degree)
	w := 1 - eccentricity2*sin*sin
	return equatorRadius / math.Sqrt(w) * cos * degree, equatorRadius * (1 - eccentricity2) / (w * math.Sqrt(w)) * degree
}
