package export

import (
	"fmt"
	"html"
	"image/color"
	"io"

	"github.com/demarc-map/demarc/data"

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
		kml.SharedStyle(data.TerritoriesSection, outline(color.RGBA{0x33, 0x33, 0x33, 0xff}, 1), kml.PolyStyle(kml.Fill(false))),
		kml.SharedStyle(data.ZonesSection, outline(color.RGBA{0x00, 0x72, 0xb2, 0xff}, 2), kml.PolyStyle(kml.Color(color.RGBA{0x00, 0x72, 0xb2, 0x80}))),
		kml.SharedStyle(data.LinesSection, outline(color.RGBA{0xf0, 0xe4, 0x42, 0xff}, 3)),
		kml.SharedStyle(data.PlacesSection),
	)
	for _, section := range s.Sections(e) {
		folder := kml.Folder(kml.Name(section.Name))
		for _, item := range section.Items {
			mark, err := placemark(section.Name, &item)
			if err != nil {
				return err
			}
			folder.Append(mark)
		}
		document.Append(folder)
	}
	return kml.KML(document).WriteIndent(w, "", " ")
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
