package server

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"net/http"

	"github.com/demarc-map/demarc/data/style"

	"github.com/paulmach/orb"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// The picture that a link to the page shows: as wide and high as og:image wants.
const pngWidth, pngHeight = 1200, 630

// mapPNG answers GET /map.png: figure and map as a small picture. Its words are
// English whatever lang says, since its fonts are Latin.
func (s *Server) mapPNG(r *http.Request) (*answer, error) {
	place, p, query, err := s.sheetOf(r)
	if err != nil {
		return nil, err
	}
	a, err := s.cached(fmt.Sprint("map.png ", place.snapshot.Name(), query), s.figures.behind(func(ctx context.Context) (*answer, error) {
		share, err := place.snapshot.Share(ctx, query)
		if err != nil {
			return nil, err
		}
		drawn := newSheet(statement{&english, place, share}, orb.Bound{Min: orb.Point{640, 36}, Max: orb.Point{pngWidth - 40, pngHeight - 36}})
		text, err := drawn.png()
		if err != nil {
			return nil, err
		}
		return &answer{contentType: contentType("map.png"), body: s.coder.Body(text)}, nil
	}))
	return p.kept(picture(a, place), err)
}

// canvas is an image that polygons, lines and text are drawn on.
type canvas struct {
	*image.RGBA
	regular, bold *opentype.Font
}

func (s *sheet) png() ([]byte, error) {
	regular, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, err
	}
	bold, err := opentype.Parse(gobold.TTF)
	if err != nil {
		return nil, err
	}
	c := &canvas{image.NewRGBA(image.Rect(0, 0, pngWidth, pngHeight)), regular, bold}
	draw.Draw(c, c.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(c, image.Rect(600, 0, pngWidth, pngHeight), image.NewUniform(rgba(style.Around, 1)), image.Point{}, draw.Src)
	s.pngShapes(c)
	if err := s.pngWords(c); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	err = encoder.Encode(&out, c)
	return out.Bytes(), err
}

func (s *sheet) pngShapes(c *canvas) {
	whole := s.rings(s.territories[0].Shape)
	c.fill(whole, rgba(style.Land, 1))
	for _, z := range s.zones {
		rings := s.rings(z.Shape)
		if firm(z.Status) {
			c.fill(rings, rgba(style.Held, style.HeldOpacity))
			c.stroke(rings, 2, rgba(style.HeldOutline, 1))
		} else {
			c.fill(rings, rgba(style.Disputed, 0.25))
			c.stroke(rings, 2, rgba(style.DisputedOutline, 1))
		}
	}
	for _, t := range s.territories[1:] {
		width, colour := 1.0, style.District
		if t.ID == s.share.Of {
			width, colour = 3, style.Ink
		}
		c.stroke(s.rings(t.Shape), width, rgba(colour, 1))
	}
	c.stroke(whole, 1.2, rgba(style.Coast, 1))
	for _, l := range s.lines {
		path := [][]orb.Point{s.path(l.Shape)}
		c.stroke(path, 6, rgba(style.Casing, 1))
		c.stroke(path, 3, rgba(style.LineColour(l.ID, l.Kind), 1))
	}
}

func (s *sheet) pngWords(c *canvas) error {
	type line struct {
		face   *opentype.Font
		size   float64
		colour string
		said   string
		most   int // characters
		after  int // pixels to the next line
	}
	y := 92
	for _, l := range []line{
		{c.bold, 40, style.Ink, s.in(s.dataset().Title), 24, 46},
		{c.regular, 30, quietColour, s.Date(), 34, 120},
		{c.bold, 112, style.Ink, s.Percent(), 8, 62},
		{c.bold, 28, style.Ink, s.Held(), 34, 36},
		{c.regular, 28, style.Ink, s.Areas(), 36, 44},
		{c.regular, 22, quietColour, s.Band(), 46, 30},
		{c.regular, 22, quietColour, s.Reading(), 46, 44},
		{c.regular, 14, quietColour, s.Attribution(), 72, 20},
		{c.regular, 14, quietColour, "demarc · " + short(s.share.Snapshot), 72, 20},
	} {
		lines := wrapped(l.said, l.most)
		for i, said := range lines {
			if err := c.text(48, y, l.face, l.size, rgba(l.colour, 1), said); err != nil {
				return err
			}
			if i < len(lines)-1 {
				y += int(l.size * 1.3)
			}
		}
		y += l.after
	}
	return nil
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

// short is enough of a snapshot's name to tell it from others.
func short(name string) string { return name[:min(len(name), 19)] }
