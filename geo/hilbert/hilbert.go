// Package hilbert numbers the cells of a square along the Hilbert curve, so that
// cells with near numbers lie near each other.
//
// A square of order n has 2ⁿ × 2ⁿ cells. The curve begins at cell (0, 0), ends
// at (2ⁿ−1, 0), and goes from each cell to one beside it. It is refined in
// place: the four cells into which cell number d falls at order n+1 have the
// numbers 4d to 4d+3. With y down it is the curve that PMTiles 3 numbers the
// tiles of a zoom by.
package hilbert

// MaxOrder is the highest order: numbers have 64 bits.
const MaxOrder = 32

// Number returns how far along the curve the cell (x, y) of a square lies, from
// 0 to 4ⁿ−1. Bits of x and y beyond the order are not looked at.
//
// From each square to the quarter that holds the cell, the curve in it is the
// whole one, mirrored in a diagonal when that is the first or the last quarter
// (J. Skilling, 2004: Programming the Hilbert curve).
func Number(order uint, x, y uint32) uint64 {
	var d uint64
	for half := uint64(1) << order >> 1; half > 0; half >>= 1 {
		s := uint32(half)
		var right, up uint32
		if x&s != 0 {
			right = 1
		}
		if y&s != 0 {
			up = 1
		}
		d = d<<2 | uint64(3*right^up)
		if up == 0 {
			if right == 1 {
				x, y = ^x, ^y
			}
			x, y = y, x
		}
	}
	return d
}

// Cell returns the cell that lies d along the curve: the opposite of Number.
func Cell(order uint, d uint64) (x, y uint32) {
	for i := range order {
		s := uint32(1) << i
		right := uint32(d>>1) & 1
		up := uint32(d)&1 ^ right
		if up == 0 {
			if right == 1 {
				x, y = s-1-x, s-1-y
			}
			x, y = y, x
		}
		x, y = x|right<<i, y|up<<i
		d >>= 2
	}
	return x, y
}
