package tiles

import (
	"context"
	"math"
	"slices"
)

// A feature of many vertices is drawn ahead, by NewTileset, at the few zooms at
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
	aheadVertices = 64 // a feature has to have so many

	aheadSide  = 11 // its longer side is less than 2¹¹ tile units at the last zoom it is drawn ahead for
	aheadZooms = 7  // how many zooms there are, up to that one

	aheadBytes = 5    // of commands for each vertex, over all zooms, the lowest first
	aheadWork  = 1024 // at each zoom for each vertex, as arrange.Arrangement.Budget counts
)

// ahead is what is drawn ahead of one feature.
type ahead struct {
	parts  span
	box    box
	first  int32  // the first zoom, which may be one that the tileset has not
	simple uint32 // bit k: at zoom first + k the rings do not meet as they are
	at     [aheadZooms]whole
}

// whole is a feature at one zoom; without commands it is not drawn ahead.
type whole struct {
	from       vertex // its first point, in tile units from the corner of the map
	begin, end uint32 // range of prepared.commands: what follows the first point
}

// drawAhead draws features ahead, zoom by zoom, as tiles use them.
func (t *Tileset) drawAhead() {
	p := t.prepared
	p.listAhead(&t.options)
	if len(p.ahead) == 0 {
		return
	}
	c := newCanvas(t)
	for z := t.options.MinZoom; z <= t.options.MaxZoom; z++ {
		for i := range p.ahead {
			a := &p.ahead[i]
			if k, ok := a.zoom(uint8(z)); ok {
				a.at[k] = c.drawWhole(a, z)
				if !c.cleaner.cleaned && !c.tiny.open {
					a.simple |= 1 << k
				}
			}
		}
	}
	p.commands = slices.Clone(p.commands)
}

// listAhead finds which features to draw ahead at which zooms.
func (p *prepared) listAhead(o *Options) {
	for begin, end := 0, 0; begin < len(p.parts); begin = end {
		f := &p.features[p.parts[begin].feature]
		a := ahead{box: noBox, first: int32(o.shift(0) - aheadZooms + 1)}
		for ; end < len(p.parts) && p.parts[end].feature == p.parts[begin].feature; end++ {
			a.box = a.box.Union(p.parts[end].box)
		}
		a.parts = span{begin, end}
		if f.kind != polygons || p.count(a.parts) < aheadVertices {
			continue
		}
		for side := longerSide(a.box); side >= 1<<aheadSide; side >>= 1 {
			a.first--
		}
		p.ahead = append(p.ahead, a)
		f.ahead = uint32(len(p.ahead))
	}
}

// count counts the vertices of a range of parts.
func (p *prepared) count(parts span) int {
	first, last := p.parts[parts.begin], p.parts[parts.end-1]
	return int(p.rings[last.end-1].end - p.rings[first.ring].begin)
}

// bytes is how many bytes of commands are drawn ahead.
func (a *ahead) bytes() (n int) {
	for _, w := range a.at {
		n += int(w.end - w.begin)
	}
	return n
}

// drawWhole draws a feature at one zoom and appends to prepared.commands, unless
// the tile has to draw it: when it would take more bytes or work than it is
// allowed, or when what is tiny in it depends on what lies around.
func (c *canvas) drawWhole(a *ahead, z uint32) whole {
	p := c.tileset.prepared
	c.view = view{zoom: uint8(z), shift: c.tileset.options.shift(z), window: window{-1, 1<<aheadSide + 2}}
	corner := c.view.snap(vertex{a.box.MinX, a.box.MinY})
	c.view.x, c.view.y = corner.X, corner.Y
	c.cutter.window = c.view.window
	c.tiny.begin(c.view.window)
	c.geometry.bytes, c.found = c.geometry.bytes[:0], c.found[:0]
	for i := a.parts.begin; i < a.parts.end; i++ {
		c.found = append(c.found, uint32(i))
	}
	c.cleaner.budget = aheadWork * int64(p.count(a.parts))
	err := c.drawFeature(context.Background(), &p.features[p.parts[a.parts.begin].feature], c.found)
	if err != nil || c.tiny.open || len(c.geometry.bytes) == 0 {
		return whole{}
	}
	from, rest := firstPoint(c.geometry.bytes)
	begin, end := len(p.commands), len(p.commands)+len(rest)
	if len(rest)+a.bytes() > aheadBytes*p.count(a.parts) || end > math.MaxUint32 {
		return whole{}
	}
	p.commands = append(p.commands, rest...)
	return whole{from: c.view.place(from), begin: uint32(begin), end: uint32(end)}
}

// zoom returns which of the zooms that a feature is drawn ahead for a zoom is.
func (a *ahead) zoom(z uint8) (k int32, ok bool) {
	k = int32(z) - a.first
	return k, k >= 0 && k < aheadZooms
}

// whole returns what was drawn ahead of a feature for a view that shows all of it.
func (p *prepared) whole(f *feature, v *view) (w whole, ok bool) {
	if f.ahead == 0 {
		return w, false
	}
	a := &p.ahead[f.ahead-1]
	k, ok := a.zoom(v.zoom)
	if !ok || a.at[k].begin == a.at[k].end || !v.within(a.box) {
		return w, false
	}
	return a.at[k], true
}

// simple reports whether the rings of a feature are known not to meet at a zoom.
func (p *prepared) simple(f *feature, zoom uint8) bool {
	if f.ahead == 0 {
		return false
	}
	a := &p.ahead[f.ahead-1]
	k, ok := a.zoom(zoom)
	return ok && a.simple>>k&1 != 0
}
