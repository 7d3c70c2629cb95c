package picture

import (
	"fmt"

	"github.com/demarc-map/demarc/data/look"
	"github.com/demarc-map/demarc/data/mapcontext"

	"github.com/paulmach/orb"
)

// svgPaper is the part of the sheet that the map fills.
func svgPaper() orb.Bound {
	return orb.Bound{Min: orb.Point{0, svgTop}, Max: orb.Point{svgWidth, svgTop + svgMap}}
}

// svgContext draws the context and the territory's land, below everything else.
func (s *sheet) svgContext(out *svgText) {
	land := fmt.Sprintf(`<path d="%s" fill="%s" fill-rule="evenodd"/>`+"\n", d(s.rings(s.territories[0].Shape), true), look.Land)
	if s.Context == nil {
		out.WriteString(land)
		return
	}
	paper := svgPaper()
	fmt.Fprintf(out, `<clipPath id="paper"><rect y="%.0f" width="%.0f" height="%.0f"/></clipPath><g clip-path="url(#paper)">`+"\n", svgTop, svgWidth, svgMap)
	if around := s.neighbours(paper); len(around) > 0 {
		fmt.Fprintf(out, `<path d="%s" fill="%s" fill-rule="evenodd"/>`+"\n", d(around, true), look.Neighbour)
	}
	out.WriteString(land)
	for _, one := range s.stretches(paper) {
		fmt.Fprintf(out, `<path d="%s" fill="none" stroke="%s" stroke-width="%g" stroke-linejoin="round"/>`+"\n", d(one.paths, false), one.colour, one.width)
	}
	out.WriteString("</g>\n")
}

// svgNames writes the names of districts, places and lines, each with a halo.
func (s *sheet) svgNames(out *svgText) {
	var taken []orb.Bound
	write := func(p orb.Point, size float64, weight int, colour, said string) {
		fmt.Fprintf(out, `<text x="%.1f" y="%.1f" text-anchor="middle" font-size="%.0f" font-weight="%d" fill="%s" stroke="%s" stroke-width="3" stroke-linejoin="round" paint-order="stroke">%s</text>`+"\n",
			p[0], p[1], size, weight, colour, look.Halo, escaped(said))
	}
	name := func(p orb.Point, size float64, weight int, said string) {
		write(p, size, weight, look.Ink, said)
		taken = append(taken, box(p, said, size))
	}
	for _, t := range s.territories[1:] {
		if s.Context.Layer(mapcontext.Places) != nil && t.ID != s.Share.Of {
			continue // towns say where this is, and many a district is called like one
		}
		name(s.at(t.Shape.Bound().Center()), 16, 500, s.In(t.Name))
	}
	for i := range s.Snapshot.Places {
		p := &s.Snapshot.Places[i]
		at := s.at(p.Point)
		fmt.Fprintf(out, `<circle cx="%.1f" cy="%.1f" r="4.5" fill="#ffffff" stroke="%s" stroke-width="2"/>`, at[0], at[1], look.Ink)
		name(orb.Point{at[0], at[1] - 10}, 12, 400, s.In(p.Name))
	}
	for _, l := range s.lines {
		at := s.at(l.Shape[len(l.Shape)/3])
		name(orb.Point{at[0] + 62, at[1] + 8}, 14, 700, s.In(l.Name))
	}
	for _, t := range s.towns(svgPaper(), 1, taken) {
		if t.dotted {
			fmt.Fprintf(out, `<circle cx="%.1f" cy="%.1f" r="2.5" fill="%s" stroke="%s" stroke-width="1"/>`, t.dot[0], t.dot[1], t.colour, look.Halo)
		}
		weight := 400
		if t.bold {
			weight = 650
		}
		write(t.at, t.size, weight, t.colour, t.said)
	}
}
