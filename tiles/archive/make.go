package archive

import (
	"bytes"
	"context"
	"runtime"

	"github.com/demarc-map/demarc/internal/carry"
	"github.com/demarc-map/demarc/tiles"

	"github.com/klauspost/compress/gzip"
)

// batchSize is how many tiles are made before they are put into the journal.
const batchSize = 64

// batch is some tiles, one after the other.
type batch struct {
	tiles  []tile
	bodies [][]byte // compressed; nil when the tile is empty or its content is known
	shown  []bool
}

// makeTiles puts the tiles into the journal that are not in it yet.
func makeTiles(ctx context.Context, j *journal, atlas *tiles.Atlas, o *Options) error {
	done, total := 0, 0
	progress := func() {}
	if o.Progress != nil {
		err := eachCovered(ctx, atlas, o, func(tile) error { total++; return ctx.Err() })
		if err != nil {
			return err
		}
		progress = func() { o.Progress(done, total) }
	}
	resumed, last := j.count > 0, tileID(j.last.z, j.last.x, j.last.y)
	var b batch
	flush := func() error {
		if err := b.make(ctx, j, atlas, o); err != nil {
			return err
		}
		if err := b.put(j); err != nil {
			return err
		}
		progress()
		return nil
	}
	err := eachCovered(ctx, atlas, o, func(t tile) error {
		done++
		if resumed && tileID(t.z, t.x, t.y) <= last {
			return ctx.Err()
		}
		if b.tiles = append(b.tiles, t); len(b.tiles) < batchSize {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}

// eachCovered calls visit with every tile that may show anything, in the order of
// their numbers.
func eachCovered(ctx context.Context, atlas *tiles.Atlas, o *Options, visit func(tile) error) error {
	for z := o.MinZoom; z <= o.MaxZoom; z++ {
		covered, err := atlas.Covered(ctx, o.Edition, z)
		if err != nil {
			return err
		}
		for x, y := range covered {
			if err := visit(tile{z: z, x: x, y: y}); err != nil {
				return err
			}
		}
	}
	return nil
}

// make makes the tiles, on all processors.
func (b *batch) make(ctx context.Context, j *journal, atlas *tiles.Atlas, o *Options) error {
	b.bodies, b.shown = make([][]byte, len(b.tiles)), make([]bool, len(b.tiles))
	group, within := carry.NewGroup(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range b.tiles {
		group.Go(func() error {
			t := &b.tiles[i]
			if err := within.Err(); err != nil {
				return err
			}
			body, err := atlas.Tile(within, o.Edition, t.z, t.x, t.y)
			if err != nil || body == nil {
				return err
			}
			b.shown[i], t.hash = true, body.Sum()
			if _, known := j.contents[t.hash]; !known {
				b.bodies[i], err = compressed(body)
			}
			return err
		})
	}
	return group.Wait()
}

// put puts those that are not empty into the journal.
func (b *batch) put(j *journal) error {
	n := 0
	for i, shown := range b.shown {
		if shown {
			b.tiles[n], b.bodies[n] = b.tiles[i], b.bodies[i]
			n++
		}
	}
	err := j.add(b.tiles[:n], b.bodies[:n])
	b.tiles = b.tiles[:0]
	return err
}

// compressed returns a tile compressed by gzip: as it is served, or where it is
// served as it is because it is small, compressed all the same, since an archive
// has one compression for all tiles.
func compressed(body *tiles.Tile) ([]byte, error) {
	if form := body.Gzip(); form != nil {
		return form, nil
	}
	return compress(body.Identity(), gzip.StatelessCompression) // any other level needs a megabyte for each
}

// compress returns bytes compressed by gzip, without a time, so that the same
// bytes give the same.
func compress(plain []byte, level int) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, level)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	err = w.Close()
	return out.Bytes(), err
}
