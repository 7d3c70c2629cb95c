package gen

import (
	"math"

	"github.com/paulmach/orb"
)

// scatter returns n star-shaped zones of 32 vertices thrown over a square
// degree, each over four or five others on average, in a territory around them.
func scatter(n int, seed uint64) Set {
	const vertices = 32
	size := 0.65 / math.Sqrt(float64(n))
	shape := func(number int) orb.Polygon {
		lon, lat := 31+noise(seed, 10, number)/2, 48+noise(seed, 11, number)/2
		ring := make(orb.Ring, 0, vertices+1)
		for k := range vertices {
			sin, cos := math.Sincos(2 * math.Pi * float64(k) / vertices)
			radius := size * (1 + 0.4*noise(seed, 12, number, k))
			ring = append(ring, orb.Point{round(lon + radius*cos), round(lat + radius*sin)})
		}
		return orb.Polygon{append(ring, ring[0])}
	}
	land := orb.Bound{Min: orb.Point{30.45, 47.45}, Max: orb.Point{31.55, 48.55}}
	return Set{Count: n, Territory: land.ToPolygon(), shape: shape}
}
