package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/export"
	"github.com/demarc-map/demarc/internal/atomicfile"
	"github.com/demarc-map/demarc/tiles"
	"github.com/demarc-map/demarc/tiles/archive"
)

// exportJob is what one run of demarc export writes.
type exportJob struct {
	file     string
	baseURL  string // of a site's links
	day      data.Date
	snapshot *data.Snapshot
	place    datasetOptions  // where it is from
	tiles    archive.Options // the edition is that of every format
	log      io.Writer
}

// writeTiles writes an archive. Tiles pass through a small store, since each is
// asked for once.
func (e *exportJob) writeTiles(ctx context.Context, format archive.Format) (string, error) {
	atlas, err := tiles.NewAtlas(ctx, e.snapshot, tiles.Options{Store: tiles.NewStore(16 << 20)})
	if err != nil {
		return "", err
	}
	o := e.tiles
	o.Maker = maker()
	var end func()
	o.Progress, end = progress(e.log, "tiles")
	summary, err := archive.Write(ctx, e.file, format, atlas, o)
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

// writeFeatures writes the features as a file of one format.
func (e *exportJob) writeFeatures(ctx context.Context, format export.Format) (string, error) {
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
