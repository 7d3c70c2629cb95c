package tiles

import (
	"bytes"
	"context"

	"demarc/geo/arrange"
)

// canvas is what one tile is made with; its memory serves the next one.
type canvas struct {
	tileset  *Tileset
	view     view
	found    []uint32
	path     []point
	spans    []span
	cutter   cutter
	cleaner  cleaner
	tiny     tiny
	geometry geometry
	drawn    []drawn
	budget   budget
	writer   layerWriter
	tile     []byte
}

// drawn is a feature of the tile and the commands that draw it.
type drawn struct {
	feature  uint32
	commands span // of geometry.bytes
	bytes    int  // how many it takes in the tile
}

// render makes a tile: nil when nothing is in it.
func (t *Tileset) render(ctx context.Context, at address) (*Body, error) {
	c := t.canvases.Get().(*canvas)
	defer t.canvases.Put(c)
	c.view = t.options.view(at.z, at.x, at.y)
	c.cutter.window = c.view.window
	c.found = t.index.search(c.found[:0], c.view.search())
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
	c.tiny.begin(c.view.window)
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
			c.tiny.next()
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
	return c.tiny.merged, nil
}

// drawFeature adds the commands of the parts of one feature to c.geometry.
func (c *canvas) drawFeature(ctx context.Context, f *feature, parts []uint32) error {
	c.geometry.at = point{}
	c.cutter.points, c.spans = c.cutter.points[:0], c.spans[:0]
	switch f.kind {
	case points:
		c.drawPoints(parts)
	case lines:
		c.drawLines(parts)
	case polygons:
		return c.drawPolygons(ctx, parts)
	}
	return nil
}

func (c *canvas) drawPoints(parts []uint32) {
	p := c.tileset.prepared
	c.path = c.path[:0]
	for _, i := range parts {
		q := c.view.snap(p.vertices[p.rings[p.parts[i].ring].begin])
		if c.view.window.clamp(q) == q {
			c.path = append(c.path, q)
		}
	}
	if len(c.path) > 0 {
		c.geometry.points(c.path)
	}
}

func (c *canvas) drawLines(parts []uint32) {
	p := c.tileset.prepared
	for _, i := range parts {
		r := &p.rings[p.parts[i].ring]
		c.path = p.walk(c.path[:0], r, &c.view)
		if len(c.path) == 1 && c.view.window.side(c.path[0]) == 0 { // too short for the zoom: one unit stays in sight
			c.path = append(c.path, point{X: c.path[0].X + 1, Y: c.path[0].Y})
		}
		c.spans = c.cutter.line(c.path, c.spans)
	}
	for _, s := range c.spans {
		c.geometry.line(c.cutter.points[s.begin:s.end])
	}
}

func (c *canvas) drawPolygons(ctx context.Context, parts []uint32) error {
	p := c.tileset.prepared
	sure := true
	for _, i := range parts {
		part := &p.parts[i]
		if part.box.side()>>c.view.shift == 0 {
			c.drawTiny(part)
			continue
		}
		c.cutter.reset()
		for k := part.ring; k < part.end; k++ {
			c.path = p.walk(c.path[:0], &p.rings[k], &c.view)
			c.cutter.ring(c.path)
		}
		begin := len(c.spans)
		var linked bool
		c.spans, linked = c.cutter.link(c.spans)
		if c.cutter.doubleArea(c.spans[begin:]) <= 0 {
			c.spans = c.spans[:begin]
			c.drawTiny(part)
			continue
		}
		sure = sure && linked
	}
	cleaned, err := c.cleaner.polygons(ctx, c.view.window, c.cutter.points, c.spans, sure)
	for _, polygon := range cleaned {
		c.drawPolygon(polygon)
	}
	return err
}

func (c *canvas) drawPolygon(polygon arrange.Polygon) {
	for _, ring := range polygon {
		c.geometry.ring(ring)
	}
}

// drawTiny adds the square of a polygon that has no area left, if it is due one.
func (c *canvas) drawTiny(part *part) {
	b := part.box
	low, high := c.view.snap(vertex{b.minX, b.minY}), c.view.snap(vertex{b.maxX, b.maxY})
	centre := c.view.snap(vertex{int32((int64(b.minX) + int64(b.maxX)) / 2), int32((int64(b.minY) + int64(b.maxY)) / 2)})
	if max(high.X-low.X, high.Y-low.Y) > 4*tinyCell || c.view.window.side(centre) != 0 {
		return
	}
	unit := float64(int64(1) << c.view.shift)
	corner, side := c.tiny.square(centre, c.tileset.prepared.area(part)/unit/unit)
	if side == 0 {
		return
	}
	begin := len(c.cutter.points)
	for k := range int64(4) {
		q := window{0, side}.corner(k)
		c.cutter.points = append(c.cutter.points, point{X: corner.X + q.X, Y: corner.Y + q.Y})
	}
	c.spans = append(c.spans, span{begin, begin + 4})
}
