package tiles

import "iter"

// Covered gives the tiles of a zoom, x and y, that may show anything: those
// whose square, with the buffer, meets the box of a part of a feature. All
// others are empty. They come in the order of the Hilbert curve that PMTiles
// numbers tiles by, so that tiles near each other come soon after each other.
//
// Whoever wants every tile has to ask here and not go down from tiles that are
// not empty: a sliver that has no width at one zoom may have one at the next.
func (t *Tileset) Covered(z uint32) iter.Seq2[uint32, uint32] {
	return func(yield func(x, y uint32) bool) {
		if z <= t.options.MaxZoom {
			t.cover(address{}, curve{}, z, yield)
		}
	}
}

// cover goes down from a tile to those of zoom z, while yield says so. What is
// searched for a tile holds what is searched for those below it, so nothing is
// missed where the search ends.
func (t *Tileset) cover(at address, c curve, z uint32, yield func(x, y uint32) bool) bool {
	v := t.options.view(at.z, at.x, at.y)
	if !t.index.any(v.search()) {
		return true
	}
	if at.z == z {
		return yield(at.x, at.y)
	}
	for k := range uint32(4) {
		x, y, below := c.quarter(k)
		if !t.cover(address{at.z + 1, 2*at.x + x, 2*at.y + y}, below, z, yield) {
			return false
		}
	}
	return true
}

// curve is how the Hilbert curve lies in a square: as it begins (from the upper
// left by the lower left and lower right to the upper right quarter), turned by
// half, with its axes swapped, or both.
type curve struct{ turned, swapped bool }

// quarter returns which column and row of its four quarters the curve runs
// through as number k, and how it lies in it.
func (c curve) quarter(k uint32) (x, y uint32, in curve) {
	x, y = k>>1, (k>>1)^(k&1)
	in = c
	if y == 0 {
		in = curve{turned: c.turned != (x == 1), swapped: !c.swapped}
	}
	if c.turned {
		x, y = 1-x, 1-y
	}
	if c.swapped {
		x, y = y, x
	}
	return x, y, in
}
