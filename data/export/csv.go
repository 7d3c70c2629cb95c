package export

import (
	"context"
	"encoding/csv"
	"io"
	"slices"
	"strconv"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
)

// writeCSV writes the features of an edition as CSV (RFC 4180, UTF-8), one a row,
// without their shapes: what they are, since when, how large, where places lie. The
// last columns say which days and which snapshot the row is of.
func writeCSV(ctx context.Context, w io.Writer, s *data.Snapshot, e data.Edition) error {
	var sections []data.Section
	for _, name := range s.SectionNames() {
		section, err := layerOf(ctx, s, e, name)
		if err != nil {
			return err
		}
		sections = append(sections, section)
	}
	all, err := tables(ctx, s, sections...)
	if err != nil {
		return err
	}
	header := []string{"layer"}
	for _, t := range all {
		for _, c := range t.columns {
			if !slices.Contains(header, c.name) {
				header = append(header, c.name)
			}
		}
	}
	place := len(header)
	header = append(header, "lon_deg", "lat_deg", "epoch_from", "epoch_to", "snapshot")
	out := csv.NewWriter(w)
	named := make([]string, len(header))
	for i, name := range header {
		named[i] = data.PlainCell(name)
	}
	if err := out.Write(named); err != nil {
		return err
	}
	for _, t := range all {
		for i, cells := range t.rows {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			row := make([]string, len(header))
			row[0] = t.name
			for k, c := range t.columns {
				row[slices.Index(header, c.name)] = inCSV(cells[k])
			}
			if p, ok := t.items[i].Shape.(orb.Point); ok {
				row[place], row[place+1] = inCSV(p[0]), inCSV(p[1])
			}
			row[place+2], row[place+3], row[place+4] = inCSV(e.Epoch.From), inCSV(e.Epoch.To), s.Name()
			if err := out.Write(row); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// inCSV writes a cell: numbers in full, dates as YYYY-MM-DD, open ends and what is
// absent as nothing.
func inCSV(v any) string {
	switch v := v.(type) {
	case string:
		return data.PlainCell(v)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case data.Date:
		if v != 0 {
			return v.String()
		}
	}
	return ""
}
