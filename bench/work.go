package main

import (
	"math/rand/v2"

	"github.com/demarc-map/demarc/bench/gen"
	"github.com/demarc-map/demarc/tiles"
)

// work is the tiles of a set that every maker makes, from the lowest zoom.
type work struct {
	set   *gen.Set
	ours  *tiles.Tileset
	tiles [][3]uint32       // z, x, y
	count [lastZoom + 1]int // of each zoom
	truth []map[int]float64 // true area of each tile's zones, in square tile units; nil until it is asked for
}

// newWork picks at most so many tiles of each zoom, by chance, of those that
// the zones' boxes meet.
func newWork(b *Bench, set *gen.Set, most int) (*work, error) {
	w := &work{set: set}
	var err error
	w.ours, err = tiles.NewTileset(b.ctx, []tiles.Layer{set.Layer()}, tiles.Options{Store: tiles.NewStore(1), MaxBytes: 1 << 30, MaxFeatures: 1 << 30})
	if err != nil {
		return nil, err
	}
	random := rand.New(rand.NewPCG(b.seed, 0))
	for z := uint32(firstZoom); z <= lastZoom; z++ {
		var level [][3]uint32
		seen := 0
		for x, y := range w.ours.Covered(z) { // reservoir sampling: Vitter (1985), algorithm R
			seen++
			if len(level) < most {
				level = append(level, [3]uint32{z, x, y})
			} else if at := random.IntN(seen); at < most {
				level[at] = [3]uint32{z, x, y}
			}
		}
		w.count[z] = len(level)
		w.tiles = append(w.tiles, level...)
	}
	return w, nil
}
