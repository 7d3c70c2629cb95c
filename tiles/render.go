package tiles

import (
	"bytes"
	"context"
)

// canvas is what one tile is made with; its memory serves the next one.
type canvas struct {
	tileset  *Tileset
	view     view
	found    []uint32
	path     []point
	spans    []span
	clipper  clipper
	cleaner  cleaner
	small    smallPolygons
	geometry geometry
	drawn    []drawn
	budget   budget
	writer   layerWriter
	tile     []byte
}

// newCanvas returns a canvas with room for a usual tile: growing into it would
// double the time of the first one.
func newCanvas(t *Tileset) *canvas {
	const features, size = 256, 16 << 10
	c := &canvas{tileset: t, found: make([]uint32, 0, features), drawn: make([]drawn, 0, features), tile: make([]byte, 0, size)}
	c.geometry.bytes, c.writer.features, c.writer.message = make([]byte, 0, size), make([]byte, 0, size), make([]byte, 0, size)
	c.cleaner.budget = cleanBudget
	return c
}

// drawn is a feature of the tile and the commands that draw it.
type drawn struct {
	feature  uint32
	commands span // of geometry.bytes
	bytes    int  // how many it takes in the tile
}

// render makes a tile: nil when nothing is in it.
func (t *Tileset) render(ctx context.Context, at address) (*Tile, error) {
	c := t.canvases.Get().(*canvas)
	defer t.canvases.Put(c)
	c.view = t.options.view(at.z, at.x, at.y)
	c.clipper.window = c.view.window
	c.found = t.find(c.found[:0], c.view.search())
	var notes Notes
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
	return t.options.Store.share(bytes.Clone(c.tile), notes), nil
}

// draw draws the features of the parts found, and returns how many tiny
// polygons were merged into others.
func (c *canvas) draw(ctx context.Context) (merged int, err error) {
	p := c.tileset.prepared
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
