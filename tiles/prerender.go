package tiles

import (
	"context"
	"math"
	"slices"
)

// A feature of many vertices is prerendered by NewTileset, at the few zooms at
// which it is small. A tile that shows all of it then takes the finished
// commands, which are the same wherever the feature lies in a tile, but for the
// first point; a tile that cuts it knows that its rings do not meet, and has to
// look only at what the cut moved. The commands come out of the same steps as
// any tile, in a view of the feature alone: they are the bytes that a tile
// makes of it without them.
//
// It takes time and memory, so features of few vertices are left out, for which
// a tile has little to do; and so is what is larger than half a tile, which
// more often than not is cut.
const (
	prerenderVertices = 64 // a feature has to have so many

	prerenderSide  = 11 // its longer side is less than 2¹¹ tile units at the last zoom it is prerendered for
	prerenderZooms = 7  // how many zooms there are, up to that one

	prerenderBytes = 5    // of commands for each vertex, over all zooms, the lowest first
	prerenderWork  = 1024 // at each zoom for each vertex, as arrange.Arrangement.Budget counts
)

// prerender prerenders features, zoom by zoom, as tiles use them.
func (p *prepared) prerender(ctx context.Context, o *Options) error {
	p.listPrerendered(o)
	if len(p.prerendered) == 0 {
		return nil
	}
	c := newCanvas(p, nil, o)
	for z := o.MinZoom; z <= o.MaxZoom; z++ {
		for i := range p.prerendered {
			if err := ended(ctx, i); err != nil {
				return err
			}
			a := &p.prerendered[i]
			if uint32(p.features[p.parts[a.parts.begin].feature].first) > z {
				continue
			}
			if k, ok := a.zoom(uint8(z)); ok {
				a.at[k] = c.prerenderFeature(ctx, a, z)
				if !c.cleaner.cleaned && !c.small.open {
					a.valid |= 1 << k
				}
			}
		}
	}
	p.commands = slices.Clone(p.commands)
	return context.Cause(ctx) // which may have ended in the last of them
}

// listPrerendered finds which features to prerender at which zooms.
func (p *prepared) listPrerendered(o *Options) {
	for begin, end := 0, 0; begin < len(p.parts); begin = end {
		f := &p.features[p.parts[begin].feature]
		a := prerendered{box: noBox, first: int32(o.shift(0) - prerenderZooms + 1)}
		for ; end < len(p.parts) && p.parts[end].feature == p.parts[begin].feature; end++ {
			a.box = a.box.Union(p.parts[end].box)
		}
		a.parts = span{begin, end}
		if f.kind != polygons || p.count(a.parts) < prerenderVertices {
			continue
		}
		for side := longerSide(a.box); side >= 1<<prerenderSide; side >>= 1 {
			a.first--
		}
		p.prerendered = append(p.prerendered, a)
		f.prerendered = uint32(len(p.prerendered))
	}
}

// prerenderFeature draws a feature at one zoom and appends to prepared.commands, unless
// the tile has to draw it: when it would take more bytes or work than it is
// allowed, or when what is tiny in it depends on what lies around.
func (c *canvas) prerenderFeature(ctx context.Context, a *prerendered, z uint32) rendering {
	p := c.prepared
	c.view = view{zoom: uint8(z), shift: c.options.shift(z), window: window{-1, 1<<prerenderSide + 2}}
	corner := c.view.snap(vertex{a.box.MinX, a.box.MinY})
	c.view.x, c.view.y = corner.X, corner.Y
	c.clipper.window = c.view.window
	c.small.begin(c.view.window)
	c.geometry.bytes, c.found = c.geometry.bytes[:0], c.found[:0]
	for i := a.parts.begin; i < a.parts.end; i++ {
		c.found = append(c.found, uint32(i))
	}
	c.cleaner.budget = prerenderWork * int64(p.count(a.parts))
	err := c.drawFeature(ctx, &p.features[p.parts[a.parts.begin].feature], c.found)
	if err != nil || c.small.open || len(c.geometry.bytes) == 0 {
		return rendering{}
	}
	from, rest := firstPoint(c.geometry.bytes)
	begin, end := len(p.commands), len(p.commands)+len(rest)
	if len(rest)+a.bytes() > prerenderBytes*p.count(a.parts) || end > math.MaxUint32 {
		return rendering{}
	}
	p.commands = append(p.commands, rest...)
	return rendering{from: c.view.place(from), begin: uint32(begin), end: uint32(end)}
}
