package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/intake"
	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/server"
)

// tallyRun is one tally and how it is told.
type tallyRun struct {
	o        tallyOptions
	snapshot *data.Snapshot
	things   iter.Seq2[data.Thing, error]
}

// extension is that of the file to write, which is its format.
func (o tallyOptions) extension() string {
	return strings.ToLower(strings.TrimPrefix(filepath.Ext(o.out), "."))
}

// format is that of what is printed, "" for the totals in words.
func (o tallyOptions) format() string {
	switch {
	case o.asJSON:
		return "json"
	case o.asGeoJSON:
		return "geojson"
	case o.asCSV:
		return "csv"
	}
	return ""
}

// print tells of the things to file, unless nil, and prints the answer to out once it
// is whole. What is told of each thing waits on disk, not in memory.
func (t tallyRun) print(ctx context.Context, out, file io.Writer) (err error) {
	printed := &spool{}
	defer func() { err = errors.Join(err, refuse(printed.Close())) }()
	var writers []data.ThingWriter
	layer := data.NewThingSection()
	for _, to := range []struct {
		w      io.Writer
		format string
	}{{printed, t.o.format()}, {file, t.o.extension()}} {
		if to.w == nil || to.format == "" {
			continue
		}
		if to.format == "gpkg" {
			writers = append(writers, layer)
			continue
		}
		rows := &spool{}
		defer func() { err = errors.Join(err, refuse(rows.Close())) }()
		writer, err := data.NewThingWriter(to.format, to.w, rows)
		if err != nil {
			return err
		}
		writers = append(writers, writer)
	}
	tally, err := t.snapshot.Tally(ctx, t.o.query, t.things, func(thing *data.TallyThing) error {
		for _, w := range writers {
			if err := w.Add(thing); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return refuse(err)
	}
	tally.Self = server.TallyPath(tally)
	for _, w := range writers {
		if err := w.End(data.TallyEnd{Tally: tally}); err != nil {
			return refuse(err)
		}
	}
	if file != nil && t.o.extension() == "gpkg" {
		if err := t.writePackage(ctx, file, layer.Section); err != nil {
			return refuse(err)
		}
	}
	if t.o.format() == "" {
		printTally(out, tally)
		return nil
	}
	return refuse(printed.copyTo(out))
}

// writePackage writes the things as a layer of a GeoPackage, and the land near the line
// where it was asked about.
func (t tallyRun) writePackage(ctx context.Context, w io.Writer, things data.Section) error {
	layers := []data.Section{things}
	if t.o.query.WithinM > 0 {
		near, err := t.snapshot.Near(ctx, data.NearQuery{Query: t.o.query.Query, WithinM: t.o.query.WithinM})
		if err != nil {
			return err
		}
		layers = append(layers, near.Section())
	}
	return writePackage(ctx, w, t.snapshot, t.o.query.Query, layers...)
}

// things are the features of files that a condition takes, counted through.
func (o tallyOptions) things(ctx context.Context, std streams, files []string, where *intake.Where) iter.Seq2[data.Thing, error] {
	return func(yield func(data.Thing, error) bool) {
		before, last := 0, -1
		for _, file := range files {
			err := o.features.read(ctx, std, file, func(f geojson.Feature) error {
				thing, err := data.ThingOf(f)
				if err != nil {
					return err
				}
				takes, err := where.Takes(thing.Properties)
				if err != nil {
					return fmt.Errorf("feature %s: %w", f.Label(), err)
				}
				last = before + f.Index
				thing.Index = last
				if takes && !yield(thing, nil) {
					return errEnough
				}
				return nil
			})
			if errors.Is(err, errEnough) {
				return
			}
			if err != nil {
				yield(data.Thing{}, err)
				return
			}
			before = last + 1
		}
	}
}
