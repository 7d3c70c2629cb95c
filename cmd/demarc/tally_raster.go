package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/demarc-map/demarc/data"
)

// isTIFF tells whether a file begins as TIFF or BigTIFF do.
func isTIFF(name string) bool {
	if name == "-" {
		return false
	}
	file, err := os.Open(name)
	if err != nil {
		return false // who reads it says so
	}
	var first [4]byte
	_, err = io.ReadFull(file, first[:])
	if errors.Join(err, file.Close()) != nil {
		return false
	}
	switch string(first[:]) {
	case "II*\x00", "MM\x00*", "II+\x00", "MM\x00+":
		return true
	}
	return false
}

// runRaster sums a GeoTIFF of counts.
func (o tallyOptions) runRaster(ctx context.Context, std streams, file string) error {
	if q := o.query; q.By != "" || q.Weight != "" || q.WithinM != 0 || q.Against != "" || o.from != "" || o.to != "" || o.features.layer != "" ||
		o.polygons != "point" || o.where != "" || o.asCSV || o.asGeoJSON || o.out != "" {
		return refuse(fmt.Errorf("%s is a raster, a TIFF: --by, --weight, --within, --against, --from, --to, --layer, --polygons, --where, --csv, --geojson and --out are for features", file))
	}
	if !o.features.withGDAL {
		return refuse(fmt.Errorf("%s is a raster, a TIFF, which is read by GDAL where you say so and its programs are installed, "+
			"in any coordinate system that PROJ knows: demarc tally %q --with-gdal", file, file))
	}
	snapshot, err := o.place.load(ctx, std.log)
	if err != nil {
		return err
	}
	raster, err := openRaster(ctx, file)
	if err != nil {
		return refuse(fmt.Errorf("%s: %w", file, err))
	}
	sum, err := data.SumRaster(ctx, snapshot, o.query.Query, raster.lines(ctx))
	switch {
	case err != nil:
		return refuse(fmt.Errorf("%s: %w", file, err))
	case o.asJSON:
		return refuse(writeJSON(std.out, sum))
	}
	printRasterSum(std.out, sum)
	return nil
}

func printRasterSum(w io.Writer, s *data.RasterSum) {
	row := func(name string, r *data.SumRow) {
		fmt.Fprintf(w, "  %-18s held %12.1f (%.1f to %.1f)  free %12.1f (%.1f to %.1f)  outside %12.1f\n",
			name, r.Held.Value, r.Held.Low, r.Held.High, r.Free.Value, r.Free.Low, r.Free.High, r.Outside)
	}
	for _, r := range s.Readings {
		fmt.Fprintf(w, "%s, as mapped on %s (accuracy %.0f m)\n", r.Basis, r.Evidence.Newest, r.AccuracyM)
		row("all", &r.Total)
		for _, d := range r.Districts {
			row(d.ID, &d.SumRow)
		}
	}
	fmt.Fprintf(w, "%d cells, %d of them without data and left out, %d cut by an edge and shared out by area; values are counts per cell; snapshot %s\n",
		s.Cells, s.NodataCells, s.CutCells, s.Snapshot)
}
