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
	sections    []string // that it is made of, nil for all
}

// Write writes an edition of a snapshot. It ends soon after its context, whose cause
// is the error then.
func (f Format) Write(ctx context.Context, w io.Writer, s *data.Snapshot, e data.Edition) error {
	return f.write(ctx, untilDone{ctx, w}, s, e)
}

// untilDone is a file that takes nothing more once the context has ended: encoders
// that know of none write in many small parts.
type untilDone struct {
	ctx context.Context
	to  io.Writer
}

func (u untilDone) Write(p []byte) (int, error) {
	if u.ctx.Err() != nil {
		return 0, context.Cause(u.ctx)
	}
	return u.to.Write(p)
}

// FileName says what a file is and of when: gaza-2025-10-10-traced.gpkg.
func FileName(s *data.Snapshot, e data.Edition, suffix string) string {
	return fmt.Sprintf("%s-%s-%s.%s", s.Dataset.ID, e.Epoch.From, e.Basis, suffix)
}

// Bytes that making a file takes at most, about, the file itself and what is left
// for the collector included: the most of all formats, measured as the growth of a
// process on 20,000 squares (KML), on 20 zones of 10,000 positions (GeoPackage,
// with the arrangement of its held land) and on 200 texts of 50 kB (FlatGeobuf).
const (
	makingFeature  = 8 << 10
	makingPosition = 1 << 10
	makingText     = 9
)

// Weight is about how many bytes of memory writing an edition takes, which is told
// by what the edition shows, before anything is written.
func (f Format) Weight(s *data.Snapshot, e data.Edition) int64 {
	return weight(s.Size(e, f.sections...))
}

func weight(size data.Size) int64 {
	return makingFeature*int64(size.Features) + makingPosition*int64(size.Positions) + makingText*int64(size.Text)
}
