package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"math"
	"slices"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/paulmach/orb"
)

// A4 upright and its margin, in points.
const pdfWidth, pdfHeight, pdfMargin = 595.28, 841.89, 28.0

// PDF is the drawing of [SVG] on one page of A4, with words that can be searched and
// copied. The same statement gives the same bytes.
func PDF(said Statement) ([]byte, error) {
	drawing, err := readDrawing(SVG(said))
	if err != nil {
		return nil, fmt.Errorf("map.svg as map.pdf: %w", err)
	}
	letters, err := newLetters(said.Words)
	if err != nil {
		return nil, err
	}
	p := &paper{Fpdf: fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: pdfWidth, Ht: pdfHeight}}), letters: letters}
	p.describe(said)
	p.scale = math.Min((pdfWidth-2*pdfMargin)/drawing.width, (pdfHeight-2*pdfMargin)/drawing.height)
	p.origin = orb.Point{(pdfWidth - p.scale*drawing.width) / 2, pdfMargin}
	for _, bold := range []bool{false, true} {
		for i, file := range typefaceFiles(bold) {
			p.AddUTF8FontFromBytes(typefaceName(bold, i), "", file)
		}
	}
	p.AddPage()
	p.SetLineJoinStyle("round")
	for _, one := range drawing.marks {
		if err := p.mark(drawing, one); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	err = p.Output(&out)
	return out.Bytes(), err
}

// paper is a page that a drawing is put on.
type paper struct {
	*fpdf.Fpdf
	letters *letters
	scale   float64   // points a pixel of the drawing
	origin  orb.Point // of the drawing, in points
}

// typefaceName is what the page calls one of typefaceFiles.
func typefaceName(bold bool, i int) string { return fmt.Sprintf("letters-%v-%d", bold, i) }

// describe states what readers of files show and search.
func (p *paper) describe(said Statement) {
	p.SetTitle(said.Title(), true)
	p.SetSubject(said.Share.Cite, true)
	p.SetAuthor(said.Attribution(), true)
	p.SetProducer("demarc", true)
	p.SetLang(said.Words.Lang)
	p.SetCatalogSort(true)
	day, err := time.Parse(time.DateOnly, said.Share.AsOf.String())
	if err == nil {
		p.SetCreationDate(day) // of what it says, so that the same is the same
		p.SetModificationDate(day)
	}
}

// at is a place of the drawing on the page.
func (p *paper) at(q orb.Point) (x, y float64) {
	return p.origin[0] + p.scale*q[0], p.origin[1] + p.scale*q[1]
}

// mark draws one mark.
func (p *paper) mark(d *drawing, m mark) error {
	if m.clipped {
		p.RawWriteStr("q\n")
		p.trace([][]orb.Point{rectangle(d.clip)}, true)
		p.RawWriteStr("W n\n")
		defer p.RawWriteStr("Q\n")
	}
	if m.words != nil {
		p.words(m)
		return nil
	}
	if m.fill != "" {
		if tile, ok := d.patterns[m.fill]; ok {
			if err := p.pattern(m, tile); err != nil {
				return err
			}
		} else {
			p.SetFillColor(hexColour(m.fill))
			p.SetAlpha(m.opacity, "Normal")
			p.trace(m.rings, true)
			p.DrawPath("F*")
			p.SetAlpha(1, "Normal")
		}
	}
	if m.stroke != "" {
		p.SetDrawColor(hexColour(m.stroke))
		p.SetLineWidth(p.scale * m.width)
		var dashes []float64
		for _, length := range m.dashes {
			dashes = append(dashes, p.scale*length)
		}
		p.SetDashPattern(dashes, 0)
		p.trace(m.rings, m.closed)
		p.DrawPath("D")
	}
	return nil
}

// trace begins a path of rings or lines.
func (p *paper) trace(rings [][]orb.Point, closed bool) {
	for _, ring := range rings {
		for i, q := range ring {
			if i == 0 {
				p.MoveTo(p.at(q))
			} else {
				p.LineTo(p.at(q))
			}
		}
		if closed {
			p.ClosePath()
		}
	}
}

// pattern covers what is inside rings with tiles, as an image that the rings cut.
func (p *paper) pattern(m mark, tile *image.NRGBA) error {
	box := orb.MultiPoint(slices.Concat(m.rings...)).Bound()
	side := tile.Bounds().Dx()
	left, top := math.Floor(box.Min[0]), math.Floor(box.Min[1])
	// A tile has two pixels for each of the drawing.
	covered := image.NewNRGBA(image.Rect(0, 0, 2*int(math.Ceil(box.Max[0]-left)), 2*int(math.Ceil(box.Max[1]-top))))
	for y := range covered.Bounds().Dy() {
		for x := range covered.Bounds().Dx() {
			covered.SetNRGBA(x, y, tile.NRGBAAt(within(x+2*int(left), side), within(y+2*int(top), side)))
		}
	}
	var file bytes.Buffer
	if err := png.Encode(&file, covered); err != nil {
		return err
	}
	name := fmt.Sprint("pattern ", m.fill, box)
	options := fpdf.ImageOptions{ImageType: "png"}
	p.RegisterImageOptionsReader(name, options, &file)
	p.RawWriteStr("q\n")
	p.trace(m.rings, true)
	p.RawWriteStr("W* n\n")
	x, y := p.at(orb.Point{left, top})
	p.ImageOptions(name, x, y, p.scale*float64(covered.Bounds().Dx())/2, p.scale*float64(covered.Bounds().Dy())/2, false, options, 0, "")
	p.RawWriteStr("Q\n")
	return nil
}

func within(i, side int) int { return (i%side + side) % side }

// words writes words: their outlines, which every program draws alike, and over them the
// letters themselves unseen, which are found and copied. What runs from right to left is
// stored as it stands from the left, as such files are.
func (p *paper) words(m mark) {
	for _, l := range p.letters.set(m.words.said, m.words.bold, m.words.size, math.MaxInt16) {
		left := orb.Point{m.words.at[0] - m.words.anchor*l.width, m.words.at[1]}
		if m.stroke != "" {
			p.SetDrawColor(hexColour(m.stroke))
			p.SetLineWidth(p.scale * m.width)
			p.SetDashPattern(nil, 0)
			p.outlines(left, l)
			p.DrawPath("D")
		}
		p.SetFillColor(hexColour(m.fill))
		p.outlines(left, l)
		p.DrawPath("F")
		p.SetTextRenderingMode(3)
		for _, r := range l.runs {
			said := slices.DeleteFunc(slices.Clone(r.said), isolates)
			if r.backwards {
				slices.Reverse(said)
			}
			p.SetFont(typefaceName(m.words.bold, r.typeface), "", p.scale*m.words.size)
			x, y := p.at(orb.Point{left[0] + r.left, left[1]})
			p.Text(x, y, string(said))
		}
		p.SetTextRenderingMode(0)
	}
}

// isolates tells the marks of [words.Words.Isolate], which are not for the eye.
func isolates(letter rune) bool { return letter >= '\u2066' && letter <= '\u2069' }

// outlines begins a path around the letters of a line.
func (p *paper) outlines(left orb.Point, l line) {
	var pen orb.Point
	for _, r := range l.runs {
		for _, s := range r.drawn {
			to := make([]orb.Point, len(s.to))
			for i, q := range s.to {
				to[i] = orb.Point{left[0] + q[0], left[1] + q[1]}
			}
			x, y := p.at(to[len(to)-1])
			switch s.op {
			case opentype.SegmentOpMoveTo:
				p.MoveTo(x, y)
			case opentype.SegmentOpLineTo:
				p.LineTo(x, y)
			case opentype.SegmentOpQuadTo: // as the cubic that is the same
				p.cubic(between(pen, to[0], 2.0/3), between(to[1], to[0], 2.0/3), to[1])
			case opentype.SegmentOpCubeTo:
				p.cubic(to[0], to[1], to[2])
			}
			pen = to[len(to)-1]
		}
	}
}

func (p *paper) cubic(a, b, end orb.Point) {
	ax, ay := p.at(a)
	bx, by := p.at(b)
	x, y := p.at(end)
	p.CurveBezierCubicTo(ax, ay, bx, by, x, y)
}

// between is the point at a part of the way.
func between(a, b orb.Point, part float64) orb.Point {
	return orb.Point{a[0] + part*(b[0]-a[0]), a[1] + part*(b[1]-a[1])}
}

func rectangle(b orb.Bound) []orb.Point { return b.ToRing() }

// hexColour reads #rrggbb.
func hexColour(hex string) (r, g, b int) {
	c := rgba(hex, 1)
	return int(c.R), int(c.G), int(c.B)
}
