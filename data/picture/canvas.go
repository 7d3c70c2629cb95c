package picture

import (
	"fmt"
	"image"
	"image/color"
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
	pen := font.Drawer{Dst: c, Src: image.NewUniform(ink), Face: face, Dot: fixed.P(x, y)}
	pen.DrawString(said)
	return face.Close()
}

// fill paints what is inside rings; a hole runs the other way than its shell.
func (c *canvas) fill(rings [][]orb.Point, ink color.Color) {
	area := vector.NewRasterizer(pngWidth, pngHeight)
	for _, ring := range rings {
		trace(area, ring)
	}
	area.Draw(c, c.Bounds(), image.NewUniform(ink), image.Point{})
}

// cover paints what is inside rings with a colour or pattern.
func (c *canvas) cover(rings [][]orb.Point, paint look.Paint) {
	area := vector.NewRasterizer(pngWidth, pngHeight)
	for _, ring := range rings {
		trace(area, ring)
	}
	area.Draw(c, c.Bounds(), tiled{paint}, image.Point{})
}

// tiled is a paint without end.
type tiled struct{ paint look.Paint }

func (t tiled) ColorModel() color.Model { return color.NRGBAModel }
func (t tiled) Bounds() image.Rectangle { return image.Rect(-1e9, -1e9, 1e9, 1e9) }
func (t tiled) At(x, y int) color.Color { return t.paint.At(2*x, 2*y) }

// stroke paints along lines: a quadrangle for each segment and a disc at each
// bend, all running the same way round, so that what overlaps is painted once.
func (c *canvas) stroke(lines [][]orb.Point, width float64, ink color.Color) {
	area := vector.NewRasterizer(pngWidth, pngHeight)
	half := width / 2
	for _, line := range lines {
		for i, p := range line {
			disc := make([]orb.Point, 12)
			for k := range disc {
				sin, cos := math.Sincos(2 * math.Pi * float64(k) / float64(len(disc)))
				disc[k] = orb.Point{p[0] + half*cos, p[1] + half*sin}
			}
			trace(area, disc)
			if i == 0 {
				continue
			}
			q := line[i-1]
			length := math.Hypot(p[0]-q[0], p[1]-q[1])
			if length == 0 {
				continue
			}
			x, y := half*(p[1]-q[1])/length, half*(q[0]-p[0])/length // to the left, as seen with y down
			trace(area, []orb.Point{{q[0] + x, q[1] + y}, {p[0] + x, p[1] + y}, {p[0] - x, p[1] - y}, {q[0] - x, q[1] - y}})
		}
	}
	area.Draw(c, c.Bounds(), image.NewUniform(ink), image.Point{})
}

func trace(area *vector.Rasterizer, ring []orb.Point) {
	for i, p := range ring {
		if i == 0 {
			area.MoveTo(float32(p[0]), float32(p[1]))
		} else {
			area.LineTo(float32(p[0]), float32(p[1]))
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
