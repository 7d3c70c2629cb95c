package export

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/demarc-map/demarc/data"
)

// Format is a kind of file. Its Suffix ends the file's name; that of formats with
// one layer a file begins with the layer: zones.fgb.
type Format struct {
	Suffix      string
	ContentType string
	write       func(context.Context, io.Writer, *data.Snapshot, data.Edition) error
}

// Formats lists the formats in the order of how often they are wanted.
func Formats() []Format {
	all := []Format{
		{"geojson", "application/geo+json", func(_ context.Context, w io.Writer, s *data.Snapshot, e data.Edition) error {
			return json.NewEncoder(w).Encode(s.GeoJSON(e))
		}},
		{"gpkg", "application/geopackage+sqlite3", writeGeoPackage},
		{"kml", "application/vnd.google-earth.kml+xml", func(_ context.Context, w io.Writer, s *data.Snapshot, e data.Edition) error {
			return s.WriteKML(w, e)
		}},
		{"csv", "text/csv; charset=utf-8", func(_ context.Context, w io.Writer, s *data.Snapshot, e data.Edition) error {
			return writeCSV(w, s, e)
		}},
	}
	for _, layer := range []string{"territories", "zones", "control_lines", "places"} {
		all = append(all, flatGeobuf(layer))
	}
	return all
}

// Find returns the format of a suffix.
func Find(suffix string) (Format, bool) {
	for _, f := range Formats() {
		if f.Suffix == suffix {
			return f, true
		}
	}
	return Format{}, false
}

// Write writes an edition of a snapshot.
func (f Format) Write(ctx context.Context, w io.Writer, s *data.Snapshot, e data.Edition) error {
	return f.write(ctx, w, s, e)
}

// FileName says what a file is and of when: gaza-2025-10-10-traced.gpkg.
func FileName(s *data.Snapshot, e data.Edition, suffix string) string {
	return fmt.Sprintf("%s-%s-%s.%s", s.Dataset.ID, e.Epoch.From, e.Basis, suffix)
}
