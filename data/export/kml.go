package export

import (
	"context"
	"fmt"
	"html"
	"io"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/gogeom"
	"github.com/demarc-map/demarc/data/look"

	geomkml "github.com/twpayne/go-geom/encoding/kml"
	"github.com/twpayne/go-kml/v3"
)

// mixed tells in the folder of held land what takes the place of patterns.
const mixed = "Filled once for each combination of parties. Land of more than one has the mixed colour of its parties, and a black outline."

// writeKML writes an edition as KML 2.2 for Google Earth and other globes, one
// folder a layer, valid time as TimeSpan, properties as ExtendedData.
func writeKML(ctx context.Context, w io.Writer, s *data.Snapshot, e data.Edition) error {
	all, err := layers(ctx, s, e)
	if err != nil {
		return err
	}
	document := kml.Document(
		kml.Name(data.Plain(fmt.Sprintf("%s, %s, %s", s.Dataset.Title.In("en"), e.Epoch.From, e.Basis))),
		// Globes show a description as HTML.
		kml.Description(html.EscapeString(data.Plain(fmt.Sprintf("%s\n%s\nSnapshot %s", s.Dataset.Credits().In("en"), s.Dataset.Disclaimer.In("en"), s.Name())))),
		kml.SharedStyle(data.TerritoriesSection, outline(look.RGB(look.Ink), 1), kml.PolyStyle(kml.Fill(false))),
		kml.SharedStyle(data.PlacesSection),
	)
	if len(s.Things) > 0 {
		grey := look.RGB(look.District)
		document.Append(kml.SharedStyle(data.ThingsSection, outline(grey, 1), kml.PolyStyle(kml.Fill(false))))
	}
	styles := kmlStyles{document: document, written: map[string]bool{}}
	for _, section := range all {
		folder := kml.Folder(kml.Name(section.Name))
		if section.Name == data.HeldLayer {
			folder.Append(kml.Description(mixed))
		}
		for _, item := range section.Items {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
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

func placemark(style string, item *data.Item) (kml.Element, error) {
	shape, err := gogeom.Of(item.Shape)
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
		value := ""
		if v := item.Properties[key]; v != nil {
			value = data.Plain(fmt.Sprint(v))
		}
		extended.Append(kml.Data(data.Plain(key), kml.Value(value)))
	}
	mark.Append(extended)
	mark.Append(geometry)
	return mark, nil
}
