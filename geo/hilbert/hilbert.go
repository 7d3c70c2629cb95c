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
	for i := order; i > 0; i-- {
		right, up := x>>(i-1)&1, y>>(i-1)&1
		d = d<<2 | uint64(3*right^up)
		x, y = mirror(x, y, right, up, ^uint32(0))
	}
	return d
}

// Cell returns the cell that lies d along the curve: the opposite of Number.
func Cell(order uint, d uint64) (x, y uint32) {
	for i := range order {
		right := uint32(d>>1) & 1
		up := uint32(d)&1 ^ right
		x, y = mirror(x, y, right, up, uint32(1)<<i-1)
		x, y = x|right<<i, y|up<<i
		d >>= 2
	}
	return x, y
}

// mirror mirrors a cell as the curve in a quarter is: in one diagonal in the
// first quarter, in the other in the last, and not at all in those between.
// Ones are the bits of x and y in the quarter. It does without branches, which
// nothing could foretell.
func mirror(x, y, right, up, ones uint32) (u, v uint32) {
	inverse := -(right &^ up) & ones
	x, y = x^inverse, y^inverse
	swap := (x ^ y) & (up - 1)
	return x ^ swap, y ^ swap
}
