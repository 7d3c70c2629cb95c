package export

import (
	"fmt"
	"html"
	"image/color"
	"io"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/look"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geom"
	geomkml "github.com/twpayne/go-geom/encoding/kml"
	"github.com/twpayne/go-kml/v3"
)

// writeKML writes an edition as KML 2.2 for Google Earth and other globes, one
// folder a section, valid time as TimeSpan, properties as ExtendedData.
func writeKML(w io.Writer, s *data.Snapshot, e data.Edition) error {
	document := kml.Document(
		kml.Name(data.Plain(fmt.Sprintf("%s, %s, %s", s.Dataset.Title.In("en"), e.Epoch.From, e.Basis))),
		// Globes show a description as HTML.
		kml.Description(html.EscapeString(data.Plain(fmt.Sprintf("%s\n%s\nSnapshot %s", s.Dataset.Attribution.In("en"), s.Dataset.Disclaimer.In("en"), s.Name())))),
		kml.SharedStyle(data.TerritoriesSection, outline(look.RGB(look.Ink), 1), kml.PolyStyle(kml.Fill(false))),
		kml.SharedStyle(data.PlacesSection),
	)
	styles := kmlStyles{document: document, written: map[string]bool{}}
	for _, section := range s.Sections(e) {
		folder := kml.Folder(kml.Name(section.Name))
		for _, item := range section.Items {
			mark, err := placemark(styles.of(s, section.Name, &item), &item)
			if err != nil {
				return err
			}
			folder.Append(mark)
		}
		document.Append(folder)
	}
	return kml.KML(document).WriteIndent(w, "", " ")
}

// kmlStyles writes each style once, as look says that things are drawn. Globes know
// no patterns: what does not count is a pale fill.
type kmlStyles struct {
	document *kml.DocumentElement
	written  map[string]bool
}

// of returns the name of an item's style.
func (k *kmlStyles) of(s *data.Snapshot, section string, item *data.Item) string {
	text := func(key string) string { return fmt.Sprint(item.Properties[key]) }
	name, width, edge, fill := section, 3.0, color.Color(nil), color.Color(nil)
	switch section {
	case data.ZonesSection:
		m, opacity := look.NotHeld(data.Status(text("status"))), look.Opacity/2
		if item.Properties["counts"] == true {
			m = look.Held(s, text("basis"), text("party"))
			if m.Paint.Plain() {
				opacity = look.Opacity
			}
			name += "-" + text("party")
		}
		name, width, edge, fill = name+"-"+m.ID, 2, look.RGB(m.Outline), look.At(m.Paint.Colours[0], opacity)
	case data.LinesSection:
		colour := look.LineColour(item.ID, text("kind"))
		name, edge = name+"-"+colour[1:], look.RGB(colour)
	default:
		return section
	}
	if !k.written[name] {
		k.written[name] = true
		style := kml.SharedStyle(name, outline(edge, width))
		if fill != nil {
			style.Append(kml.PolyStyle(kml.Color(fill)))
		}
		k.document.Append(style)
	}
	return name
}

func outline(c color.Color, width float64) kml.Element {
	return kml.LineStyle(kml.Color(c), kml.Width(width))
}

func placemark(style string, item *data.Item) (kml.Element, error) {
	shape, err := toGeom(item.Shape)
	if err != nil {
		return nil, err
	}
	geometry, err := geomkml.Encode(shape)
	if err != nil {
		return nil, err
	}
	name := item.Name.In("en")
	if name == "" {
		name = item.ID
	}
	mark := kml.Placemark(kml.Name(data.Plain(name)), kml.StyleURL("#"+style))
	if item.Valid.From != 0 {
		span := kml.TimeSpan(kml.Begin(item.Valid.From.Time()))
		if item.Valid.To != 0 {
			span.Append(kml.End(item.Valid.To.Time()))
		}
		mark.Append(span)
	}
	extended := kml.ExtendedData()
	for _, key := range item.Keys() {
		extended.Append(kml.Data(data.Plain(key), kml.Value(data.Plain(fmt.Sprint(item.Properties[key])))))
	}
	mark.Append(extended)
	mark.Append(geometry)
	return mark, nil
}

// toGeom converts a geometry to go-geom's types, which its encoders take.
func toGeom(g orb.Geometry) (geom.T, error) {
	switch g := g.(type) {
	case orb.Point:
		return geom.NewPointFlat(geom.XY, g[:]), nil
	case orb.LineString:
		return geom.NewLineStringFlat(geom.XY, flat(nil, g)), nil
	case orb.Polygon:
		return toGeom(orb.MultiPolygon{g})
	case orb.MultiPolygon:
		out := geom.NewMultiPolygon(geom.XY)
		for _, p := range g {
			var coordinates []float64
			var ends []int
			for _, r := range p {
				coordinates = flat(coordinates, orb.LineString(r))
				ends = append(ends, len(coordinates))
			}
			if err := out.Push(geom.NewPolygonFlat(geom.XY, coordinates, ends)); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	return nil, fmt.Errorf("no conversion for %s", g.GeoJSONType())
}

func flat(to []float64, line orb.LineString) []float64 {
	for _, p := range line {
		to = append(to, p[0], p[1])
	}
	return to
}
