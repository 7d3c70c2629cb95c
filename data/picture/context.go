package picture

import (
	"image"
	"image/draw"
	"strconv"
	"strings"

	"github.com/demarc-map/demarc/data/look"
	"github.com/demarc-map/demarc/data/mapcontext"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
)

// Of the context a picture shows the land of the neighbours, borders, main roads and
// larger towns. All but the names lies below the zones and the territory's own land.
const (
	mainRoads   = 2 // the last rank of roads that are drawn
	largerTowns = 2 // and of places
)

// around is the colour of what no land covers.
func (s *sheet) around() string {
	if s.Context.Layer(mapcontext.Land) != nil {
		return look.Sea
	}
	return look.Around
}

// stretch is some lines of the context in one look.
type stretch struct {
	paths  [][]orb.Point
	width  float64
	colour string
}

// neighbours returns the land of the context that lies on the paper.
func (s *sheet) neighbours(paper orb.Bound) [][]orb.Point {
	var out [][]orb.Point
	for _, f := range s.Context.Layer(mapcontext.Land) {
		out = append(out, s.rings(s.cut(f.Geometry, paper))...)
	}
	return out
}

// cut is what lies on a part of the paper of an area; nothing of what is none.
func (s *sheet) cut(g orb.Geometry, paper orb.Bound) orb.MultiPolygon {
	return clip.MultiPolygon(s.degrees(paper), mapcontext.Areas(g).Clone()) // which works in place
}

// stretches returns the lines of the context that lie on the paper and are drawn above
// all land and below the zones, the quietest first.
func (s *sheet) stretches(paper orb.Bound) []stretch {
	roads, mains := stretch{width: 1, colour: look.Road}, stretch{width: 1.5, colour: look.MainRoad}
	borders := stretch{width: 1.2, colour: look.Border}
	add := func(to *stretch, g orb.Geometry) {
		lines, ok := g.(orb.MultiLineString)
		if !ok {
			lines = orb.MultiLineString{g.(orb.LineString)}
		}
		for _, line := range clip.MultiLineString(s.degrees(paper), lines.Clone()) {
			to.paths = append(to.paths, s.path(line))
		}
	}
	for _, f := range s.Context.Layer(mapcontext.Roads) {
		switch {
		case f.Rank == 1:
			add(&mains, f.Geometry)
		case f.Rank <= mainRoads:
			add(&roads, f.Geometry)
		}
	}
	for _, f := range s.Context.Layer(mapcontext.Borders) {
		if f.Kind != mapcontext.Coast && f.Rank > 1 { // the territory's outline is drawn as such
			add(&borders, f.Geometry)
		}
	}
	var out []stretch
	for _, one := range []stretch{roads, mains, borders} {
		if len(one.paths) > 0 {
			out = append(out, one)
		}
	}
	return out
}

// degrees is a part of the paper, and a little around it, in degrees.
func (s *sheet) degrees(paper orb.Bound) orb.Bound {
	const more = 8 // pixels, so that no edge of what is cut is seen
	west, north := (paper.Min[0]-more-s.frame.Min[0])/s.scaleX, (paper.Min[1]-more-s.frame.Min[1])/s.scaleY
	east, south := (paper.Max[0]+more-s.frame.Min[0])/s.scaleX, (paper.Max[1]+more-s.frame.Min[1])/s.scaleY
	return orb.Bound{Min: orb.Point{s.origin[0] + west, s.origin[1] - south}, Max: orb.Point{s.origin[0] + east, s.origin[1] - north}}
}

// pngContext draws the context on a part of the canvas, below everything else.
func (s *sheet) pngContext(c *canvas, paper image.Rectangle) {
	part := &canvas{RGBA: c.SubImage(paper).(*image.RGBA)}
	draw.Draw(part.RGBA, paper, image.NewUniform(rgba(s.around(), 1)), image.Point{}, draw.Src)
	part.fill(s.neighbours(boundOf(paper)), rgba(look.Neighbour, 1))
	part.fill(s.rings(s.territories[0].Shape), rgba(look.Land, 1))
	for _, one := range s.stretches(boundOf(paper)) {
		part.stroke(one.paths, one.width, rgba(one.colour, 1))
	}
}

func boundOf(r image.Rectangle) orb.Bound {
	return orb.Bound{Min: orb.Point{float64(r.Min.X), float64(r.Min.Y)}, Max: orb.Point{float64(r.Max.X), float64(r.Max.Y)}}
}

// Credit says whom the data and the context are from.
func (s *Statement) Credit() string {
	if s.Context == nil {
		return s.Attribution()
	}
	credit := s.In(s.Context.Attribution)
	around := s.Words.Say("background_from", "credit", credit)
	if s.Context.MappedIn != 0 {
		around = s.Words.Say("background_in", "year", s.Words.Isolate(strconv.Itoa(s.Context.MappedIn)), "credit", credit)
	}
	return strings.TrimSuffix(s.Attribution(), ".") + ". " + around + "."
}
