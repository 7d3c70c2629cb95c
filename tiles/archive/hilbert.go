package archive

// tileID numbers tiles as PMTiles 3 does: zoom by zoom, within a zoom along the
// Hilbert curve from the upper left to the upper right corner.
func tileID(z, x, y uint32) uint64 {
	id := (uint64(1)<<(2*z) - 1) / 3 // tiles of all lower zooms
	for s := uint32(1) << z >> 1; s > 0; s >>= 1 {
		rx, ry := x&s, y&s
		switch {
		case rx != 0 && ry != 0:
			id += 2 * uint64(s) * uint64(s)
		case rx != 0:
			id += 3 * uint64(s) * uint64(s)
		case ry != 0:
			id += uint64(s) * uint64(s)
		}
		if x, y = x&(s-1), y&(s-1); ry == 0 {
			if rx != 0 {
				x, y = s-1-x, s-1-y
			}
			x, y = y, x
		}
	}
	return id
}
