package picture

import (
	"bytes"
	"sync"

	"github.com/go-fonts/dejavu/dejavusans"
	"github.com/go-fonts/dejavu/dejavusansbold"
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/math/fixed"

	"github.com/paulmach/orb"
)

// typefaceFiles are the typefaces of words that are drawn, by weight: Go writes Latin,
// Greek and Cyrillic, DejaVu Sans what Go has no letter for, Arabic and Hebrew.
func typefaceFiles(bold bool) [][]byte {
	if bold {
		return [][]byte{gobold.TTF, dejavusansbold.TTF}
	}
	return [][]byte{goregular.TTF, dejavusans.TTF}
}

// parsed are the typefaces, read once: DejaVu Sans has 6,000 letters. They are only read.
var parsed = sync.OnceValues(func() (out map[bool][]*font.Font, err error) {
	out = map[bool][]*font.Font{}
	for _, bold := range []bool{false, true} {
		for _, file := range typefaceFiles(bold) {
			face, err := font.ParseTTF(bytes.NewReader(file))
			if err != nil {
				return nil, err
			}
			out[bold] = append(out[bold], face.Font)
		}
	}
	return out, nil
})

// letters sets words: it chooses letters, joins those that are written joined, and puts
// what runs from right to left in order (UAX #9). It is for one picture at a time.
type letters struct {
	faces  map[bool]typefaces
	lang   language.Language
	base   di.Direction
	shaper shaping.HarfbuzzShaper
	parts  shaping.Segmenter
	lines  shaping.LineWrapper
}

// typefaces are those of one weight.
type typefaces []*font.Face

// ResolveFace is the first typeface that has a letter.
func (t typefaces) ResolveFace(letter rune) *font.Face {
	for _, face := range t {
		if _, ok := face.NominalGlyph(letter); ok {
			return face
		}
	}
	return t[0]
}

func newLetters(w *Words) (*letters, error) {
	fonts, err := parsed()
	if err != nil {
		return nil, err
	}
	l := &letters{faces: map[bool]typefaces{}, lang: language.NewLanguage(w.Lang), base: di.DirectionLTR}
	if w.Dir == "rtl" {
		l.base = di.DirectionRTL
	}
	for weight, all := range fonts {
		for _, one := range all {
			l.faces[weight] = append(l.faces[weight], font.NewFace(one))
		}
	}
	return l, nil
}

// line is a line of words as it stands on paper.
type line struct {
	width float64 // pixels
	runs  []run   // from left to right
}

// run is a part of a line in one typeface and direction.
type run struct {
	said      []rune // in the order in which it is read
	backwards bool   // it runs from right to left
	typeface  int    // of typefaceFiles
	left      float64
	width     float64
	drawn     []outline // from the beginning of the line, y down, on a baseline at 0
}

// outline is a step of the outline of a letter.
type outline struct {
	op opentype.SegmentOp
	to []orb.Point // one point for a move or a line, two for a quadratic curve, three for a cubic
}

// set breaks words into lines no wider than so many pixels, and sets them.
func (l *letters) set(said string, bold bool, size, room float64) []line {
	text := []rune(said)
	if len(text) == 0 {
		return nil
	}
	input := shaping.Input{Text: text, RunEnd: len(text), Direction: l.base, Size: fixed.Int26_6(64 * size), Language: l.lang}
	var set []shaping.Output
	for _, part := range l.parts.Split(input, l.faces[bold]) {
		set = append(set, l.shaper.Shape(part))
	}
	broken, _ := l.lines.WrapParagraphF(shaping.WrapConfig{Direction: l.base}, fixed.Int26_6(64*room), text, shaping.NewSliceIterator(set))
	var out []line
	for _, one := range broken {
		out = append(out, l.line(one, text, bold))
	}
	return out
}

func (l *letters) line(set shaping.Line, text []rune, bold bool) line {
	var out line
	order := make(shaping.Line, len(set))
	for _, part := range set {
		order[part.VisualIndex] = part
	}
	for _, part := range order {
		r := run{said: text[part.Runes.Offset : part.Runes.Offset+part.Runes.Count], backwards: part.Direction == di.DirectionRTL, left: out.width}
		for i, face := range l.faces[bold] {
			if face == part.Face {
				r.typeface = i
			}
		}
		scale := float64(part.Size) / 64 / float64(part.Face.Upem())
		for _, g := range part.Glyphs {
			at := orb.Point{out.width + float64(g.XOffset)/64, -float64(g.YOffset) / 64}
			drawn, _ := part.Face.GlyphDataOutline(g.GlyphID) // a space has none
			for _, s := range drawn.Segments {
				step := outline{op: s.Op}
				for _, p := range s.ArgsSlice() {
					step.to = append(step.to, orb.Point{at[0] + scale*float64(p.X), at[1] - scale*float64(p.Y)})
				}
				r.drawn = append(r.drawn, step)
			}
			out.width += float64(g.Advance) / 64
		}
		r.width = out.width - r.left
		out.runs = append(out.runs, r)
	}
	return out
}
