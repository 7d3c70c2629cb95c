package geo

import "math"

const zonalTerms = 7

// zonalSeries are the coefficients cₖ, in square metres per radian of
// longitude, of the zonal area of WGS 84, the area between the equator and the
// latitude φ:
//
//	S(φ) = b²/2·[ s/(1−e²s²) + atanh(e·s)/e ],  s = sin φ
//	     = Σ cₖ·sin((2k+1)φ)
//
// They come from 50-digit quadrature, rounded to double. The first term left
// out is below 1e-19 of the first.
var zonalSeries = [zonalTerms]float64{
	40544237135322.80642505415,
	-45426581656.61729350415733,
	68672315.63516741711789476,
	-109840.0677063789713118774,
	179.3372269330967225652073,
	-0.2956878601660969013748957,
	0.0004901789464988576533394351,
}

// sincosDegrees returns sine and cosine of an angle in degrees, within ±90.
// Beyond 45 it works with the distance to the pole, which is exact, so that
// the cosine keeps its relative accuracy at the pole.
func sincosDegrees(lat float64) (sin, cos float64) {
	if math.Abs(lat) <= 45 {
		return math.Sincos(lat * degree)
	}
	cos, sin = math.Sincos((90 - math.Abs(lat)) * degree)
	return math.Copysign(sin, lat), cos
}

// oneMinusSinc returns 1 − sin(x)/x without cancellation.
func oneMinusSinc(x float64) float64 {
	if math.Abs(x) < 0.25 {
		y := x * x
		return y * (1.0/6 - y*(1.0/120-y*(1.0/5040-y*(1.0/362880-y/39916800))))
	}
	return 1 - math.Sin(x)/x
}

// meanZonal returns the mean of S over an edge from latitude lat0+d1 to
// lat0+d2, minus S(lat0), all in degrees; in square metres per radian.
//
// The mean of sin(jφ) over the edge is sin(jφₘ)·sinc(jΔφ/2), with φₘ its mid
// latitude, so with j = 2k+1 each term is
//
//	sin(jφₘ)·sinc(jΔφ/2) − sin(jφ₀)
//	  = 2cos(j(φₘ+φ₀)/2)·sin(j(φₘ−φ₀)/2) − sin(jφₘ)·(1 − sinc(jΔφ/2)),
//
// where neither part cancels: an edge near lat0 keeps full relative accuracy,
// and one as high as the globe is exact too.
func meanZonal(d1, d2, lat0 float64) float64 {
	half := (d2 - d1) * (degree / 2) // Δφ/2
	d := (d1 + d2) * (degree / 4)    // (φₘ−φ₀)/2
	s0, c0 := sincosDegrees(lat0)
	sd, cd := math.Sincos(d)
	sm, cm := s0*cd+c0*sd, c0*cd-s0*sd // (φₘ+φ₀)/2
	sp, cp := sm*cd+cm*sd, cm*cd-sm*sd // φₘ

	// Each pair below steps from the angle ja to (j+2)a.
	c2m, s2m := 1-2*sm*sm, 2*sm*cm
	c2d, s2d := 1-2*sd*sd, 2*sd*cd
	c2p, s2p := 1-2*sp*sp, 2*sp*cp
	var term [zonalTerms]float64
	for k := range term {
		j := float64(2*k + 1)
		term[k] = zonalSeries[k] * (2*cm*sd - sp*oneMinusSinc(j*half))
		cm, sm = cm*c2m-sm*s2m, sm*c2m+cm*s2m
		cd, sd = cd*c2d-sd*s2d, sd*c2d+cd*s2d
		cp, sp = cp*c2p-sp*s2p, sp*c2p+cp*s2p
	}
	sum := 0.0
	for k := zonalTerms - 1; k >= 0; k-- {
		sum += term[k]
	}
	return sum
}
