package geo

const (
	taylorDegree = 10

	// taylorReach is how far, in degrees of latitude, the polynomial of degree
	// taylorDegree stands for the series. By Taylor's theorem the rest is at most
	//
	//	Σ|cₖ|·(2k+1)¹¹·h¹¹/11!,
	//
	// which at 6 degrees is 1.3e-16 of c₀: below one rounding of S.
	taylorReach = 6

	// taylorNear is the reach of the polynomial of degree taylorNearDegree, by
	// the same bound (2e-16 of c₀·h at 0.25 degrees).
	taylorNear       = 0.25
	taylorNearDegree = 6
)

// zonalTaylor is S(lat0+d) − S(lat0) as a polynomial in d degrees, in square
// metres per degree of longitude. Coefficient i−1 belongs to dⁱ and is divided
// by i+1, ready for the mean over an edge.
type zonalTaylor struct {
	coef   [taylorDegree]float64
	degree int
}

// taylorScale[k][i-1] is cₖ·jⁱ·(π/180)ⁱ⁺¹ / (i!·(i+1)), with j = 2k+1.
var taylorScale = func() (scale [zonalTerms][taylorDegree]float64) {
	for k := range scale {
		j := float64(2*k + 1)
		f := zonalSeries[k] * degree
		for i := 1; i <= taylorDegree; i++ {
			f *= j * degree / float64(i)
			scale[k][i-1] = f / float64(i+1)
		}
	}
	return scale
}()

// newZonalTaylor returns the polynomial about lat0 for edges that stay within
// reach degrees of it; reach is at most taylorReach.
func newZonalTaylor(lat0, reach float64) (t zonalTaylor) {
	t.degree = taylorDegree
	if reach <= taylorNear {
		t.degree = taylorNearDegree
	}
	s, c := sincosDegrees(lat0)
	var sin, cos [zonalTerms]float64 // of j·lat0
	c2, s2 := 1-2*s*s, 2*s*c
	for k := range sin {
		sin[k], cos[k] = s, c
		c, s = c*c2-s*s2, s*c2+c*s2
	}
	for i := 1; i <= t.degree; i++ {
		sum := 0.0
		for k := zonalTerms - 1; k >= 0; k-- {
			d := cos[k] // derivatives of sine run cos, −sin, −cos, sin
			if i%2 == 0 {
				d = sin[k]
			}
			sum += taylorScale[k][i-1] * d
		}
		if i%4 == 2 || i%4 == 3 {
			sum = -sum
		}
		t.coef[i-1] = sum
	}
	return t
}

// mean returns the mean over an edge from latitude lat0+d1 to lat0+d2 degrees,
// in square metres per degree of longitude. The mean of dⁱ over the edge is
// Σₙ d1ⁿ·d2ⁱ⁻ⁿ/(i+1), a sum without cancellation where both ends lie on one side.
func (t *zonalTaylor) mean(d1, d2 float64) float64 {
	h, power, sum := 1.0, 1.0, 0.0
	for _, c := range t.coef[:t.degree] {
		power *= d1
		h = d2*h + power
		sum += c * h
	}
	return sum
}
