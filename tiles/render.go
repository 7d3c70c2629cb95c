package tiles

import (
	"bytes"
	"context"

	"github.com/demarc-map/demarc/data"
)

// render makes a tile: nil when nothing is in it.
func (c *canvas) render(ctx context.Context, at address) (*Tile, error) {
	c.view = c.options.view(at.z, at.x, at.y)
	c.clipper.window = c.view.window
	var notes Notes
	c.found, notes.Small = c.prepared.findShown(c.parts, c.found[:0], c.view.search(), c.view.zoom)
	c.found, notes.Dropped = c.preselect(c.found)
	merged, err := c.draw(ctx)
	if err != nil {
		return nil, err
	}
	notes.Merged = merged
	c.write(&notes)
	if len(c.tile) == 0 {
		return nil, nil
	}
	return c.options.Store.share(bytes.Clone(c.tile), notes), nil
}

// draw draws the features of the parts found, and returns how many tiny
// polygons were merged into others.
func (c *canvas) draw(ctx context.Context) (merged int, err error) {
	p := c.prepared
	c.geometry.bytes, c.drawn = c.geometry.bytes[:0], c.drawn[:0]
	c.small.begin(c.view.window)
	layer := int32(-1)
	for rest := c.found; len(rest) > 0; {
		number := p.parts[rest[0]].feature
		n := 1
		for n < len(rest) && p.parts[rest[n]].feature == number {
			n++
		}
		f := &p.features[number]
		if f.layer != layer {
			layer = f.layer
			c.small.next()
			if err := ctx.Err(); err != nil {
				return 0, err
			}
		} else if p.layers[layer].name == data.HeldLayer {
			c.small.next()
		}
		begin := len(c.geometry.bytes)
		if err := c.drawFeature(ctx, f, rest[:n]); err != nil {
			return 0, err
		}
		if end := len(c.geometry.bytes); end > begin {
			c.drawn = append(c.drawn, drawn{feature: number, commands: span{begin, end}})
		}
		rest = rest[n:]
	}
	return c.small.merged, nil
}
