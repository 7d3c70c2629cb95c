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
)

// PNG draws figure and map as a small picture.
func PNG(said Statement) ([]byte, error) { return NewPlate(said).PNG(said) }

// pngNames is how much larger names are on a small picture, which is mostly seen smaller
// than it is.
const pngNames = 1.35

// Plate is the map of a small picture without its words: the same on every day of
// an edition for one place in one language. It is only read once it is made.
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
// edition, place and language.
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
	letters, err := newLetters(said.Words)
	if err != nil {
		return nil, err
	}
	c := &canvas{&image.RGBA{Pix: slices.Clone(p.drawn.Pix), Stride: p.drawn.Stride, Rect: p.drawn.Rect}, letters}
	c.towns(p.towns)
	said.pngWords(c)
	return c, nil
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

// pngLine is a run of words: how it looks, and how far it is to the next.
type pngLine struct {
	bold   bool
	size   float64 // pixels
	colour string
	said   string
	after  float64 // pixels
}

// pngLast is the lowest baseline that a picture has room for, and words stand between
// pngLeft and pngRight.
const pngLast, pngLeft, pngRight = pngHeight - 14, 48, 588

// pngWords writes what the picture says, smaller where it would not fit: the
// source and the snapshot are on every picture.
func (s *Statement) pngWords(c *canvas) {
	lines := []pngLine{
		{true, 40, look.Ink, s.In(s.dataset().Title), 46},
		{false, 30, quietColour, s.Date(), 34},
		{false, 22, quietColour, s.Age(), 110},
		{true, 112, look.Ink, s.Percent(), 62},
		{true, 28, look.Ink, s.Held(), 36},
		{false, 28, look.Ink, s.Areas(), 44},
		{false, 22, quietColour, s.Band(), 30},
		{false, 22, quietColour, s.Reading(), 44},
		{false, 14, quietColour, s.Credit(), 20},
		{false, 14, quietColour, "demarc · " + short(s.Share.Snapshot), 20},
	}
	scale := 1.0
	for ; scale > 0.4; scale -= 0.04 {
		if last := c.placed(lines, scale, func(pngLine, float64, line) {}); last <= pngLast {
			break
		}
	}
	c.placed(lines, scale, func(l pngLine, y float64, set line) {
		x := float64(pngLeft)
		if s.Words.Dir == "rtl" {
			x = pngRight - set.width
		}
		c.text(orb.Point{x, y}, set, rgba(l.colour, 1))
	})
}

// placed hands each line with its baseline to write, and returns the last baseline.
func (c *canvas) placed(lines []pngLine, scale float64, write func(l pngLine, y float64, set line)) (last float64) {
	y := 92 * scale
	for _, l := range lines {
		for i, set := range c.letters.set(l.said, l.bold, l.size*scale, pngRight-pngLeft) {
			if i > 0 {
				y += math.Floor(l.size * scale * 1.3)
			}
			last = math.Floor(y)
			write(l, last, set)
		}
		y += l.after * scale
	}
	return last
}

// short is enough of a snapshot's name to tell it from others.
func short(name string) string { return name[:min(len(name), 19)] }
