package export

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/look"

	"github.com/twpayne/go-kml/v3"
)

// kmlStyles writes each style once, as look says that things are drawn. Globes know
// no patterns: what has one gets the one colour that stands for it. Zones that count
// are outlines, since held land is filled already.
type kmlStyles struct {
	document *kml.DocumentElement
	written  map[string]bool
}

// of returns the name of an item's style.
func (k *kmlStyles) of(s *data.Snapshot, section string, item *data.Item) string {
	text := func(key string) string { return fmt.Sprint(item.Properties[key]) }
	name, width := section, 3.0
	var edge, fill color.NRGBA
	switch section {
	case data.HeldLayer:
		m := look.Held(s, text("basis"), strings.Fields(text("parties"))...)
		name, width, edge, fill = name+"-"+strings.ReplaceAll(item.ID, " ", "."), 2, look.RGB(m.Outline), m.Paint.Flat()
	case data.ZonesSection:
		if item.Properties["counts"] == true {
			m := look.Held(s, text("basis"), text("party"))
			name, width, edge = name+"-"+text("party")+"-"+m.ID, 1, look.RGB(m.Outline)
			break
		}
		m := look.NotHeld(data.Status(text("status")))
		name, width, edge, fill = name+"-"+m.ID, 2, look.RGB(m.Outline), m.Paint.Flat()
	case data.LinesSection:
		colour := look.LineColour(item.ID, text("kind"))
		name, edge = name+"-"+colour[1:], look.RGB(colour)
	default:
		return section
	}
	if !k.written[name] {
		k.written[name] = true
		area := kml.PolyStyle(kml.Fill(false))
		if fill.A > 0 {
			area = kml.PolyStyle(kml.Color(straight(fill)))
		}
		k.document.Append(kml.SharedStyle(name, outline(edge, width), area))
	}
	return name
}

func outline(c color.Color, width float64) kml.Element {
	return kml.LineStyle(kml.Color(c), kml.Width(width))
}

// straight is a colour whose channels KML takes as they are: the encoder writes
// those that color.Color promises, which are darker the less opaque they are.
type straight color.NRGBA

// RGBA implements color.Color for the encoder alone.
func (c straight) RGBA() (r, g, b, a uint32) {
	return 0x101 * uint32(c.R), 0x101 * uint32(c.G), 0x101 * uint32(c.B), 0x101 * uint32(c.A)
}
