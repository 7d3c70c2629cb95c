package geo

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/demarc-map/demarc/geo/arrange"
)

// grid turns degrees into the integers of an arrangement and back.
//
// The unit is the finest of 1, 2, 10, 20, 100, … ×1e-9 degrees with which the joint
// extent of all operands spans at most 2³¹ units: 1e-9° (0.1 mm) up to 2.1° of
// extent, 1e-8° up to 21° and 2e-7° (2 cm) for the whole Earth. Units are
// multiples of one another, so a result lies on every finer grid too.
type grid struct {
	scale    float64 // units per degree
	x0, y0   float64 // the centre, in units
	vertices map[arrange.Point]orb.Point
}

// gridScales are the units per degree that a grid may have, finest first. The
// last one holds any positions that readRing accepts, in any turn.
func gridScales() []float64 {
	return []float64{1e9, 5e8, 1e8, 5e7, 1e7, 5e6, 1e6, 5e5}
}

// newGrid returns the grid for a box of degrees.
func newGrid(box extent) (*grid, error) {
	if box.empty() {
		box = extent{}
	}
	reach := max(box.east-box.west, box.north-box.south) / 2
	for _, scale := range gridScales() {
		if reach*scale > arrange.Limit-4 {
			continue
		}
		return &grid{
			scale:    scale,
			x0:       math.Round((box.west + box.east) / 2 * scale),
			y0:       math.Round((box.south + box.north) / 2 * scale),
			vertices: map[arrange.Point]orb.Point{},
		}, nil
	}
	return nil, fmt.Errorf("an extent of %g degrees: %w", 2*reach, ErrWide)
}

// point returns the grid point nearest to a position.
func (g *grid) point(p orb.Point) arrange.Point {
	return arrange.Point{
		X: int64(math.Round(p[0]*g.scale) - g.x0),
		Y: int64(math.Round(p[1]*g.scale) - g.y0),
	}
}

// points returns the grid points nearest to the positions of a path.
func (g *grid) points(path []orb.Point) []arrange.Point {
	out := make([]arrange.Point, len(path))
	for i, p := range path {
		out[i] = g.point(p)
	}
	return out
}

// read is points for input vertices: it remembers where they came from. Of
// several positions at one grid point the lowest is remembered, so the order of
// reading does not matter.
func (g *grid) read(path []orb.Point) []arrange.Point {
	out := g.points(path)
	for i, p := range path {
		if old, known := g.vertices[out[i]]; !known || p[0] < old[0] || p[0] == old[0] && p[1] < old[1] {
			g.vertices[out[i]] = p
		}
	}
	return out
}

// expect makes room for the position of a grid point, which remember fills in.
func (g *grid) expect(p arrange.Point) {
	if _, known := g.vertices[p]; !known {
		g.vertices[p] = orb.Point{math.Inf(1), 0} // higher than any
	}
}

// remember is read for vertices that are expected; others are passed over.
func (g *grid) remember(path []orb.Point) {
	for _, p := range path {
		at := g.point(p)
		if old, expected := g.vertices[at]; expected && (p[0] < old[0] || p[0] == old[0] && p[1] < old[1]) {
			g.vertices[at] = p
		}
	}
}

// forget gives the grid points of two meridians their decimal positions, even
// where they stand for input vertices.
func (g *grid) forget(west, east float64) {
	w, e := g.point(orb.Point{west, 0}).X, g.point(orb.Point{east, 0}).X
	for p := range g.vertices {
		if p.X == w || p.X == e {
			delete(g.vertices, p)
		}
	}
}

// place returns where a grid point lies: at the input vertex that it stands for,
// bit for bit but for the sign of a zero, or else at the floats nearest to its
// decimal fractions.
func (g *grid) place(p arrange.Point) orb.Point {
	if v, known := g.vertices[p]; known {
		return orb.Point{v[0] + 0, v[1] + 0} // −0 + 0 = 0: which of two zeros came first leaves no trace
	}
	return g.decimal(p)
}

func (g *grid) decimal(p arrange.Point) orb.Point {
	return orb.Point{(float64(p.X) + g.x0) / g.scale, (float64(p.Y) + g.y0) / g.scale}
}

// faithful makes sure that positions lie to one another as their grid points
// do. An input vertex is up to 0.71 units from its grid point, so only what is
// within two units of an edge could change sides: these vertices and edges take
// their decimal positions. It returns false when even that would change a side,
// which takes a vertex within a few millionths of a unit of an edge.
func (g *grid) faithful(parts ...[]arrange.Polygon) bool {
	type triple struct{ v, a, b arrange.Point }
	var near []triple
	arrange.Near(parts, 2, func(v, a, b arrange.Point) {
		near = append(near, triple{v, a, b})
		delete(g.vertices, v)
		delete(g.vertices, a)
		delete(g.vertices, b)
	})
	for _, t := range near {
		if orientation(g.decimal(t.a), g.decimal(t.b), g.decimal(t.v)) != arrange.Side(t.a, t.b, t.v) {
			return false
		}
	}
	return true
}

// write turns polygons into closed rings of degrees.
func (g *grid) write(polygons []arrange.Polygon) orb.MultiPolygon {
	out := make(orb.MultiPolygon, 0, len(polygons))
	for _, p := range polygons {
		q := make(orb.Polygon, 0, len(p))
		for _, r := range p {
			s := make(orb.Ring, 0, len(r)+1)
			for _, v := range r {
				s = append(s, g.place(v))
			}
			q = append(q, append(s, s[0]))
		}
		out = append(out, q)
	}
	return out
}
