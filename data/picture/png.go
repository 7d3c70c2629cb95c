package picture

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"
	"math"
	"slices"

	"github.com/demarc-map/demarc/data/look"

	"github.com/paulmach/orb"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
)

// PNG draws figure and map as a small picture. Its words should be English,
// since its fonts are Latin.
func PNG(said Statement) ([]byte, error) { return NewPlate(said).PNG(said) }

// pngNames is how much larger names are on a small picture, which is mostly seen smaller
// than it is.
const pngNames = 1.35

// Plate is the map of a small picture without its words: the same on every day of
// an edition for one place. It is only read once it is made.
type Plate struct {
	drawn *image.RGBA
	towns []town
}

// PlateBytes is how much memory a plate takes.
const PlateBytes = 4 * pngWidth * pngHeight

// NewPlate draws the map of a statement.
func NewPlate(said Statement) *Plate {
	s := newSheet(said, orb.Bound{Min: orb.Point{640, 36}, Max: orb.Point{pngWidth - 40, pngHeight - 36}})
	c := &canvas{RGBA: image.NewRGBA(image.Rect(0, 0, pngWidth, pngHeight))}
	draw.Draw(c.RGBA, c.Bounds(), image.White, image.Point{}, draw.Src)
	s.pngContext(c, pngPaper())
	s.pngShapes(c)
	return &Plate{c.RGBA, s.towns(boundOf(pngPaper()), pngNames, nil)}
}

// PNG writes the words of a statement beside the map, which has to be that of its
// edition and place.
func (p *Plate) PNG(said Statement) ([]byte, error) {
	c, err := p.with(said)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed} // a sixth of the time of the best for 5 % more
	err = encoder.Encode(&out, c.RGBA)
	return out.Bytes(), err
}

// with is the picture in full.
func (p *Plate) with(said Statement) (*canvas, error) {
	regular, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, err
	}
	bold, err := opentype.Parse(gobold.TTF)
	if err != nil {
		return nil, err
	}
	c := &canvas{&image.RGBA{Pix: slices.Clone(p.drawn.Pix), Stride: p.drawn.Stride, Rect: p.drawn.Rect}, regular, bold}
	if err := c.towns(p.towns); err != nil {
		return nil, err
	}
	return c, said.pngWords(c)
}

func (s *sheet) pngShapes(c *canvas) {
	whole := s.rings(s.territories[0].Shape)
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

// pngLine is a run of words: its lines and where the next run begins.
type pngLine struct {
	face   *opentype.Font
	size   float64 // pixels
	colour string
	said   string
	most   int     // characters
	after  float64 // pixels to the next run
}

// pngLast is the lowest baseline that a picture has room for.
const pngLast = pngHeight - 14

// pngWords writes what the picture says, smaller where it would not fit: the
// source and the snapshot are on every picture.
func (s *Statement) pngWords(c *canvas) error {
	lines := []pngLine{
		{c.bold, 40, look.Ink, s.In(s.dataset().Title), 24, 46},
		{c.regular, 30, quietColour, s.Date(), 34, 34},
		{c.regular, 22, quietColour, s.Age(), 46, 110},
		{c.bold, 112, look.Ink, s.Percent(), 8, 62},
		{c.bold, 28, look.Ink, s.Held(), 34, 36},
		{c.regular, 28, look.Ink, s.Areas(), 36, 44},
		{c.regular, 22, quietColour, s.Band(), 46, 30},
		{c.regular, 22, quietColour, s.Reading(), 46, 44},
		{c.regular, 14, quietColour, s.Credit(), 72, 20},
		{c.regular, 14, quietColour, "demarc · " + short(s.Share.Snapshot), 72, 20},
	}
	scale := 1.0
	for ; scale > 0.4; scale -= 0.04 {
		last, _ := placed(lines, scale, func(pngLine, int, string) error { return nil })
		if last <= pngLast {
			break
		}
	}
	_, err := placed(lines, scale, func(l pngLine, y int, said string) error {
		return c.text(48, y, l.face, l.size*scale, rgba(l.colour, 1), said)
	})
	return err
}

// placed hands each line with its baseline to write, and returns the last baseline.
func placed(lines []pngLine, scale float64, write func(l pngLine, y int, said string) error) (last int, err error) {
	y := 92 * scale
	for _, l := range lines {
		broken := wrapped(l.said, int(float64(l.most)/scale))
		for i, said := range broken {
			if i > 0 {
				y += math.Floor(l.size * scale * 1.3)
			}
			last = int(y)
			if err := write(l, last, said); err != nil {
				return last, err
			}
		}
		y += l.after * scale
	}
	return last, nil
}

// short is enough of a snapshot's name to tell it from others.
func short(name string) string { return name[:min(len(name), 19)] }
