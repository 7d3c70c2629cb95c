package look

import (
	"image/color"
	"strings"
)

// Paint is what an area is covered with: one colour, or a pattern of one or more.
type Paint struct {
	Pattern Pattern
	Colours []string // of the pattern, in turn; none where more parties hold land together than stripes can show
}

// Pattern is how colours cover an area.
type Pattern string

// The patterns. The first three are those of land that counts; what does not has
// the pattern of its status.
const (
	Solid      Pattern = "held"       // one colour, or broad stripes of several
	Restricted Pattern = "restricted" // tinted, with thin rising lines
	Claims     Pattern = "claims"     // broad rising lines, nothing between them
)

// MostStripes is of how many colours a pattern may be.
const MostStripes = 3

// band is the width of a stripe in half CSS pixels, lines is how far the lines of a
// hatch are apart.
const band, lines = 8, 16

// many is the colour of stripes on land that more parties hold than MostStripes; it
// is seen on the land of either page.
const many = "#808080"

// Name is that of the paint's picture in a sprite.
func (p Paint) Name() string {
	if len(p.Colours) == 0 {
		return string(p.Pattern) + "-many"
	}
	if !p.counts() {
		return string(p.Pattern)
	}
	return string(p.Pattern) + "-" + strings.ReplaceAll(strings.Join(p.Colours, "-"), "#", "")
}

func (p Paint) counts() bool {
	return p.Pattern == Solid || p.Pattern == Restricted || p.Pattern == Claims
}

// Plain reports whether the paint is one colour.
func (p Paint) Plain() bool { return p.Pattern == Solid && len(p.Colours) == 1 }

// Side is how wide and high the pattern is before it repeats, in half CSS pixels.
func (p Paint) Side() int {
	if p.Pattern == Solid {
		return band * max(2, len(p.Colours))
	}
	return lines * max(1, len(p.Colours))
}

// Flat is the one colour that stands for the paint where a map has no patterns: its
// colours mixed in equal parts, paler where a pattern would let land be seen.
func (p Paint) Flat() color.NRGBA {
	if len(p.Colours) == 0 {
		return At(many, Opacity)
	}
	mixed := p.Colours[0]
	for i, c := range p.Colours[1:] {
		mixed = Blend(c, mixed, 1/float64(i+2))
	}
	if p.Pattern == Solid {
		return At(mixed, Opacity)
	}
	return At(mixed, Opacity/2)
}

// At is the colour of a point in half CSS pixels, x right and y down.
func (p Paint) At(x, y int) color.NRGBA {
	side := p.Side()
	rising := ((x+y)%side + side) % side
	falling := ((x-y)%side + side) % side
	row := (y%side + side) % side
	const thin, broad = 2, 4
	colours := p.Colours
	if len(colours) == 0 {
		colours = []string{many}
	}
	switch p.Pattern {
	case Solid:
		if p.Plain() {
			return At(colours[0], Opacity)
		}
		if n := rising / band; n < len(colours) {
			return At(colours[n], Opacity)
		}
		return At(colours[0], Opacity/2) // stripes of one colour: many
	case Restricted:
		if n := rising / lines; rising%lines < thin {
			return At(colours[n], 1)
		}
		return At(colours[rising/lines], 0.18)
	case Claims:
		if n := rising / lines; rising%lines < broad {
			return At(colours[n], 1)
		}
		return At(colours[rising/lines], 0.12)
	}
	ink := false
	switch p.Pattern {
	case "claimed":
		ink = rising < broad
	case "proposed":
		ink = rising < broad && row%8 < 4
	case "disputed":
		ink = rising < thin || falling < thin
	case "published":
		ink = falling < broad
	case "agreed":
		ink = row < thin
	default:
		ink = row%8 < 2 && ((x+row/8*4)%8+8)%8 < 2
	}
	if ink {
		return At(colours[0], 1)
	}
	return color.NRGBA{}
}
