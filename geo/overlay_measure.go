package geo

// cellMeasure measures areas above the bottom line of one cell.
type cellMeasure struct {
	planar bool
	wide   bool    // the cell is too high for the polynomial
	bottom float64 // y of the bottom line, relative to the origin
	lat0   float64 // its latitude
	taylor zonalTaylor
}

// set moves the measure to a cell. The polynomial is taken about the bottom
// line itself, so that no cell's area suffers from its distance to the origin.
func (m *cellMeasure) set(originLat, bottom, top float64) {
	m.bottom, m.lat0 = bottom, originLat+bottom
	if m.planar {
		return
	}
	m.wide = top-bottom > taylorReach
	if !m.wide {
		m.taylor = newZonalTaylor(m.lat0, top-bottom)
	}
}

// under returns the area between the bottom line and a piece of an edge that
// runs from (xl, yl) to (xr, yr): square metres, or square degrees if planar.
func (m *cellMeasure) under(xl, xr, yl, yr float64) float64 {
	d1, d2 := yl-m.bottom, yr-m.bottom
	switch {
	case m.planar:
		return (xr - xl) * ((d1 + d2) / 2)
	case m.wide:
		return (xr - xl) * degree * meanZonal(d1, d2, m.lat0)
	}
	return (xr - xl) * m.taylor.mean(d1, d2)
}
