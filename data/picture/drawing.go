package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// drawing is what [SVG] wrote, read back: marks from bottom to top, so that another format
// shows the same. Only what SVG writes is known; anything else is an error.
type drawing struct {
	width, height float64
	clip          orb.Bound               // of the marks that are clipped
	patterns      map[string]*image.NRGBA // tiles by "url(#name)", two pixels for one of the drawing
	marks         []mark
}

// mark is a shape or words.
type mark struct {
	rings   [][]orb.Point
	closed  bool
	fill    string // #rrggbb, a pattern, or "" for none
	opacity float64
	stroke  string // #rrggbb or "" for none
	width   float64
	dashes  []float64
	clipped bool
	words   *markWords // nil for a shape
}

// markWords are words on one line.
type markWords struct {
	said   string
	at     orb.Point
	anchor float64 // the part of the width that lies left of at
	size   float64
	bold   bool
}

// readDrawing reads the SVG of a sheet.
func readDrawing(svg []byte) (*drawing, error) {
	r := &drawingReader{drawing: drawing{patterns: map[string]*image.NRGBA{}}, xml: xml.NewDecoder(bytes.NewReader(svg))}
	for {
		token, err := r.xml.Token()
		if errors.Is(err, io.EOF) {
			return &r.drawing, nil
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if err := r.begin(token); err != nil {
				return nil, fmt.Errorf("%s: %w", token.Name.Local, err)
			}
		case xml.EndElement:
			r.end(token.Name.Local)
		}
	}
}

type drawingReader struct {
	drawing

	xml     *xml.Decoder
	groups  []group
	pattern *image.NRGBA // that is being read
	inClip  bool
}

// group is what holds for all in it.
type group struct {
	shift   orb.Point
	clipped bool
}

func (r *drawingReader) group() group {
	if len(r.groups) == 0 {
		return group{}
	}
	return r.groups[len(r.groups)-1]
}

var (
	shiftOf = regexp.MustCompile(`^translate\(([-0-9.]+) ([-0-9.]+)\)$`)
	stepOf  = regexp.MustCompile(`([MLHVhvZz])|(-?[0-9.]+)`)
)

func (r *drawingReader) begin(e xml.StartElement) error {
	has := attributes{}
	for _, a := range e.Attr {
		has[a.Name.Local] = a.Value
	}
	switch e.Name.Local {
	case "svg":
		r.width, r.height = has.number("width"), has.number("height")
	case "title", "desc":
		return r.xml.Skip()
	case "view", "defs":
	case "pattern":
		r.pattern = image.NewNRGBA(image.Rect(0, 0, int(has.number("width")), int(has.number("height"))))
		r.patterns["url(#"+has["id"]+")"] = r.pattern
	case "clipPath":
		r.inClip = true
	case "g":
		inner := r.group()
		inner.clipped = inner.clipped || has["clip-path"] != ""
		if m := shiftOf.FindStringSubmatch(has["transform"]); m != nil {
			inner.shift = orb.Point{inner.shift[0] + read(m[1]), inner.shift[1] + read(m[2])}
		}
		r.groups = append(r.groups, inner)
	case "rect":
		r.rect(has)
	case "circle":
		r.add(has, [][]orb.Point{circle(orb.Point{has.number("cx"), has.number("cy")}, has.number("r"))}, true)
	case "path":
		return r.path(has)
	case "text":
		return r.text(has, e)
	default:
		return errors.New("no element that is known")
	}
	return nil
}

func (r *drawingReader) end(name string) {
	switch name {
	case "g":
		r.groups = r.groups[:len(r.groups)-1]
	case "pattern":
		r.pattern = nil
	case "clipPath":
		r.inClip = false
	}
}

// attributes are those of an element.
type attributes map[string]string

func (a attributes) number(name string) float64 { return read(a[name]) }

func read(text string) float64 {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil { // not given
		return 0
	}
	return v
}

func (r *drawingReader) rect(has attributes) {
	if has["width"] == "100%" {
		has["width"], has["height"] = fmt.Sprint(r.width), fmt.Sprint(r.height)
	}
	min := orb.Point{has.number("x"), has.number("y")}
	b := orb.Bound{Min: min, Max: orb.Point{min[0] + has.number("width"), min[1] + has.number("height")}}
	if r.inClip {
		r.clip = b
		return
	}
	r.add(has, [][]orb.Point{rectangle(b)}, true)
}

func circle(at orb.Point, radius float64) []orb.Point {
	out := make([]orb.Point, 33)
	for i := range out {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(len(out)-1))
		out[i] = orb.Point{at[0] + radius*cos, at[1] + radius*sin}
	}
	return out
}

// path reads path data of straight lines.
func (r *drawingReader) path(has attributes) error {
	rings, closed, err := pathRings(has["d"])
	if err != nil {
		return err
	}
	if r.pattern == nil {
		r.add(has, rings, closed)
		return nil
	}
	ink := rgba(has["fill"], has.number("fill-opacity"))
	b := orb.MultiPoint(rings[0]).Bound() // a run of equal pixels
	for x := int(b.Min[0]); x < int(b.Max[0]); x++ {
		r.pattern.SetNRGBA(x, int(b.Min[1]), ink)
	}
	return nil
}

func pathRings(data string) (rings [][]orb.Point, closed bool, err error) {
	command := ""
	var numbers []float64
	for _, step := range stepOf.FindAllString(data, -1) {
		if strings.Contains("MLHVhvZz", step) {
			command = step
			closed = closed || command == "Z" || command == "z"
			continue
		}
		if numbers = append(numbers, read(step)); (command == "M" || command == "L") && len(numbers) < 2 {
			continue
		}
		if command == "M" {
			rings = append(rings, nil)
		}
		if len(rings) == 0 {
			return nil, false, fmt.Errorf("path data %.40q", data)
		}
		last := &rings[len(rings)-1]
		pen := orb.Point{}
		if len(*last) > 0 {
			pen = (*last)[len(*last)-1]
		}
		switch command {
		case "M", "L":
			pen = orb.Point{numbers[0], numbers[1]}
		case "H":
			pen[0] = numbers[0]
		case "V":
			pen[1] = numbers[0]
		case "h":
			pen[0] += numbers[0]
		case "v":
			pen[1] += numbers[0]
		}
		*last, numbers = append(*last, pen), nil
	}
	return rings, closed, nil
}

func (r *drawingReader) text(has attributes, e xml.StartElement) error {
	var said string
	if err := r.xml.DecodeElement(&said, &e); err != nil {
		return err
	}
	anchor := 0.0
	switch {
	case has["text-anchor"] == "middle":
		anchor = 0.5
	case has["direction"] == "rtl":
		anchor = 1
	}
	r.add(has, nil, false)
	m := &r.marks[len(r.marks)-1]
	shift := r.group().shift
	m.words = &markWords{said, orb.Point{has.number("x") + shift[0], has.number("y") + shift[1]}, anchor, has.number("font-size"), has.number("font-weight") >= 600}
	return nil
}

// add puts a mark on top.
func (r *drawingReader) add(has attributes, rings [][]orb.Point, closed bool) {
	g := r.group()
	for _, ring := range rings {
		for i := range ring {
			ring[i] = orb.Point{ring[i][0] + g.shift[0], ring[i][1] + g.shift[1]}
		}
	}
	m := mark{rings: rings, closed: closed, fill: has["fill"], stroke: has["stroke"], width: has.number("stroke-width"), opacity: 1, clipped: g.clipped}
	if m.fill == "none" {
		m.fill = ""
	}
	if m.width == 0 {
		m.width = 1
	}
	if has["fill-opacity"] != "" {
		m.opacity = has.number("fill-opacity")
	}
	for _, length := range strings.Fields(has["stroke-dasharray"]) {
		m.dashes = append(m.dashes, read(length))
	}
	r.marks = append(r.marks, m)
}
