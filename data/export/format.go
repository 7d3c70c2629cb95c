package export

import (
	"context"
	"fmt"
	"io"

	"github.com/demarc-map/demarc/data"
)

// Format is a kind of file. Its Suffix ends the file's name; that of formats with
// one layer a file begins with the layer: zones.fgb.
type Format struct {
	Suffix      string
	ContentType string
	Packed      bool // read in parts or compressed in itself: a server sends it as it is
	write       func(context.Context, io.Writer, *data.Snapshot, data.Edition) error
}

// Write writes an edition of a snapshot.
func (f Format) Write(ctx context.Context, w io.Writer, s *data.Snapshot, e data.Edition) error {
	return f.write(ctx, w, s, e)
}

// FileName says what a file is and of when: gaza-2025-10-10-traced.gpkg.
func FileName(s *data.Snapshot, e data.Edition, suffix string) string {
	return fmt.Sprintf("%s-%s-%s.%s", s.Dataset.ID, e.Epoch.From, e.Basis, suffix)
}
