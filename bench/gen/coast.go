package gen

import (
	"math"

	"github.com/paulmach/orb"
)

// coast returns one zone of n vertices, rough at every scale, in a territory
// that is a box around it. Each vertex lies in a direction of its own as seen
// from the centre, so the border never crosses itself.
func coast(n int, centre orb.Point, degrees float64, seed uint64) Set {
	radius := midpoints(n, seed)
	zone := make(orb.Ring, 0, n+1)
	for i := range n {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		zone = append(zone, orb.Point{round(centre[0] + degrees*radius[i]*cos), round(centre[1] + degrees*radius[i]*sin)})
	}
	zone = append(zone, zone[0])
	box := orb.Bound{Min: centre, Max: centre}.Pad(2 * degrees).ToPolygon()
	return Set{Count: 1, Territory: box, shape: func(int) orb.Polygon { return orb.Polygon{zone} }}
}

// midpoints returns n radii from 0.1 to about 1.6 by midpoint displacement
// (Fournier, Fussell and Carpenter, 1982).
func midpoints(n int, seed uint64) []float64 {
	radius := make([]float64, n+1)
	radius[0], radius[n] = 1, 1
	var halve func(a, b int, swing float64)
	halve = func(a, b int, swing float64) {
		if b-a < 2 {
			return
		}
		m := (a + b) / 2
		radius[m] = max((radius[a]+radius[b])/2+noise(seed, 9, m)*swing, 0.1)
		halve(a, m, swing*0.55)
		halve(m, b, swing*0.55)
	}
	halve(0, n, 0.4)
	return radius
}
