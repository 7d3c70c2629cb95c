package tiles

import (
	"cmp"
	"slices"
)

// coverage takes the area of a polygon cell by cell, exactly, by the method of
// font rasterisers: each piece of a side adds the area between it and the right
// of its cell, and its height to all cells on the right of that. It is all in
// grid units, in integers, so two tiles find the same for a cell that both see.
type coverage struct {
	x, y   int64 // the upper left corner of the window
	side   int64 // of a cell
	count  int64 // cells in a row, and as many rows
	pieces []cellCoverage
}

// cellCoverage is what a polygon, or a piece of one side of it, does in a cell.
type cellCoverage struct {
	row, column int64
	doubleArea  int64
	height      int64 // of the sides, upwards: what they cover of the cells on the right
	length      int64 // of the sides, as the larger of their extents along x and y
	x, y        int64 // the middles of the sides, from the corner of the cell, times their lengths
	xx, xy, yy  int64 // products of their extents
}

func (c *coverage) begin(v *view) {
	c.x, c.y = (v.x+v.window.lo)<<v.shift, (v.y+v.window.lo)<<v.shift
	c.side = smallCell << v.shift
	c.count = (v.window.length() + smallCell - 1) / smallCell
	c.pieces = c.pieces[:0]
}

// ring adds the sides of a ring.
func (c *coverage) ring(vs []vertex) {
	a := vs[len(vs)-1]
	for _, b := range vs {
		ax, ay, bx, by := int64(a.x)-c.x, int64(a.y)-c.y, int64(b.x)-c.x, int64(b.y)-c.y
		if ay < by || ay == by && ax < bx {
			c.downwards(ax, ay, bx, by, -1)
		} else {
			c.downwards(bx, by, ax, ay, 1)
		}
		a = b
	}
}

// downwards adds a side, given from its upper end, row by row; sign says which
// way the ring goes along it.
func (c *coverage) downwards(ax, ay, bx, by, sign int64) {
	end := c.count * c.side
	if by < 0 || ay >= end || min(ax, bx) >= end {
		return
	}
	last := by
	if by > ay {
		last--
	}
	for row := max(floorDivide(ay, c.side), 0); row <= min(floorDivide(last, c.side), c.count-1); row++ {
		x0, y0, x1, y1 := ax, ay, bx, by
		if top := row * c.side; top > ay {
			x0, y0 = ax+roundDivide((top-ay)*(bx-ax), by-ay), top
		}
		if bottom := (row + 1) * c.side; bottom < by {
			x1, y1 = ax+roundDivide((bottom-ay)*(bx-ax), by-ay), bottom
		}
		if x0 <= x1 {
			c.rightwards(row, x0, y0, x1, y1, sign)
		} else {
			c.rightwards(row, x1, y1, x0, y0, -sign)
		}
	}
}

// rightwards adds a piece of a side in a row, given from its left end, column by column.
func (c *coverage) rightwards(row, ax, ay, bx, by, sign int64) {
	if ax < 0 { // what is left of the window covers as if it were on its side
		y := by
		if bx > 0 {
			y = ay + roundDivide(-ax*(by-ay), bx-ax)
		}
		c.pieces = append(c.pieces, cellCoverage{row: row, doubleArea: 2 * c.side * sign * (y - ay), height: sign * (y - ay)})
	}
	last := bx
	if bx > ax {
		last--
	}
	for column := max(floorDivide(ax, c.side), 0); column <= min(floorDivide(last, c.side), c.count-1); column++ {
		x0, y0, x1, y1 := ax, ay, bx, by
		left, right := column*c.side, (column+1)*c.side
		if left > ax {
			x0, y0 = left, ay+roundDivide((left-ax)*(by-ay), bx-ax)
		}
		if right < bx {
			x1, y1 = right, ay+roundDivide((right-ax)*(by-ay), bx-ax)
		}
		dx, dy := x1-x0, y1-y0
		length := max(dx, dy, -dy)
		c.pieces = append(c.pieces, cellCoverage{
			row: row, column: column,
			doubleArea: sign * dy * (2*right - x0 - x1), height: sign * dy,
			length: length, x: (x0 + dx/2 - left) * length, y: (y0 + dy/2 - row*c.side) * length,
			xx: dx * dx, xy: dx * dy, yy: dy * dy,
		})
	}
}

// cells returns the cells that the polygon covers any of, row by row. It is
// valid until the next begin.
func (c *coverage) cells() []cellCoverage {
	slices.SortStableFunc(c.pieces, func(a, b cellCoverage) int {
		return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.column, b.column))
	})
	begin := len(c.pieces)
	var height int64 // of what covers everything on the right
	for i := 0; i < begin; {
		cell := c.pieces[i]
		for i++; i < begin && c.pieces[i].row == cell.row && c.pieces[i].column == cell.column; i++ {
			cell.add(&c.pieces[i])
		}
		cell.doubleArea += 2 * c.side * height
		height += cell.height
		c.pieces = append(c.pieces, cell)
		next := c.count
		if i < begin && c.pieces[i].row == cell.row {
			next = c.pieces[i].column
		}
		if height != 0 {
			for column := cell.column + 1; column < next; column++ {
				c.pieces = append(c.pieces, c.full(cell.row, column, height))
			}
		}
		if next == c.count {
			height = 0
		}
	}
	return c.pieces[begin:]
}

func (t *cellCoverage) add(u *cellCoverage) {
	t.doubleArea += u.doubleArea
	t.height += u.height
	t.length += u.length
	t.x, t.y = t.x+u.x, t.y+u.y
	t.xx, t.xy, t.yy = t.xx+u.xx, t.xy+u.xy, t.yy+u.yy
}

// full is a cell without sides, as if a side ran through its middle.
func (c *coverage) full(row, column, height int64) cellCoverage {
	return cellCoverage{
		row: row, column: column, doubleArea: 2 * c.side * height,
		length: 2 * c.side, x: c.side * c.side, y: c.side * c.side, xx: c.side * c.side,
	}
}

// run is how far the polygon runs through the cell, in grid units: half the
// length of its sides there.
func (t *cellCoverage) run() int64 { return t.length / 2 }

// middle returns the middle of the sides, in tile units from the corner of the cell.
func (t *cellCoverage) middle(shift int) (x, y int64) {
	if t.length == 0 {
		return smallCell / 2, smallCell / 2
	}
	return t.x / t.length >> shift, t.y / t.length >> shift
}

// slope is how the sides go on average: up or down for each unit along x, or
// along y where they are steep.
func (t *cellCoverage) slope() float64 {
	if long := max(t.xx, t.yy); long > 0 {
		return min(max(float64(t.xy)/float64(long), -1), 1)
	}
	return 0
}
