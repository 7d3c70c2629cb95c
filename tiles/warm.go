package tiles

import (
	"cmp"
	"context"
	"runtime"

	"github.com/demarc-map/demarc/internal/carry"
)

// Warm makes the tiles of the lowest zooms ahead, with all their compressed
// forms, zoom by zoom as long as they are no more than limit in all, and holds
// them for good. It returns how many it made. Tiles are answered meanwhile.
func (t *Tileset) Warm(ctx context.Context, limit, workers int) (int, error) {
	made := map[address]*Tile{}
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
		bodies, err := t.warmUp(ctx, level, workers)
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

// warmUp makes tiles with their compressed forms.
func (t *Tileset) warmUp(ctx context.Context, level []address, workers int) ([]*Tile, error) {
	bodies := make([]*Tile, len(level))
	group, ctx := carry.NewGroup(ctx)
	group.SetLimit(cmp.Or(workers, runtime.GOMAXPROCS(0)))
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
