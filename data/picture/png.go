package picture

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"

	"github.com/demarc-map/demarc/data/look"

	"github.com/paulmach/orb"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
)

// PNG draws figure and map as a small picture. Its words should be English,
// since its fonts are Latin.
func PNG(said Statement) ([]byte, error) {
	return newSheet(said, orb.Bound{Min: orb.Point{640, 36}, Max: orb.Point{pngWidth - 40, pngHeight - 36}}).png()
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
	draw.Draw(c, image.Rect(600, 0, pngWidth, pngHeight), image.NewUniform(rgba(look.Around, 1)), image.Point{}, draw.Src)
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
	c.fill(whole, rgba(look.Land, 1))
	for _, p := range s.painted() {
		rings := s.rings(p.shape)
		c.cover(rings, p.mark.Paint)
		c.stroke(rings, 2, rgba(p.mark.Outline, 1))
	}
	for _, t := range s.territories[1:] {
		width, colour := 1.0, look.District
		if t.ID == s.Share.Of {
			width, colour = 3, look.Ink
		}
		c.stroke(s.rings(t.Shape), width, rgba(colour, 1))
	}
	c.stroke(whole, 1.2, rgba(look.Coast, 1))
	for _, l := range s.lines {
		path := [][]orb.Point{s.path(l.Shape)}
		c.stroke(path, 6, rgba(look.Casing, 1))
		c.stroke(path, 3, rgba(look.LineColour(l.ID, l.Kind), 1))
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
		{c.bold, 40, look.Ink, s.In(s.dataset().Title), 24, 46},
		{c.regular, 30, quietColour, s.Date(), 34, 34},
		{c.regular, 22, quietColour, s.Age(), 46, 110},
		{c.bold, 112, look.Ink, s.Percent(), 8, 62},
		{c.bold, 28, look.Ink, s.Held(), 34, 36},
		{c.regular, 28, look.Ink, s.Areas(), 36, 44},
		{c.regular, 22, quietColour, s.Band(), 46, 30},
		{c.regular, 22, quietColour, s.Reading(), 46, 44},
		{c.regular, 14, quietColour, s.Attribution(), 72, 20},
		{c.regular, 14, quietColour, "demarc · " + short(s.Share.Snapshot), 72, 20},
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

// short is enough of a snapshot's name to tell it from others.
func short(name string) string { return name[:min(len(name), 19)] }
