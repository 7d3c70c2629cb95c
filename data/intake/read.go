package intake

import (
	"context"
	"errors"

	"github.com/demarc-map/demarc/data/intake/foreign"
	"github.com/demarc-map/demarc/geojson"
)

// File is one foreign file.
type File = foreign.File

// read hands on the features of a file.
func read(ctx context.Context, file File, layer string, report *geojson.Report, each func(geojson.Feature)) error {
	source, err := foreign.Open(ctx, file, foreign.Options{Layer: layer})
	if err != nil {
		return refused(err, report)
	}
	defer source.Close()
	err = geojson.Read(ctx, source.Text(), file.Name, geojson.Options{Clean: true, Bare: true}, report, func(f geojson.Feature) error {
		each(f)
		return nil
	})
	return refused(err, report)
}

// refused reports an error that is a fault of the file.
func refused(err error, report *geojson.Report) error {
	var bad geojson.Fault
	if errors.As(err, &bad) {
		report.Refuse(bad)
		return nil
	}
	return err
}
