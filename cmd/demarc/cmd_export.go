package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/demarc-map/demarc/data/export"
	"github.com/demarc-map/demarc/tiles/archive"

	"github.com/spf13/cobra"
)

// exportOptions holds the flags of demarc export.
type exportOptions struct {
	place        datasetOptions
	asOf, basis  string
	format, file string
	baseURL      string // of a site's links
	tiles        archive.Options
}

func newExportCommand() *cobra.Command {
	var o exportOptions
	cmd := &cobra.Command{
		Use:   "export --format FORMAT",
		Short: "Write the map of a day as one file: tiles, GeoPackage, GeoJSON, …",
		Long: `export writes what the map shows on a day under one reading of the evidence as
one file: an archive of vector tiles (pmtiles, mbtiles) or its features (geojson,
gpkg, kml, csv; one layer each: zones.wkt.csv, territories.fgb, held.fgb, zones.fgb,
control_lines.fgb, places.fgb). The files of features are those that a server answers at /export.

A site is a folder that any file server serves: for every epoch and reading a page
with its figures and map, the answers as JSON, the features and the tiles.

The file appears under its name only when it is whole, and replaces one that is
there, but no link or device. Exports to one name wait for each other. An archive
that was interrupted goes on where it stopped when the same command is given
again; until then the tiles made so far are kept in a hidden file beside it,
.NAME.part, which may be deleted.`,
		Example: `  demarc export --format pmtiles --as-of 2026-01-20
  demarc export --format mbtiles --out gaza.mbtiles --max-zoom 12
  demarc export --format geojson --data my-place/`,
		Args: cobra.NoArgs,
		RunE: runs(runExport, &o),
	}
	f := cmd.Flags()
	f.StringVar(&o.format, "format", "", strings.Join(exportFormats(), ", "))
	f.StringVar(&o.baseURL, "base-url", "", "what the links of a site's answers begin with: a server of the same data")
	f.StringVar(&o.file, "out", "", "file to write (default: DATASET-EPOCH-BASIS.FORMAT)")
	o.place.flags(f)
	editionFlags(f, &o.asOf, &o.basis)
	f.Uint32Var(&o.tiles.MinZoom, "min-zoom", 0, "first zoom of an archive")
	f.Uint32Var(&o.tiles.MaxZoom, "max-zoom", 14, "last zoom of an archive, up to 16")
	_ = cmd.MarkFlagRequired("format") // fails only for a flag that does not exist
	return cmd
}

func runExport(ctx context.Context, std streams, o exportOptions, _ []string) error {
	day, err := dayAsked(o.asOf)
	if err != nil {
		return err
	}
	write, ok := exportWriter(o.format)
	if !ok {
		return fmt.Errorf("--format: %q is none of %s", o.format, strings.Join(exportFormats(), ", "))
	}
	snapshot, err := o.place.load(ctx, std.log)
	if err != nil {
		return err
	}
	edition, err := snapshot.Edition(o.basis, day)
	if err != nil {
		return refuse(err)
	}
	e := exportJob{file: o.file, baseURL: o.baseURL, day: day, snapshot: snapshot, place: o.place, tiles: o.tiles, log: std.log}
	e.tiles.Edition = edition
	if e.file == "" {
		e.file = export.FileName(snapshot, edition, o.format)
	}
	said, err := write(ctx, &e)
	if errors.Is(err, context.Canceled) {
		return refuse(fmt.Errorf("interrupted: %s is not written", e.file))
	}
	if err != nil {
		return refuse(err)
	}
	_, err = fmt.Fprintf(std.out, "%s: %s\n", e.file, said)
	return refuse(err)
}

// exportWriter returns what writes a format and tells of it, or false for an unknown one.
func exportWriter(name string) (write func(context.Context, *exportJob) (string, error), ok bool) {
	switch name {
	case "pmtiles", "mbtiles":
		return func(ctx context.Context, e *exportJob) (string, error) {
			return e.writeTiles(ctx, archive.Format(name))
		}, true
	case "site":
		return writeSite, true
	}
	format, ok := export.Find(name)
	return func(ctx context.Context, e *exportJob) (string, error) { return e.writeFeatures(ctx, format) }, ok
}

// exportFormats lists the formats.
func exportFormats() []string {
	names := []string{"pmtiles", "mbtiles"}
	for _, f := range export.Formats() {
		names = append(names, f.Suffix)
	}
	return append(names, "site")
}
