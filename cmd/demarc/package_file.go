package main

import (
	"context"
	"io"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/export"
)

// writePackage writes layers that were computed for a question as a GeoPackage.
func writePackage(ctx context.Context, w io.Writer, s *data.Snapshot, q data.Query, layers ...data.Section) error {
	edition, err := s.Edition(q.Basis, q.AsOf)
	if err != nil {
		return err
	}
	return export.GeoPackage(ctx, w, s, edition, layers...)
}
