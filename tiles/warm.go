package tiles

import (
	"context"
	"iter"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// warm holds the tiles made ahead, for as long as the tileset lives.
type warm struct {
	tiles atomic.Pointer[map[address]*Body]
}

func (w *warm) held(at address) (*Body, bool) {
	tiles := w.tiles.Load()
	if tiles == nil {
		return nil, false
	}
	b, ok := (*tiles)[at]
	return b, ok
}

// Warm makes the tiles of the lowest zooms ahead, with all their compressed
// forms, zoom by zoom as long as they are no more than limit in all, and holds
// them for good. It returns how many it made. Tiles are answered meanwhile.
func (t *Tileset) Warm(ctx context.Context, limit int) (int, error) {
	made := map[address]*Body{}
	for z := t.options.MinZoom; z <= t.options.MaxZoom; z++ {
		var level []address
		for x, y := range t.Covered(z) {
			if level = append(level, address{z, x, y}); len(made)+len(level) > limit {
				break
			}
		}
		if len(made)+len(level) > limit {
			break
		}
		bodies, err := t.warmUp(ctx, level)
		if err != nil {
			return 0, err
		}
		for i, at := range level {
			made[at] = bodies[i]
		}
	}
	t.warm.tiles.Store(&made)
	return len(made), nil
}

// warmUp makes tiles with their compressed forms, on all processors.
func (t *Tileset) warmUp(ctx context.Context, level []address) ([]*Body, error) {
	bodies := make([]*Body, len(level))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, at := range level {
		group.Go(func() error {
			body, err := t.Tile(ctx, at.z, at.x, at.y)
			if body != nil {
				body.Gzip()
				body.Brotli()
				body.Zstd()
			}
			bodies[i] = body
			return err
		})
	}
	return bodies, group.Wait()
}

// Covered gives the tiles of a zoom, x and y, that may show anything: those
// whose square, with the buffer, meets the box of a part of a feature. All
// others are empty.
func (t *Tileset) Covered(z uint32) iter.Seq2[uint32, uint32] {
	return func(yield func(x, y uint32) bool) {
		if z <= t.options.MaxZoom {
			t.cover(address{}, z, yield)
		}
	}
}

// cover goes down from a tile to those of zoom z, while yield says so.
func (t *Tileset) cover(at address, z uint32, yield func(x, y uint32) bool) bool {
	v := t.options.view(at.z, at.x, at.y)
	if !t.index.any(v.search()) {
		return true
	}
	if at.z == z {
		return yield(at.x, at.y)
	}
	for k := range uint32(4) {
		if !t.cover(address{at.z + 1, 2*at.x + k&1, 2*at.y + k>>1}, z, yield) {
			return false
		}
	}
	return true
}
