package tiles

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/paulmach/orb"
)

// blocks returns columns × rows zones that share wiggly borders of steps sides
// each, over a square of so many degrees around a centre: a partition, with
// junctions where four zones meet.
func blocks(columns, rows, steps int, centre orb.Point, degrees float64) []Feature {
	random := rand.New(rand.NewPCG(uint64(columns), uint64(steps)))
	cell := degrees / float64(max(columns, rows))
	jitter := func(scale float64) float64 { return (random.Float64() - 0.5) * cell * scale }
	nodes := make([][]orb.Point, columns+1)
	for i := range nodes {
		for j := range rows + 1 {
			nodes[i] = append(nodes[i], orb.Point{
				centre[0] - degrees/2 + float64(i)*cell + jitter(0.4),
				centre[1] - degrees/2 + float64(j)*cell + jitter(0.4),
			})
		}
	}
	// border is a wiggly line between two nodes, without its last point.
	border := func(a, b orb.Point) []orb.Point {
		var line []orb.Point
		offset := 0.0
		for k := range steps {
			f := float64(k) / float64(steps)
			swing := math.Sin(f*math.Pi) * offset
			line = append(line, orb.Point{a[0] + (b[0]-a[0])*f - (b[1]-a[1])/cell*swing, a[1] + (b[1]-a[1])*f + (b[0]-a[0])/cell*swing})
			offset = offset*0.8 + jitter(0.15)
		}
		return line
	}
	backwards := func(line []orb.Point, first orb.Point) []orb.Point {
		back := []orb.Point{first}
		for k := len(line) - 1; k > 0; k-- {
			back = append(back, line[k])
		}
		return back
	}
	across := make([][][]orb.Point, columns) // [i][j]: from node i,j to i+1,j
	for i := range across {
		for j := range rows + 1 {
			across[i] = append(across[i], border(nodes[i][j], nodes[i+1][j]))
		}
	}
	up := make([][][]orb.Point, columns+1) // [i][j]: from node i,j to i,j+1
	for i := range up {
		for j := range rows {
			up[i] = append(up[i], border(nodes[i][j], nodes[i][j+1]))
		}
	}
	var features []Feature
	for i := range columns {
		for j := range rows {
			var ring orb.Ring
			ring = append(ring, across[i][j]...)
			ring = append(ring, up[i+1][j]...)
			ring = append(ring, backwards(across[i][j+1], nodes[i+1][j+1])...)
			ring = append(ring, backwards(up[i][j], nodes[i][j+1])...)
			ring = append(ring, ring[0])
			id := len(features)
			features = append(features, Feature{
				ID: fmt.Sprintf("zone-%d", id), Geometry: orb.Polygon{ring},
				Tags: []Tag{{"id", fmt.Sprintf("zone-%d", id)}, {"party", [3]string{"north", "south", "east"}[id%3]}, {"number", id}},
			})
		}
	}
	return features
}

// coast returns a zone of n vertices whose border is rough at every scale and
// never crosses itself: seen from its centre, each vertex lies in a direction of its own.
func coast(n int, centre orb.Point, degrees float64) Feature {
	random := rand.New(rand.NewPCG(uint64(n), 7))
	radius := make([]float64, n+1)
	radius[0], radius[n] = 1, 1
	var halve func(a, b int, swing float64)
	halve = func(a, b int, swing float64) {
		if b-a < 2 {
			return
		}
		m := (a + b) / 2
		radius[m] = max((radius[a]+radius[b])/2+(random.Float64()-0.5)*swing, 0.1)
		halve(a, m, swing*0.55)
		halve(m, b, swing*0.55)
	}
	halve(0, n, 0.8)
	ring := make(orb.Ring, 0, n+1)
	for i := range n {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		ring = append(ring, orb.Point{centre[0] + degrees/2*radius[i]*cos, centre[1] + degrees/2*radius[i]*sin})
	}
	return Feature{ID: "coast", Geometry: orb.Polygon{append(ring, ring[0])}, Tags: []Tag{{"party", "north"}}}
}
