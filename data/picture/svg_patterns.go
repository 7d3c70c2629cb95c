package picture

import (
	"fmt"

	"github.com/demarc-map/demarc/data/look"
)

// filled is the attributes of a shape that is covered with a paint.
func filled(p look.Paint) string {
	if p.Plain() {
		return fmt.Sprintf(`fill="%s" fill-opacity="%g"`, p.Colours[0], look.Opacity)
	}
	return fmt.Sprintf(`fill="url(#%s)"`, p.Name())
}

// svgPatterns writes the patterns that the sheet needs: the runs of equal pixels
// of each.
func (s *sheet) svgPatterns(out *svgText) {
	out.WriteString("<defs>")
	known := map[string]bool{}
	for _, p := range s.painted() {
		paint := p.mark.Paint
		if name := paint.Name(); !paint.Plain() && !known[name] {
			known[name] = true
			side := paint.Side()
			fmt.Fprintf(out, `<pattern id="%s" width="%d" height="%d" patternUnits="userSpaceOnUse" patternTransform="scale(0.5)" shape-rendering="crispEdges">`, name, side, side)
			for y := range side {
				for x := 0; x < side; {
					c, from := paint.At(x, y), x
					for x < side && paint.At(x, y) == c {
						x++
					}
					if c.A > 0 {
						fmt.Fprintf(out, `<path d="M%d %dh%dv1H%dz" fill="#%02x%02x%02x" fill-opacity="%.2f"/>`, from, y, x-from, from, c.R, c.G, c.B, float64(c.A)/255)
					}
				}
			}
			out.WriteString("</pattern>")
		}
	}
	out.WriteString("</defs>\n")
}
