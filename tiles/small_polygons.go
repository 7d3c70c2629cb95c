package tiles

import "math"

// Polygons too small for a zoom, those that have no area left once they are
// simplified and snapped, stay in sight by a rule that preserves area. In each
// cell of smallCell × smallCell tile units, and for each layer, the areas of the
// small polygons are added up in the order of the features, and so is what is
// drawn of them. As long as more is owed than drawn, a polygon without area is
// drawn as a square at its place; the others are merged into those. So a cell
// with nothing but tiny polygons shows at least one square unit, and at most
// one square more than their area. (Snapping preserves the area of many small
// polygons by itself: some vanish, others grow. That is why those are counted.)
//
// Cells are the same in every tile and its buffer, so two tiles agree on what
// they both show.
const (
	smallCell  = 16
	squareSide = 3 // the largest square, in tile units

	smallSide = 4 // a polygon smaller than this is accounted for, in tile units
)

// smallPolygons keeps the accounts of one layer in one tile.
type smallPolygons struct {
	window
	cells   int64 // in a row, and as many rows
	account []account
	open    bool // the accounts are those of the layer
	merged  int  // polygons not drawn, in all layers
}

// account is what a cell owes and has drawn, in square tile units.
type account struct{ owed, drawn float32 }

// begin begins the accounts of a tile, next those of its next layer. Most
// tiles have nothing tiny, so the accounts are cleared when they are needed.
func (t *smallPolygons) begin(w window) { t.window, t.open, t.merged = w, false, 0 }
func (t *smallPolygons) next()          { t.open = false }

func (t *smallPolygons) clear() {
	t.cells = (t.length() + smallCell - 1) / smallCell
	t.account = grow(t.account, int(t.cells*t.cells))
	clear(t.account)
	t.open = true
}

// at returns the account of the cell of a point inside the window.
func (t *smallPolygons) at(p point) *account {
	if !t.open {
		t.clear()
	}
	return &t.account[(p.Y-t.lo)/smallCell*t.cells+(p.X-t.lo)/smallCell]
}

// enter accounts for a small polygon that is drawn as it is. Areas are in
// square tile units.
func (t *smallPolygons) enter(centre point, owed, drawn float64) {
	a := t.at(centre)
	a.owed += float32(owed)
	a.drawn += float32(drawn)
}

// dash accounts for what a thin polygon covers of a cell, given by its corner, and
// returns how many square units to draw of it: no less than one where it has to
// be in sight.
func (t *smallPolygons) dash(corner point, area float64, inSight bool) int64 {
	a := t.at(corner)
	a.owed += float32(area)
	due := min(math.Round(float64(a.owed-a.drawn)), math.Ceil(area))
	if inSight {
		due = max(due, 1)
	} else if area < 1 {
		due = 0
	}
	n := int64(max(due, 0))
	a.drawn += float32(n)
	return n
}

// square accounts for a tiny polygon, and returns the lower corner and the side
// of the square to draw, or side 0.
func (t *smallPolygons) square(centre point, area float64) (corner point, side int64) {
	a := t.at(centre)
	a.owed += float32(area)
	due := a.owed - a.drawn
	if due <= 0 {
		t.merged++
		return point{}, 0
	}
	side = min(max(int64(math.Sqrt(float64(due))), 1), squareSide)
	a.drawn += float32(side * side)
	x, y := centre.X-side/2, centre.Y-side/2
	return point{X: min(max(x, t.lo), t.hi-side), Y: min(max(y, t.lo), t.hi-side)}, side
}
