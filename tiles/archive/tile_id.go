package archive

import "github.com/demarc-map/demarc/geo/hilbert"

// tileID numbers tiles as PMTiles 3 does: zoom by zoom, within a zoom along the
// Hilbert curve from the upper left to the upper right corner.
func tileID(z, x, y uint32) uint64 {
	below := (uint64(1)<<(2*z) - 1) / 3 // tiles of all lower zooms
	return below + hilbert.Number(uint(z), x, y)
}
