package gen

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// cell is a hexagon of the mesh, by its middle, and corner one of its corners: both
// on a grid of half a cell's width by half its side. Three cells meet at a corner,
// so the border of any set of cells never touches itself.
type (
	cell   struct{ x, y int }
	corner struct{ x, y int }
)

const (
	width = 2.95              // of a cell, km
	side  = width / 1.7320508 // width / √3, near enough
)

// around lists a cell's corners counter-clockwise from the lower right, and beyond
// the cell on the other side of the border from each corner to the next.
var (
	around = [6]corner{{1, -1}, {1, 1}, {0, 2}, {-1, 1}, {-1, -1}, {0, -2}}
	beyond = [6]cell{{2, 0}, {1, 3}, {-1, 3}, {-2, 0}, {-1, -3}, {1, -3}}
)

// middle returns where a cell's middle lies, in km.
func (c cell) middle() orb.Point { return orb.Point{float64(c.x) * width / 2, float64(c.y) * side / 2} }

// at returns where a corner lies: up to 0.4 of a side from where a regular mesh has it.
func (c corner) at() orb.Point {
	sin, cos := math.Sincos(math.Pi * random(1, c.x, c.y))
	away := 0.4 * side * math.Sqrt(math.Abs(random(2, c.x, c.y)))
	return orb.Point{float64(c.x)*width/2 + away*cos, float64(c.y)*side/2 + away*sin}
}

// border returns the way from one corner to the next without its last point, in n
// steps. It stays within 17° of the straight way, seen from either end; with this
// seed, no two borders come nearer to each other, so that they meet at corners only.
func border(from, to corner, n int) []orb.Point {
	backwards := from.y > to.y || from.y == to.y && from.x > to.x
	if backwards {
		from, to = to, from
	}
	a, b := from.at(), to.at()
	way := []orb.Point{a}
	for k := 1; k < n; k++ {
		f := float64(k) / float64(n)
		swing := 0.3 * min(f, 1-f) * random(3+k, from.x+to.x, from.y+to.y)
		way = append(way, orb.Point{a[0] + (b[0]-a[0])*f - (b[1]-a[1])*swing, a[1] + (b[1]-a[1])*f + (b[0]-a[0])*swing})
	}
	if way = append(way, b); backwards {
		slices.Reverse(way)
	}
	return way[:len(way)-1]
}

// cells is a set of cells.
type cells map[cell]bool

// sorted returns the cells from south to north and west to east.
func (s cells) sorted() []cell {
	var out []cell
	for c, in := range s {
		if in {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b cell) int { return cmp.Or(cmp.Compare(a.y, b.y), cmp.Compare(a.x, b.x)) })
	return out
}

// parts splits the set into what hangs together, in the order of their first cells.
func (s cells) parts() []cells {
	var out []cells
	seen := cells{}
	for _, first := range s.sorted() {
		if seen[first] {
			continue
		}
		part, open := cells{}, []cell{first}
		seen[first] = true
		for len(open) > 0 {
			c := open[len(open)-1]
			open = open[:len(open)-1]
			part[c] = true
			for _, d := range beyond {
				if next := (cell{c.x + d.x, c.y + d.y}); s[next] && !seen[next] {
					seen[next] = true
					open = append(open, next)
				}
			}
		}
		out = append(out, part)
	}
	return out
}

// detail is in how many steps a border is drawn.
type detail struct{ coast, inland int }

var fine, coarse = detail{3, 2}, detail{1, 1}

// outline returns the set as polygons in degrees.
func (s cells) outline(land cells, d detail) orb.MultiPolygon {
	var out orb.MultiPolygon
	for _, part := range s.parts() {
		polygon, holes := orb.Polygon{}, []orb.Ring{}
		for _, ring := range part.rings(land, d) {
			if ring.Orientation() == orb.CCW {
				polygon = append(polygon, ring)
			} else {
				holes = append(holes, ring)
			}
		}
		out = append(out, append(polygon, holes...))
	}
	return out
}

// rings traces the border of the set, the set on its left.
func (s cells) rings(land cells, d detail) []orb.Ring {
	type step struct {
		to    corner
		steps int
	}
	next, order := map[corner]step{}, []corner{}
	for _, c := range s.sorted() {
		for i, b := range beyond {
			other := cell{c.x + b.x, c.y + b.y}
			if s[other] {
				continue
			}
			steps := d.inland
			if !land[other] {
				steps = d.coast
			}
			from, to := corner{c.x + around[i].x, c.y + around[i].y}, corner{c.x + around[(i+1)%6].x, c.y + around[(i+1)%6].y}
			next[from] = step{to, steps}
			order = append(order, from)
		}
	}
	var out []orb.Ring
	done := map[corner]bool{}
	for _, first := range order {
		if done[first] {
			continue
		}
		var ring orb.Ring
		for at := first; !done[at]; at = next[at].to {
			done[at] = true
			for _, p := range border(at, next[at].to, next[at].steps) {
				ring = append(ring, degrees(p))
			}
		}
		out = append(out, append(ring, ring[0]))
	}
	return out
}

// near reports how far a cell's middle lies from a point, km.
func (c cell) near(p orb.Point) float64 { return planar.Distance(c.middle(), p) }
