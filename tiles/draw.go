package tiles

import (
	"context"

	"github.com/demarc-map/demarc/geo/arrange"
)

// drawFeature adds the commands of the parts of one feature to c.geometry.
func (c *canvas) drawFeature(ctx context.Context, f *feature, parts []uint32) error {
	c.geometry.at = point{}
	c.clipper.points, c.spans = c.clipper.points[:0], c.spans[:0]
	switch f.kind {
	case points:
		c.drawPoints(parts)
	case lines:
		c.drawLines(parts)
	case polygons:
		if w, ok := c.prepared.rendering(f, &c.view); ok {
			c.geometry.rendering(c.view.point(w.from), c.prepared.commands[w.begin:w.end])
			return nil
		}
		return c.drawPolygons(ctx, parts, c.prepared.knownValid(f, c.view.zoom))
	}
	return nil
}

func (c *canvas) drawPoints(parts []uint32) {
	p := c.prepared
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
	p := c.prepared
	for _, i := range parts {
		r := &p.rings[p.parts[i].ring]
		c.path = p.snapRing(c.path[:0], r, &c.view)
		if len(c.path) == 1 && c.view.window.side(c.path[0]) == 0 { // too short for the zoom: one unit stays in sight
			c.path = append(c.path, point{X: c.path[0].X + 1, Y: c.path[0].Y})
		}
		c.spans = c.clipper.line(c.path, c.spans)
	}
	for _, s := range c.spans {
		c.geometry.line(c.clipper.points[s.begin:s.end])
	}
}

// drawPolygons draws the polygons of a feature; proven says that all of it, as
// it is at the zoom, is valid.
func (c *canvas) drawPolygons(ctx context.Context, parts []uint32, proven bool) error {
	p := c.prepared
	sure := true
	for _, i := range parts {
		part := &p.parts[i]
		if longerSide(part.box)>>c.view.shift == 0 {
			c.drawSmall(part)
			continue
		}
		if part.thin>>c.view.zoom&1 != 0 {
			c.drawThin(part)
			proven = false
			continue
		}
		c.clipper.reset()
		inside := c.view.within(part.box)
		for k := part.ring; k < part.end; k++ {
			c.path = p.snapRing(c.path[:0], &p.rings[k], &c.view)
			c.clipper.ring(c.path, inside)
		}
		begin := len(c.spans)
		var joined bool
		c.spans, joined = c.clipper.join(c.spans)
		twice := c.clipper.doubleArea(c.spans[begin:])
		if twice <= 0 {
			c.spans = c.spans[:begin]
			proven = false // there may be a square where there was nothing
			c.drawSmall(part)
			continue
		}
		if longerSide(part.box)>>c.view.shift < smallSide {
			if centre, area, ok := c.account(part); ok {
				c.small.enter(centre, area, float64(twice)/2)
			}
		}
		sure = sure && joined
	}
	cleaned, err := c.cleaner.polygons(ctx, c.view.window, c.clipper.points, c.spans, sure, proven)
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

// drawSmall adds the square of a polygon that has no area left, if it is due one.
func (c *canvas) drawSmall(part *part) {
	centre, area, ok := c.account(part)
	if !ok {
		return
	}
	corner, side := c.small.square(centre, area)
	if side == 0 {
		return
	}
	begin := len(c.clipper.points)
	for k := range int64(4) {
		q := window{0, side}.corner(k)
		c.clipper.points = append(c.clipper.points, point{X: corner.X + q.X, Y: corner.Y + q.Y})
	}
	c.spans = append(c.spans, span{begin, begin + 4})
}

// account returns where a small polygon is accounted for and its area in square
// tile units; ok is false when that is outside the window, or when the polygon
// is no small one but a long sliver.
func (c *canvas) account(part *part) (centre point, area float64, ok bool) {
	b := part.box
	centre = c.view.snap(vertex{int32((int64(b.MinX) + int64(b.MaxX)) / 2), int32((int64(b.MinY) + int64(b.MaxY)) / 2)})
	unit := float64(int64(1) << c.view.shift)
	ok = longerSide(b)>>c.view.shift <= 4*smallCell && c.view.window.side(centre) == 0
	return centre, c.prepared.area(part) / unit / unit, ok
}
