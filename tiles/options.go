package tiles

import (
	"context"
	"fmt"
	"math/bits"

	"github.com/demarc-map/demarc/data"
)

// Options of a tileset. The zero value of each field means its default.
type Options struct {
	MinZoom, MaxZoom uint32 // zooms that are answered: 0 and 16. MaxZoom keeps every vertex
	Extent           uint32 // tile units a side, a power of two from 256 to 8192: 4096
	Buffer           uint32 // tile units around the tile that are drawn too: 64
	MaxBytes         int    // size of a tile before compression: 500,000
	MaxFeatures      int    // features in a tile: 200,000
	// Tolerance is how much shape a tile may lose to simplification: the area, in
	// square tile units, of the least triangle with its neighbours that a vertex is
	// kept for. Zero means 1, a 64th of a pixel where a tile is drawn at 512 pixels.
	Tolerance float64
	Store     *Store // where encoded tiles and editions are held; nil means a store of its own

	// Admit is asked before an atlas makes an edition, which takes about so many
	// bytes while it is made; it may wait or refuse. nil admits all. The edition
	// that NewAtlas prepares is not asked about.
	Admit func(ctx context.Context, bytes int64) (leave func(), err error)
	Lazy  bool // NewAtlas prepares nothing

	// Keeper keeps what NewAtlas prepares of a large edition for the next start; nil keeps
	// nothing. It changes no tile.
	Keeper data.Keeper
}

// maxTolerance is the area of the largest tile, in square tile units.
const maxTolerance = 8192 * 8192

// withDefaults fills in what is zero and checks the rest.
func (o Options) withDefaults() (Options, error) {
	if o.MaxZoom == 0 {
		o.MaxZoom = 16
	}
	if o.Extent == 0 {
		o.Extent = 4096
	}
	if o.Buffer == 0 {
		o.Buffer = 64
	}
	if o.Tolerance == 0 {
		o.Tolerance = 1
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = 500_000
	}
	if o.MaxFeatures == 0 {
		o.MaxFeatures = 200_000
	}
	switch {
	case o.MinZoom > o.MaxZoom:
		return o, fmt.Errorf("tiles: zooms %d to %d are none", o.MinZoom, o.MaxZoom)
	case o.Extent&(o.Extent-1) != 0 || o.Extent < 256 || o.Extent > 8192:
		return o, fmt.Errorf("tiles: extent %d is not a power of two from 256 to 8192", o.Extent)
	case o.MaxZoom > gridBits || o.shift(o.MaxZoom) < 0:
		return o, fmt.Errorf("tiles: zoom %d of extent %d is finer than the grid of 2^%d", o.MaxZoom, o.Extent, gridBits)
	case o.Buffer > o.Extent/2:
		return o, fmt.Errorf("tiles: buffer %d is more than half the extent", o.Buffer)
	case !(o.Tolerance > 0 && o.Tolerance <= maxTolerance):
		return o, fmt.Errorf("tiles: tolerance %v is not above 0 and up to %d square tile units", o.Tolerance, maxTolerance)
	case o.MaxBytes < 0 || o.MaxFeatures < 0:
		return o, fmt.Errorf("tiles: negative size budget")
	}
	if o.Store == nil {
		o.Store = NewStore(0)
	}
	return o, nil
}

// shift is how many times the grid halves to become the tile units of a zoom.
func (o *Options) shift(z uint32) int {
	return gridBits - bits.TrailingZeros32(o.Extent) - int(z)
}
