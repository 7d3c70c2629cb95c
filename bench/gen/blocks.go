package gen

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// frame is the parallelogram that a grid of zones fills.
type frame struct{ origin, along, across orb.Point }

// strip lies over the Gaza Strip: about 41 km along the coast and 9 km across.
var strip = frame{origin: orb.Point{34.212, 31.318}, along: orb.Point{0.275, 0.28}, across: orb.Point{0.068, -0.052}}

func (f frame) at(u, v float64) orb.Point {
	return orb.Point{round(f.origin[0] + u*f.along[0] + v*f.across[0]), round(f.origin[1] + u*f.along[1] + v*f.across[1])}
}

// grid is a partition into columns × rows zones. Four zones meet at a node, and
// neighbours share a border of as many steps.
type grid struct {
	frame
	columns, rows, steps int
	seed                 uint64
}

// blocks returns the zones of a grid and a territory whose border runs through
// the outermost zones on three sides, and leaves a fifth of the land free on the
// fourth.
func blocks(g grid) Set {
	return Set{Count: g.columns * g.rows, Territory: orb.Polygon{g.outline()}, shape: g.zone}
}

// node returns where the corners of four zones meet, in columns and rows.
func (g grid) node(i, j int) (u, v float64) {
	return float64(i) + 0.15*noise(g.seed, 0, i, j), float64(j) + 0.15*noise(g.seed, 1, i, j)
}

// border appends the way from a node to the next column (or the next row),
// without its last point. A border stays within 17° of the straight way, seen
// from either end, so that borders meet nowhere but at nodes.
func (g grid) border(line []orb.Point, i, j int, up bool) []orb.Point {
	kind, i2, j2 := 2, i+1, j
	if up {
		kind, i2, j2 = 3, i, j+1
	}
	u1, v1 := g.node(i, j)
	u2, v2 := g.node(i2, j2)
	for k := range g.steps {
		f := float64(k) / float64(g.steps)
		swing := 0.3 * min(f, 1-f) * g.rough(kind, i, j, f, k)
		line = append(line, g.at((u1+(u2-u1)*f-(v2-v1)*swing)/float64(g.columns), (v1+(v2-v1)*f+(u2-u1)*swing)/float64(g.rows)))
	}
	return line
}

// rough returns a number in [-1, 1] along a border: broad bends and fine teeth.
func (g grid) rough(kind, i, j int, f float64, k int) float64 {
	const bends = 6
	at, part := math.Modf(f * bends)
	broad := (1-part)*noise(g.seed, kind, i, j, int(at)) + part*noise(g.seed, kind, i, j, int(at)+1)
	fine := noise(g.seed, kind+2, i, j, k)
	teeth := min(0.6, 3/float64(g.steps))
	return (1-teeth)*broad + teeth*fine
}

// zone returns the polygon of a zone, wound counter-clockwise in the frame.
func (g grid) zone(number int) orb.Polygon {
	i, j := number/g.rows, number%g.rows
	ring := make(orb.Ring, 0, 4*g.steps+1)
	ring = g.border(ring, i, j, false)
	ring = g.border(ring, i+1, j, true)
	ring = append(ring, g.backwards(i, j+1, false)...)
	ring = append(ring, g.backwards(i, j, true)...)
	ring = append(ring, ring[0])
	if ring.Orientation() != orb.CCW {
		ring.Reverse()
	}
	return orb.Polygon{ring}
}

// backwards returns a border from its far end, without its last point.
func (g grid) backwards(i, j int, up bool) []orb.Point {
	line := g.border(nil, i, j, up)
	far := g.border(nil, i+1, j, false)[:1]
	if up {
		far = g.border(nil, i, j+1, true)[:1]
	}
	line = append(line[1:], far...)
	slices.Reverse(line)
	return line
}

// outline returns a jagged ring through the middle of the outermost zones, and
// beyond the last column by a quarter of the grid.
func (g grid) outline() orb.Ring {
	var ring orb.Ring
	far := g.columns + g.columns/4
	add := func(along, side int, place func(t, depth float64) (u, v float64)) {
		for k := range 4 * (along - 1) { // from the middle of the first zone to that of the last
			t := 0.5 + float64(k)/4
			depth := 0.5
			if k > 0 {
				depth += 0.3 * noise(g.seed, 8, side, k) * min(1, t-0.5, float64(along)-0.5-t)
			}
			u, v := place(t, depth)
			ring = append(ring, g.at(u/float64(g.columns), v/float64(g.rows)))
		}
	}
	columns, rows := float64(far), float64(g.rows)
	add(far, 0, func(t, d float64) (u, v float64) { return t, d })
	add(g.rows, 1, func(t, d float64) (u, v float64) { return columns - d, t })
	add(far, 2, func(t, d float64) (u, v float64) { return columns - t, rows - d })
	add(g.rows, 3, func(t, d float64) (u, v float64) { return d, rows - t })
	ring = append(ring, ring[0])
	if ring.Orientation() != orb.CCW {
		ring.Reverse()
	}
	return ring
}
