package picture

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/look"

	"github.com/paulmach/orb"
)

const (
	svgWidth  = 900.0
	svgMargin = 28.0
	svgTop    = 178.0 // where the map begins
	svgMap    = 800.0 // its height
)

// SVG draws a map of one day and reading that says what it shows, in the
// language of the statement.
func SVG(said Statement) []byte {
	return newSheet(said, orb.Bound{Min: orb.Point{svgMargin + 60, svgTop + 24}, Max: orb.Point{svgWidth - svgMargin - 60, svgTop + svgMap - 24}}).svg()
}

// svgText writes SVG; text given to it is escaped.
type svgText struct {
	bytes.Buffer
	words *Words
}

// text writes one line of text, begun at the margin where lines of the language begin.
func (t *svgText) text(y, size float64, weight int, colour, said string) {
	x := svgMargin
	if t.words.Dir == "rtl" {
		x = svgWidth - svgMargin
	}
	fmt.Fprintf(t, `<text x="%.0f" y="%.0f" direction="%s" font-size="%.0f" font-weight="%d" fill="%s">%s</text>`+"\n", x, y, t.words.Dir, size, weight, colour, escaped(said))
}

// svg draws the sheet, from bottom to top.
func (s *sheet) svg() []byte {
	disclaimer := wrapped(s.Disclaimer(), 118)
	credit := wrapped(s.Credit(), 118)
	height := svgTop + svgMap + 112 + 22*(float64(len(s.painted())+3)/2) + 18*float64(len(disclaimer)+len(credit))
	out := &svgText{words: s.Words}
	fmt.Fprintf(out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" lang="%s" role="img" font-family="system-ui, 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans Hebrew', sans-serif">`+"\n", svgWidth, height, svgWidth, height, s.Words.Lang)
	fmt.Fprintf(out, "<title>%s</title>\n<desc>%s</desc>\n", escaped(s.Alt()), escaped(s.Share.Cite))
	fmt.Fprintf(out, `<view id="map" viewBox="0 %.0f %.0f %.0f"/>`+"\n", svgTop, svgWidth, svgMap) // map.svg#map is the map alone
	s.svgPatterns(out)
	fmt.Fprintf(out, `<rect width="100%%" height="100%%" fill="#ffffff"/><rect y="%.0f" width="%.0f" height="%.0f" fill="%s"/>`+"\n", svgTop, svgWidth, svgMap, s.around())

	out.text(44, 22, 650, look.Ink, s.In(s.dataset().Title)+" · "+s.Date())
	out.text(100, 48, 700, look.Ink, s.Percent())
	out.text(132, 18, 600, look.Ink, s.Held()+", "+s.Areas())
	out.text(158, 15, 400, quietColour, s.Band()+" · "+s.Reading()+" · "+s.Age())

	s.svgContext(out)
	s.svgShapes(out)
	s.svgNames(out)
	s.svgBar(out)

	y := s.svgLegend(out, svgTop+svgMap+30) + 32
	for _, line := range credit {
		out.text(y, 13, 400, look.Ink, line)
		y += 18
	}
	for _, line := range disclaimer {
		out.text(y, 13, 400, quietColour, line)
		y += 18
	}
	out.text(y+14, 11, 400, quietColour, "demarc · "+s.Words.Isolate(s.Share.Snapshot))
	out.WriteString("</svg>\n")
	return out.Bytes()
}

func (s *sheet) svgShapes(out *svgText) {
	whole := s.territories[0]
	for _, p := range s.painted() {
		fmt.Fprintf(out, `<path d="%s" %s fill-rule="evenodd" stroke="%s" stroke-width="2" stroke-linejoin="round"/>`+"\n", d(s.rings(p.shape), true), filled(p.mark.Paint), p.mark.Outline)
	}
	for _, t := range s.territories[1:] {
		width, colour := 1.0, look.District
		if t.ID == s.Share.Of {
			width, colour = 3, look.Ink
		}
		fmt.Fprintf(out, `<path d="%s" fill="none" stroke="%s" stroke-width="%g"/>`+"\n", d(s.rings(t.Shape), true), colour, width)
	}
	fmt.Fprintf(out, `<path d="%s" fill="none" stroke="%s" stroke-width="1.2"/>`+"\n", d(s.rings(whole.Shape), true), look.Coast)
	for _, l := range s.lines {
		path := d([][]orb.Point{s.path(l.Shape)}, false)
		fmt.Fprintf(out, `<path d="%s" fill="none" stroke="%s" stroke-width="6" stroke-linejoin="round"/>`, path, look.Casing)
		fmt.Fprintf(out, `<path d="%s" fill="none" stroke="%s" stroke-width="3" stroke-linejoin="round"%s/>`+"\n", path, look.LineColour(l.ID, l.Kind), dashed(l.Status))
	}
}

func (s *sheet) svgBar(out *svgText) {
	km, pixels := s.bar()
	x, y := svgMargin, svgTop+svgMap-20
	fmt.Fprintf(out, `<path d="M%.1f %.1fv6h%.1fv-6" fill="none" stroke="%s" stroke-width="2"/>`, x, y-6, pixels, look.Ink)
	fmt.Fprintf(out, `<text x="%.1f" y="%.1f" font-size="13" fill="%s">%s</text>`+"\n", x, y-10, look.Ink, escaped(s.Words.Isolate(s.Words.Say("km_unit", "n", s.Words.Number(km, max(0, int(-math.Floor(math.Log10(km)))))))))
}

// svgLegend explains the marks that are on the sheet, side by side, and returns where
// its last row is.
func (s *sheet) svgLegend(out *svgText, y float64) float64 {
	type mark struct{ drawn, said string }
	var marks []mark
	has := func(found bool, drawn, said string) {
		if found {
			marks = append(marks, mark{drawn, said})
		}
	}
	line := `<path d="M0 -5H26" stroke="` + look.Casing + `" stroke-width="6"/><path d="M0 -5H26" stroke="` + look.Yellow + `" stroke-width="3"%s/>`
	firmLines := 0
	for _, l := range s.lines {
		if l.Status == data.Agreed {
			firmLines++
		}
	}
	said := map[string]bool{}
	for _, p := range s.painted() {
		words := p.mark.Words(s.Snapshot, s.Share.Basis, s.Words.Lang)
		has(!said[words], fmt.Sprintf(`<rect y="-11" width="26" height="13" %s stroke="%s" stroke-width="2"/>`, filled(p.mark.Paint), p.mark.Outline), words)
		said[words] = true
	}
	has(true, fmt.Sprintf(`<rect y="-11" width="26" height="13" fill="%s" stroke="%s" stroke-width="1.2"/>`, look.Land, look.Coast), look.Rest(s.Share.Measures, s.Words.Lang))
	has(firmLines > 0, fmt.Sprintf(line, ""), s.Words.Say("line_agreed"))
	has(firmLines < len(s.lines), fmt.Sprintf(line, dashed(data.Observed)), s.Words.Say("line_observed"))
	x := svgMargin
	for _, m := range marks {
		width := 60 + 8*float64(utf8.RuneCountInString(m.said))
		if x > svgMargin && x+width > svgWidth {
			x, y = svgMargin, y+22
		}
		swatch, text := x, x+36
		if s.Words.Dir == "rtl" {
			swatch, text = svgWidth-x-26, svgWidth-x-36
		}
		fmt.Fprintf(out, `<g transform="translate(%.1f %.1f)">%s</g><text x="%.1f" y="%.1f" direction="%s" font-size="14" fill="%s">%s</text>`+"\n", swatch, y, m.drawn, text, y, s.Words.Dir, look.Ink, escaped(m.said))
		x += width
	}
	return y
}

// dashed is how a line looks that is not agreed.
func dashed(status data.Status) string {
	if status == data.Agreed {
		return ""
	}
	return ` stroke-dasharray="8 5"`
}

// d is the path data of rings or lines, in tenths of a pixel.
func d(parts [][]orb.Point, closed bool) string {
	var out strings.Builder
	for _, part := range parts {
		for i, p := range part {
			if closed && i == len(part)-1 {
				out.WriteByte('Z')
				break
			}
			letter := byte('L')
			if i == 0 {
				letter = 'M'
			}
			fmt.Fprintf(&out, "%c%.1f %.1f", letter, p[0], p[1])
		}
	}
	return out.String()
}

func escaped(text string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(text)) // a Builder takes everything
	return out.String()
}
