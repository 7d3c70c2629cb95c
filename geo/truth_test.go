package geo

import (
	"encoding/json"
	"math"
	"math/big"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// The truth is testdata/truth.json, by testdata/truth.py (mpmath, 50 digits).
func TestAreasAreTheTruthTo14Digits(t *testing.T) {
	text, err := os.ReadFile("testdata/truth.json")
	if err != nil {
		t.Fatal(err)
	}
	var rings []struct {
		Name, Area string
		Ring       orb.Ring
	}
	if err := json.Unmarshal(text, &rings); err != nil {
		t.Fatal(err)
	}
	for _, r := range rings {
		truth, _, err := big.ParseFloat(r.Area, 10, 200, big.ToNearestEven)
		if err != nil {
			t.Fatal(err)
		}
		want, _ := truth.Float64()
		got := mustSigned(t, r.Ring)
		difference, _ := new(big.Float).Sub(big.NewFloat(got), truth).Float64()
		t.Logf("%-24s %20.6f m², relative error %8.1e", r.Name, got, difference/want)
		// The latitude of the middle is rounded, 1e-16 of a radian: that much of
		// the area of a small polygon at the pole, where it is as cos φ.
		relative := 2e-15 + 2e-16/math.Cos(r.Ring.Bound().Center()[1]*degree)
		if !(math.Abs(difference) <= relative*math.Abs(want)) {
			t.Errorf("%s: %.17g m², truth %s", r.Name, got, r.Area)
		}
		over := mustOverlay(t, Options{}, layerOf(r.Ring)).Total()
		if !(math.Abs(over-math.Abs(want)) <= ofArea(want)+8*ofMeasuring(r.Ring)+relative*math.Abs(want)) && !selfCrossing(r.Ring) {
			t.Errorf("%s: overlay %.17g m², truth %s", r.Name, over, r.Area)
		}
	}
}

// selfCrossing tells a ring whose overlay differs from its signed area.
func selfCrossing(r orb.Ring) bool {
	for i := range r {
		for j := range i {
			a, b, c, d := r[i], r[(i+1)%len(r)], r[j], r[(j+1)%len(r)]
			if orientation(a, b, c)*orientation(a, b, d) < 0 && orientation(c, d, a)*orientation(c, d, b) < 0 {
				return true
			}
		}
	}
	return false
}

// The polynomial stands for the series up to its reach, and the switch from
// one to the other cannot be seen.
func TestLawOfTheSwitchFromSeriesToPolynomial(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lat0 := rapid.Float64Range(-84, 84).Draw(t, "lat0")
		reach := rapid.SampledFrom([]float64{taylorNear / 100, taylorNear, 1, taylorReach}).Draw(t, "reach")
		d1, d2 := reach*rapid.Float64Range(-1, 1).Draw(t, "d1"), reach*rapid.Float64Range(-1, 1).Draw(t, "d2")
		if rapid.Bool().Draw(t, "at the end") {
			d1 = math.Copysign(reach, d1)
		}
		polynomial := newZonalTaylor(lat0, reach)
		series := degree * meanZonal(d1, d2, lat0)
		// One rounding of c₀ for the rest of the polynomial, and the relative
		// error of both.
		law(t, "37 series = polynomial up to its reach", polynomial.mean(d1, d2)-series,
			zonalSeries[0]*degree*(2e-16*reach/taylorReach+4e-16*(math.Abs(d1)+math.Abs(d2))*degree))

		half := rapid.SampledFrom([]float64{taylorNear, taylorReach}).Draw(t, "switch")
		p := drawStar(t, "p", orb.Point{20, rapid.Float64Range(-80, 80).Draw(t, "lat")}, half)
		b := p.Bound()
		scale := degree2 * planarPerimeter(p) * (b.Max[1] - b.Min[1]) * 1e-16
		for _, k := range []float64{1 - 1e-9, 1, 1 + 1e-9} { // latitudes scaled about the middle
			q := moved(p, 0, 0, 1)
			for i := range q {
				q[i][1] = b.Center()[1] + k*2*half/(b.Max[1]-b.Min[1])*(p[i][1]-b.Center()[1])
			}
			a := mustSigned(t, q)
			bq := q.Bound()
			law(t, "38 no step at the switch", a-seriesRingArea(q, bq.Min[1]+(bq.Max[1]-bq.Min[1])/2), ofArea(a)+4*scale+4*ofMeasuring(q))
		}
	})
}

func TestACompensatedSumLosesNothing(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 1))
	var sum compensated
	exact := new(big.Float).SetPrec(2000)
	magnitude := 0.0
	for range 100_000 {
		x := math.Ldexp(rnd.NormFloat64(), rnd.IntN(120)-60)
		for _, x := range []float64{x, -x * (1 + 1e-9)} {
			sum.add(x)
			exact.Add(exact, big.NewFloat(x))
			magnitude += math.Abs(x)
		}
	}
	want, _ := exact.Float64()
	if d := math.Abs(sum.value() - want); d > 0x1p-52*math.Abs(want)+200_000*0x1p-104*magnitude {
		t.Errorf("%.17g, want %.17g", sum.value(), want)
	}
}
