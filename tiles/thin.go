package tiles

import "math"

// A polygon is thin at a zoom where it is long and, on average, narrower than
// thinWidth: once its vertices are on the grid it would have an area here and
// none there, by chance, and come and go from zoom to zoom. So it is not drawn
// as it is. Its exact area is taken cell by cell (coverage.go), the cells of
// small polygons, and each cell that it runs through has a dash of as many
// square units, at least one, where it runs and in its direction. The account
// of the cell is kept with the small polygons, so that what is drawn too much
// of one is not drawn of the next.
const (
	thinWidth = 1.5       // the narrowest polygon drawn as it is, in tile units: √2 always has an area left
	thinSide  = smallCell // the longer side of the shortest thin polygon; a shorter one is small

	// leastRun is how far a polygon runs through a cell that it has a dash in, in
	// tile units; what merely cuts a corner is owed.
	leastRun = smallCell / 4
)

// findThin finds at which zooms polygons are thin.
func (p *prepared) findThin(o *Options) {
	for i := range p.parts {
		part := &p.parts[i]
		if p.features[part.feature].kind != polygons {
			continue
		}
		area, side := p.area(part), float64(longerSide(part.box))
		longest := p.perimeter(part, math.MaxUint8, 0) // of any zoom
		for z := o.MinZoom; z <= o.MaxZoom; z++ {
			unit := math.Ldexp(1, o.shift(z))
			if side >= thinSide*unit && 2*area < thinWidth*unit*longest && 2*area < thinWidth*unit*p.perimeter(part, uint8(z), thinSide*unit) {
				part.thin |= 1 << z
			}
		}
	}
}

// perimeter is how long the rings of a polygon are at a zoom, in grid units. Rings
// of a shorter side than least are left out: small holes make no polygon thin.
func (p *prepared) perimeter(polygon *part, zoom uint8, least float64) (sum float64) {
	for _, r := range p.rings[polygon.ring:polygon.end] {
		if float64(longerSide(r.box)) < least {
			continue
		}
		first, last := -1, -1
		for i := int(r.begin); i < int(r.end); i++ {
			if p.keep[i] > zoom {
				continue
			}
			if last < 0 {
				first = i
			} else {
				sum += p.distance(last, i)
			}
			last = i
		}
		if first >= 0 {
			sum += p.distance(last, first)
		}
	}
	return sum
}

func (p *prepared) distance(i, j int) float64 {
	a, b := p.vertices[i], p.vertices[j]
	return math.Hypot(float64(b.x)-float64(a.x), float64(b.y)-float64(a.y))
}

// drawThin adds the dashes of a thin polygon.
func (c *canvas) drawThin(part *part) {
	p := c.prepared
	c.coverage.begin(&c.view)
	for _, r := range p.rings[part.ring:part.end] {
		c.coverage.ring(p.vertices[r.begin:r.end])
	}
	for _, cell := range c.coverage.cells() {
		corner := point{X: c.view.window.lo + cell.column*smallCell, Y: c.view.window.lo + cell.row*smallCell}
		area := math.Ldexp(float64(cell.doubleArea), -2*c.view.shift-1)
		if area <= 0 {
			continue
		}
		n := c.small.dash(corner, area, cell.run()>>c.view.shift >= leastRun)
		if n == 0 {
			continue
		}
		begin := len(c.clipper.points)
		dash := cell.dash(n, c.view.shift)
		for _, q := range dash {
			c.clipper.points = append(c.clipper.points, c.view.window.clamp(point{X: corner.X + q.X, Y: corner.Y + q.Y}))
		}
		c.spans = append(c.spans, span{begin, begin + len(dash)})
	}
}

// dash returns the corners of a dash of about n square units, in tile units
// from the upper left corner of the cell: a parallelogram along the way that
// the polygon takes through the cell, of one unit across or as many as it needs.
func (t *cellCoverage) dash(n int64, shift int) [4]point {
	steep := t.yy > t.xx
	across := min((n+smallCell-1)/smallCell, smallCell)
	along := min(max((n+across/2)/across, 1), smallCell)
	x, y := t.middle(shift)
	slope := t.slope()
	if steep {
		x, y = y, x
	}
	from := min(max(x-along/2, 0), smallCell-along)
	// at is where the dash is at a place along it.
	at := func(place int64) int64 {
		return min(max(y-across/2+int64(math.Round(float64(slope*float64(place-x)))), 0), smallCell-across)
	}
	a, b := at(from), at(from+along)
	corners := [4]point{{X: from, Y: a}, {X: from + along, Y: b}, {X: from + along, Y: b + across}, {X: from, Y: a + across}}
	if steep {
		for i, q := range corners {
			corners[i] = point{X: q.Y, Y: q.X}
		}
		corners[1], corners[3] = corners[3], corners[1]
	}
	return corners
}
