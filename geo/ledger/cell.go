package ledger

import (
	"math"

	"github.com/paulmach/orb"
)

// cell is a square of 2^(widest−level) units of 1e-9°. Cells of a level lie side by
// side from a corner that is an odd number of units beyond −180° and −90°: positions
// of eight decimals or fewer lie on no border. Borders are whole units, as positions
// on the grid of [geo.Front] are, so that a front along a border is there exactly and
// not a rounding beside it, whatever crosses it.
type cell struct{ level, x, y int32 }

const (
	widest  = 39 // bits of the side of the cell that holds everything
	deepest = 23 // level of the smallest cells, some 7 m wide
	unit    = 1e9
	west    = -180_000_004_093 // units
	south   = -90_000_004_093
)

func (c cell) side() int64 { return 1 << (widest - c.level) }

// size is the width and height in degrees.
func (c cell) size() float64 { return float64(c.side()) / unit }

func (c cell) bound() orb.Bound {
	corner := func(x, y int32) orb.Point {
		return orb.Point{float64(int64(x)*c.side()+west) / unit, float64(int64(y)*c.side()+south) / unit}
	}
	return orb.Bound{Min: corner(c.x, c.y), Max: corner(c.x+1, c.y+1)}
}

// child is one of the four cells of half the size, from south-west to north-east.
func (c cell) child(i int) cell {
	return cell{c.level + 1, 2*c.x + int32(i&1), 2*c.y + int32(i>>1)}
}

// around is the smallest cell that holds a box.
func around(b orb.Bound) cell {
	for level := int32(deepest); level > 0; level-- {
		c := cell{level: level}
		c.x, c.y = int32((int64(math.Floor(b.Min[0]*unit))-west)/c.side()), int32((int64(math.Floor(b.Min[1]*unit))-south)/c.side())
		if within(b, c.bound()) {
			return c
		}
	}
	return cell{}
}

// within reports whether a box lies in another.
func within(a, b orb.Bound) bool { return b.Contains(a.Min) && b.Contains(a.Max) }

func boxOf(b orb.Bound) orb.MultiPolygon { return orb.MultiPolygon{b.ToPolygon()} }

// padded is a box grown by so many degrees and, beyond these, metres.
func padded(b orb.Bound, degrees, metres float64) orb.Bound {
	dx, dy := degrees, degrees
	if metres > 0 {
		lat := max(math.Abs(b.Min[1]), math.Abs(b.Max[1])) + degrees + metres/leastDegree
		dx, dy = dx+metres/(leastDegree*math.Cos(min(lat, 89)*math.Pi/180)), dy+metres/leastDegree
	}
	return orb.Bound{Min: orb.Point{b.Min[0] - dx, b.Min[1] - dy}, Max: orb.Point{b.Max[0] + dx, b.Max[1] + dy}}
}

// leastDegree is fewer metres than a degree has anywhere: of latitude everywhere, of
// longitude at the equator; a hundredth less, for what a plane is off by.
const leastDegree = 109_000

// edgesIn counts the edges of polygons whose boxes touch a box.
func edgesIn(polygons orb.MultiPolygon, b orb.Bound) (n int) {
	for _, p := range polygons {
		for _, r := range p {
			for i := 1; i < len(r); i++ {
				if edgeMay(r[i-1], r[i], b) {
					n++
				}
			}
		}
	}
	return n
}

// edgeMay reports whether the box of an edge touches a box.
func edgeMay(p, q orb.Point, b orb.Bound) bool {
	return max(p[0], q[0]) >= b.Min[0] && min(p[0], q[0]) <= b.Max[0] && max(p[1], q[1]) >= b.Min[1] && min(p[1], q[1]) <= b.Max[1]
}

// edge is a straight edge with a direction.
type edge struct{ from, to orb.Point }

// meets may say yes for an edge that passes a box by a rounding, and never no for one
// that touches it.
func (e *edge) meets(b *orb.Bound) bool {
	if !edgeMay(e.from, e.to, *b) {
		return false
	}
	dx, dy := e.to[0]-e.from[0], e.to[1]-e.from[1]
	cx, cy := (b.Min[0]+b.Max[0])/2-e.from[0], (b.Min[1]+b.Max[1])/2-e.from[1]
	hx, hy := (b.Max[0]-b.Min[0])/2, (b.Max[1]-b.Min[1])/2
	return math.Abs(dx*cy-dy*cx) <= math.Abs(dx)*hy+math.Abs(dy)*hx+1e-10
}
