package picture

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"

	"github.com/demarc-map/demarc/data/look"

	"github.com/paulmach/orb"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// Pixels: as wide and high as og:image wants.
const pngWidth, pngHeight = 1200, 630

// canvas is an image that polygons, lines and text are drawn on.
type canvas struct {
	*image.RGBA
	regular, bold *opentype.Font
}

func (c *canvas) text(x, y int, f *opentype.Font, size float64, ink color.Color, said string) error {
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return err
	}
	pen := font.Drawer{Dst: c.RGBA, Src: image.NewUniform(ink), Face: face, Dot: fixed.P(x, y)}
	pen.DrawString(said)
	return face.Close()
}

// name writes a name with a halo, the middle of its baseline at a point.
func (c *canvas) name(at orb.Point, f *opentype.Font, size float64, ink color.Color, said string) error {
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return err
	}
	pen := font.Drawer{Dst: c.RGBA, Src: image.NewUniform(rgba(look.Halo, 1)), Face: face}
	half := float64(pen.MeasureString(said)) / 128
	put := func(x, y float64) {
		pen.Dot = fixed.Point26_6{X: fixed.Int26_6(64 * (at[0] - half + x)), Y: fixed.Int26_6(64 * (at[1] + y))}
		pen.DrawString(said)
	}
	for k := range 8 { // the letters themselves, shifted: a font has no outline to stroke
		sin, cos := math.Sincos(float64(k) * math.Pi / 4)
		put(1.4*cos, 1.4*sin)
	}
	pen.Src = image.NewUniform(ink)
	put(0, 0)
	return face.Close()
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
