package export

import (
	"context"
	"encoding/csv"
	"io"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/gogeom"

	"github.com/twpayne/go-geom/encoding/wkt"
)

// wktColumn holds the shapes, under the name by which GDAL and QGIS know it.
const wktColumn = "WKT"

// writeWKT writes the zones of an edition as CSV (RFC 4180, UTF-8), one a row, with
// the columns that the layer has in other files and one of well-known text: longitude
// before latitude, every number in full. The last columns say which days and which
// snapshot the row is of.
func writeWKT(ctx context.Context, w io.Writer, s *data.Snapshot, e data.Edition) error {
	layer, err := layerOf(ctx, s, e, data.ZonesSection)
	if err != nil {
		return err
	}
	one, err := tables(ctx, s, layer)
	if err != nil {
		return err
	}
	t := &one[0]
	header := []string{"layer"}
	for _, c := range t.columns {
		header = append(header, data.PlainCell(c.name))
	}
	out := csv.NewWriter(w)
	if err := out.Write(append(header, wktColumn, "epoch_from", "epoch_to", "snapshot")); err != nil {
		return err
	}
	encoder := wkt.NewEncoder()
	for i, cells := range t.rows {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		row := []string{t.name}
		for _, cell := range cells {
			row = append(row, inCSV(cell))
		}
		shape, err := gogeom.Of(t.items[i].Shape)
		if err != nil {
			return err
		}
		text, err := encoder.Encode(shape)
		if err != nil {
			return err
		}
		if err := out.Write(append(row, text, inCSV(e.Epoch.From), inCSV(e.Epoch.To), s.Name())); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
