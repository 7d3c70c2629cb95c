package picture

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"

	"github.com/demarc-map/demarc/data/look"

	"github.com/go-text/typesetting/font/opentype"
	"github.com/paulmach/orb"
	"golang.org/x/image/vector"
)

// Pixels: as wide and high as og:image wants.
const pngWidth, pngHeight = 1200, 630

// canvas is an image that polygons, lines and text are drawn on.
type canvas struct {
	*image.RGBA
	letters *letters
}

// text writes a line with its left end at a point of its baseline.
func (c *canvas) text(at orb.Point, l line, ink color.Color) {
	var steps []outline
	box := at.Bound()
	for _, r := range l.runs {
		for _, s := range r.drawn {
			moved := outline{op: s.op}
			for _, p := range s.to {
				moved.to = append(moved.to, orb.Point{at[0] + p[0], at[1] + p[1]})
				box = box.Extend(moved.to[len(moved.to)-1])
			}
			steps = append(steps, moved)
		}
	}
	window := image.Rect(int(math.Floor(box.Min[0])), int(math.Floor(box.Min[1])), int(math.Ceil(box.Max[0]))+1, int(math.Ceil(box.Max[1]))+1).Intersect(c.Bounds())
	if window.Empty() {
		return
	}
	area := vector.NewRasterizer(window.Dx(), window.Dy())
	for _, s := range steps {
		var p [6]float32
		for i, q := range s.to {
			p[2*i], p[2*i+1] = float32(q[0]-float64(window.Min.X)), float32(q[1]-float64(window.Min.Y))
		}
		switch s.op {
		case opentype.SegmentOpMoveTo:
			area.ClosePath()
			area.MoveTo(p[0], p[1])
		case opentype.SegmentOpLineTo:
			area.LineTo(p[0], p[1])
		case opentype.SegmentOpQuadTo:
			area.QuadTo(p[0], p[1], p[2], p[3])
		case opentype.SegmentOpCubeTo:
			area.CubeTo(p[0], p[1], p[2], p[3], p[4], p[5])
		}
	}
	area.ClosePath()
	area.Draw(c.RGBA, window, image.NewUniform(ink), image.Point{})
}

// name writes a name with a halo, the middle of its baseline at a point.
func (c *canvas) name(at orb.Point, bold bool, size float64, ink color.Color, said string) {
	for _, l := range c.letters.set(said, bold, size, pngWidth) {
		left := at[0] - l.width/2
		for k := range 8 { // the letters themselves, shifted
			sin, cos := math.Sincos(float64(k) * math.Pi / 4)
			c.text(orb.Point{left + 1.4*cos, at[1] + 1.4*sin}, l, rgba(look.Halo, 1))
		}
		c.text(orb.Point{left, at[1]}, l, ink)
	}
}

// fill paints what is inside rings; a hole runs the other way than its shell.
func (c *canvas) fill(rings [][]orb.Point, ink color.Color) {
	window := c.window(rings, 0)
	if window.Empty() {
		return
	}
	traced(rings, window).Draw(c.RGBA, window, image.NewUniform(ink), image.Point{})
}

// cover paints what is inside rings with a colour or pattern.
func (c *canvas) cover(rings [][]orb.Point, paint look.Paint) {
	window := c.window(rings, 0)
	mask, tiles := image.NewAlpha(window), image.NewRGBA(window)
	traced(rings, window).Draw(mask, window, image.Opaque, image.Point{})
	for y := window.Min.Y; y < window.Max.Y; y++ {
		for x := window.Min.X; x < window.Max.X; x++ {
			if mask.AlphaAt(x, y).A > 0 {
				tiles.Set(x, y, paint.At(2*x, 2*y))
			}
		}
	}
	draw.DrawMask(c.RGBA, window, tiles, window.Min, mask, window.Min, draw.Over)
}

// stroke paints along lines: a quadrangle for each segment and a disc at each
// bend, all running the same way round, so that what overlaps is painted once.
func (c *canvas) stroke(lines [][]orb.Point, width float64, ink color.Color) {
	half := width / 2
	window := c.window(lines, half)
	if window.Empty() {
		return
	}
	area := traced(nil, window)
	for _, line := range lines {
		for i, p := range line {
			disc := make([]orb.Point, 12)
			for k := range disc {
				sin, cos := math.Sincos(2 * math.Pi * float64(k) / float64(len(disc)))
				disc[k] = orb.Point{p[0] + half*cos, p[1] + half*sin}
			}
			trace(area, disc, window.Min)
			if i == 0 {
				continue
			}
			q := line[i-1]
			length := math.Hypot(p[0]-q[0], p[1]-q[1])
			if length == 0 {
				continue
			}
			x, y := half*(p[1]-q[1])/length, half*(q[0]-p[0])/length // to the left, as seen with y down
			trace(area, []orb.Point{{q[0] + x, q[1] + y}, {p[0] + x, p[1] + y}, {p[0] - x, p[1] - y}, {q[0] - x, q[1] - y}}, window.Min)
		}
	}
	area.Draw(c.RGBA, window, image.NewUniform(ink), image.Point{})
}

// window is the part of the canvas that lines with so much on each side can touch:
// the rest needs no work.
func (c *canvas) window(lines [][]orb.Point, side float64) image.Rectangle {
	box := image.Rectangle{}
	for _, line := range lines {
		b := orb.LineString(line).Bound().Pad(side)
		box = box.Union(image.Rect(int(math.Floor(b.Min[0])), int(math.Floor(b.Min[1])), int(math.Ceil(b.Max[0]))+1, int(math.Ceil(b.Max[1]))+1))
	}
	return box.Intersect(c.Bounds())
}

// traced is a rasterizer of a window with rings in it.
func traced(rings [][]orb.Point, window image.Rectangle) *vector.Rasterizer {
	area := vector.NewRasterizer(window.Dx(), window.Dy())
	for _, ring := range rings {
		trace(area, ring, window.Min)
	}
	return area
}

func trace(area *vector.Rasterizer, ring []orb.Point, origin image.Point) {
	for i, p := range ring {
		x, y := float32(p[0]-float64(origin.X)), float32(p[1]-float64(origin.Y))
		if i == 0 {
			area.MoveTo(x, y)
		} else {
			area.LineTo(x, y)
		}
	}
	area.ClosePath()
}

// rgba reads #rrggbb at an opacity of 0 to 1.
func rgba(hex string, opacity float64) color.NRGBA {
	var r, g, b uint8
	_, _ = fmt.Sscanf(hex, "#%02x%02x%02x", &r, &g, &b) // only constants of this package come here
	return color.NRGBA{r, g, b, uint8(math.Round(opacity * 255))}
}
