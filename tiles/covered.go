package tiles

import (
	"iter"

	"github.com/demarc-map/demarc/geo/hilbert"
)

// Covered gives the tiles of a zoom, x and y, that may show anything: those
// whose square, with the buffer, meets the box of a part of a feature. All
// others are empty. They come in the order of the Hilbert curve that PMTiles
// numbers tiles by, so that tiles near each other come soon after each other.
//
// Whoever wants every tile has to ask here and not go down from tiles that are
// not empty: the tail of a zone that has no width at one zoom may have one at the next.
func (t *Tileset) Covered(z uint32) iter.Seq2[uint32, uint32] {
	return func(yield func(x, y uint32) bool) {
		if z <= t.options.MaxZoom {
			t.cover(0, 0, z, yield)
		}
	}
}

// cover goes down from the tile with a number along the curve to those of zoom
// z, while yield says so. What is searched for a tile holds what is searched for
// those below it, so nothing is missed where the search ends.
func (t *Tileset) cover(zoom uint32, number uint64, z uint32, yield func(x, y uint32) bool) bool {
	x, y := hilbert.Cell(uint(zoom), number)
	v := t.options.view(zoom, x, y)
	if !t.parts.Any(v.search()) {
		return true
	}
	if zoom == z {
		return yield(x, y)
	}
	for k := range uint64(4) {
		if !t.cover(zoom+1, 4*number+k, z, yield) {
			return false
		}
	}
	return true
}
