package foreign

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// kmlStyle is what a style says, by the names of simplestyle-spec 1.1.0. A style
// may lead on to another, whose values count where it has none.
type kmlStyle struct {
	values map[string]any
	next   string // id of the style that this one stands for, "" for none
}

// styleNames are the values of a style in the order in which they are written.
var styleNames = []string{"fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "marker-color"}

// style reads a Style or a StyleMap, whose normal pair counts.
func (k *kmlReader) style(e xml.StartElement) (kmlStyle, error) {
	s := kmlStyle{values: map[string]any{}}
	if e.Name.Local == "StyleMap" {
		err := k.each(func(child xml.StartElement) error {
			if child.Name.Local == "Pair" {
				return k.pair(&s)
			}
			return nil
		})
		return s, err
	}
	err := k.each(func(child xml.StartElement) error {
		switch child.Name.Local {
		case "LineStyle":
			return k.paint(&s, "stroke", "stroke-opacity")
		case "PolyStyle":
			return k.paint(&s, "fill", "fill-opacity")
		case "IconStyle":
			return k.paint(&s, "marker-color", "")
		}
		return nil
	})
	return s, err
}

// pair reads one pair of a StyleMap.
func (k *kmlReader) pair(s *kmlStyle) error {
	var key string
	var one kmlStyle
	err := k.each(func(child xml.StartElement) (err error) {
		switch child.Name.Local {
		case "key":
			key, err = k.text()
		case "styleUrl":
			one.next, err = k.text()
		case "Style":
			var inner kmlStyle
			inner, err = k.style(child)
			one.values = inner.values
		}
		return err
	})
	if err == nil && key == "normal" {
		*s = one
	}
	return err
}

// paint reads the colour of lines or of areas, and whether they are drawn.
func (k *kmlReader) paint(s *kmlStyle, colour, opacity string) error {
	return k.each(func(child xml.StartElement) error {
		name := child.Name.Local
		if name != "color" && name != "width" && name != "fill" && name != "outline" {
			return nil
		}
		text, err := k.text()
		if err != nil {
			return err
		}
		switch {
		case name == "color":
			rgb, alpha, ok := kmlColour(text)
			if !ok {
				k.left["colours that are not written aabbggrr"]++
				return nil
			}
			s.values[colour] = rgb
			if _, drawn := s.values[opacity]; opacity != "" && !drawn { // a fill of 0 counts more
				s.values[opacity] = alpha
			}
		case name == "width" && colour == "stroke":
			if width, err := strconv.ParseFloat(text, 64); err == nil && width >= 0 && width < 1e6 {
				s.values["stroke-width"] = width
			}
		case name == "fill" && colour == "fill" && (text == "0" || text == "false"):
			s.values["fill-opacity"] = 0.0
		case name == "outline" && colour == "fill" && (text == "0" || text == "false"):
			s.values["stroke-opacity"] = 0.0
		}
		return nil
	})
}

// mostHops is how many styles may lead on from one to the next.
const mostHops = 8

// resolve is what a feature is drawn with: its own style, then the one it names.
func (d *kmlDocument) resolve(own kmlStyle, url string) map[string]any {
	values := map[string]any{}
	take := func(more map[string]any) {
		for name, value := range more {
			if _, ok := values[name]; !ok {
				values[name] = value
			}
		}
	}
	take(own.values)
	for _, start := range []string{own.next, url} {
		for range mostHops {
			s, ok := d.styles[strings.TrimPrefix(start, "#")]
			if !ok {
				break
			}
			take(s.values)
			start = s.next
		}
	}
	return values
}
