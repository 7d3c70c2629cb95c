package geo

import (
	"math"
	"math/rand/v2"

	"github.com/paulmach/orb"
)

// The scenes that examples, hard cases and benchmarks share. Each is the same
// at every run.

// coast is a star-shaped ring of n vertices with bays and capes at all scales:
// from vertex to vertex it goes in or out about twice as far as along.
func coast(n int, at orb.Point, radius float64, seed uint64) orb.Ring {
	rnd := rand.New(rand.NewPCG(seed, 1))
	r := make(orb.Ring, n)
	rough, phase := 0.0, rnd.Float64()
	for i := range r {
		angle := 2 * math.Pi * float64(i) / float64(n)
		rough = rough*(1-4/float64(n)) + 20*math.Pi/float64(n)*rnd.NormFloat64()
		k := radius * (0.7 + 0.1*math.Sin(3*angle+phase) + 0.05*math.Sin(11*angle-phase) + 0.15*math.Tanh(rough))
		sin, cos := math.Sincos(angle)
		r[i] = orb.Point{at[0] + k*cos, at[1] + k*sin}
	}
	return r
}

// zones are n overlapping rings of 24 vertices over one degree.
func zones(n int, seed uint64) (layer orb.MultiPolygon) {
	rnd := rand.New(rand.NewPCG(seed, 2))
	radius := 1.5 / math.Sqrt(float64(n))
	for range n {
		at := orb.Point{34 + rnd.Float64(), 31 + rnd.Float64()}
		layer = append(layer, orb.Polygon{coast(24, at, radius*(0.5+rnd.Float64()), rnd.Uint64())})
	}
	return layer
}

// comb has n teeth from one side of a unit square to the other, upright or lying.
func comb(n int, upright bool) orb.Ring {
	r := orb.Ring{}
	for i := range n {
		x := float64(i) / float64(n)
		r = append(r, orb.Point{x, 0}, orb.Point{x + 0.5/float64(n), 1})
	}
	r = append(r, orb.Point{1, 0}, orb.Point{1, -0.1}, orb.Point{0, -0.1})
	if !upright {
		for i, p := range r {
			r[i] = orb.Point{p[1], p[0]}
		}
	}
	return r
}

// planarArea is the area of a ring in square degrees, positive counter-clockwise.
func planarArea(r orb.Ring) float64 {
	var twice compensated
	o, prev := r[0], r[len(r)-1]
	for _, p := range r {
		twice.add((prev[0]-o[0])*(p[1]-o[1]) - (p[0]-o[0])*(prev[1]-o[1]))
		prev = p
	}
	return twice.value() / 2
}
