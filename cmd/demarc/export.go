package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/export"
	"github.com/demarc-map/demarc/internal/atomicfile"
	"github.com/demarc-map/demarc/tiles"
	"github.com/demarc-map/demarc/tiles/archive"

	"github.com/spf13/cobra"
)

// exportRun is one run of demarc export.
type exportRun struct {
	format, file string
	baseURL      string // of a site's links
	day          data.Date
	snapshot     *data.Snapshot
	tiles        archive.Options // the edition is that of every format
	log          io.Writer
}

func exportCommand() *cobra.Command {
	var folder, asOf, basis string
	var e exportRun
	cmd := &cobra.Command{
		Use:   "export --format FORMAT",
		Short: "Write the map of a day as one file: tiles, GeoPackage, GeoJSON, …",
		Long: `export writes what the map shows on a day under one reading of the evidence as
one file: an archive of vector tiles (pmtiles, mbtiles) or its features (geojson,
gpkg, kml, csv; one layer each: territories.fgb, zones.fgb, control_lines.fgb,
places.fgb). The files of features are those that a server answers at /export.

A site is a folder that any file server serves: for every epoch and reading a page
with its figures and map, the answers as JSON, the features and the tiles.

The file appears under its name only when it is whole, and replaces one that is
there. An archive that was interrupted goes on where it stopped when the same
command is given again; until then the tiles made so far are kept in a hidden
file beside it, .NAME.part, which may be deleted.`,
		Example: `  demarc export --format pmtiles --as-of 2026-01-20
  demarc export --format mbtiles --out gaza.mbtiles --max-zoom 12
  demarc export --format geojson --data my-place/`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			day := data.DateOf(time.Now())
			if asOf != "" {
				var err error
				if day, err = data.ParseDate(asOf); err != nil {
					return fmt.Errorf("--as-of: %w", err)
				}
			}
			write, ok := e.writer()
			if !ok {
				return fmt.Errorf("--format: %q is none of %s", e.format, strings.Join(exportFormats(), ", "))
			}
			snapshot, _, err := load(cmd.Context(), folder)
			if err != nil {
				return refuse(err)
			}
			edition, err := snapshot.Edition(basis, day)
			if err != nil {
				return refuse(err)
			}
			if e.file == "" {
				e.file = export.FileName(snapshot, edition, e.format)
			}
			e.snapshot, e.day, e.tiles.Edition, e.log = snapshot, day, edition, cmd.ErrOrStderr()
			said, err := write(cmd.Context())
			if errors.Is(err, context.Canceled) {
				return refuse(fmt.Errorf("interrupted: %s is not written", e.file))
			}
			if err != nil {
				return refuse(err)
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", e.file, said)
			return refuse(err)
		},
	}
	f := cmd.Flags()
	f.StringVar(&e.format, "format", "", strings.Join(exportFormats(), ", "))
	f.StringVar(&e.baseURL, "base-url", "", "what the links of a site's answers begin with: a server of the same data")
	f.StringVar(&e.file, "out", "", "file to write (default: DATASET-EPOCH-BASIS.FORMAT)")
	f.StringVar(&folder, "data", "", "dataset folder (default: the embedded dataset)")
	f.StringVar(&asOf, "as-of", "", "day, YYYY-MM-DD (default: today, UTC)")
	f.StringVar(&basis, "basis", "", "reading of the evidence (default: the dataset's default basis)")
	f.Uint32Var(&e.tiles.MinZoom, "min-zoom", 0, "first zoom of an archive")
	f.Uint32Var(&e.tiles.MaxZoom, "max-zoom", 14, "last zoom of an archive, up to 16")
	_ = cmd.MarkFlagRequired("format") // fails only for a flag that does not exist
	return cmd
}

// writer returns what writes the file and tells of it, or false for an unknown format.
func (e *exportRun) writer() (write func(context.Context) (string, error), ok bool) {
	switch e.format {
	case "pmtiles", "mbtiles":
		return e.writeTiles, true
	case "site":
		return e.writeSite, true
	}
	format, ok := export.Find(e.format)
	return e.writeFeatures(format), ok
}

// exportFormats lists the formats.
func exportFormats() []string {
	names := []string{"pmtiles", "mbtiles"}
	for _, f := range export.Formats() {
		names = append(names, f.Suffix)
	}
	return append(names, "site")
}

// writeTiles writes an archive. Tiles pass through a small store, since each is
// asked for once.
func (e *exportRun) writeTiles(ctx context.Context) (string, error) {
	atlas, err := tiles.NewAtlas(ctx, e.snapshot, tiles.Options{Store: tiles.NewStore(16 << 20)})
	if err != nil {
		return "", err
	}
	o := e.tiles
	o.Maker = build().Version + " " + build().Commit
	var end func()
	o.Progress, end = progress(e.log, "tiles")
	summary, err := archive.Write(ctx, e.file, archive.Format(e.format), atlas, o)
	end()
	if err != nil {
		return "", err
	}
	said := fmt.Sprintf("%d tiles, %d of them different, %d bytes", summary.Tiles, summary.Contents, summary.Bytes)
	if summary.Resumed > 0 {
		said += fmt.Sprintf(" (%d tiles were there from an interrupted run)", summary.Resumed)
	}
	return said, nil
}

// writeFeatures returns what writes the features as a file of one format.
func (e *exportRun) writeFeatures(format export.Format) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		size := int64(0)
		err := atomicfile.Replace(ctx, e.file, func(temporary string) error {
			f, err := os.Create(temporary)
			if err != nil {
				return err
			}
			err = format.Write(ctx, f, e.snapshot, e.tiles.Edition)
			info, statErr := f.Stat()
			if statErr == nil {
				size = info.Size()
			}
			return errors.Join(err, statErr, f.Close())
		})
		return fmt.Sprintf("%d bytes", size), err
	}
}
