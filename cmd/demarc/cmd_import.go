package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing/fstest"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/internal/atomicfile"
)

func runImport(ctx context.Context, std streams, o importOptions, args []string) error {
	if err := o.complete(); err != nil {
		return err
	}
	plan, err := o.plan()
	if err != nil {
		return err
	}
	if _, err := os.Stat(o.out); err == nil {
		return refuse(fmt.Errorf("%s exists already", o.out))
	}
	report := &geojson.Report{}
	read := 0
	draw, end := progress(std.log, "files")
	contents, err := o.contents(ctx, args, plan, report, func() {
		if read++; draw != nil {
			draw(read, len(args)+1)
		}
	})
	end()
	if err != nil {
		return refuse(err)
	}
	printNotes(std.log, report.Notes)
	for _, r := range report.Repairs {
		fmt.Fprintln(std.log, r)
	}
	if err := report.Err(); err != nil {
		return refuse(err)
	}
	files, err := contents.Files()
	if err != nil {
		return refuse(err)
	}
	snapshot, checked, err := check(ctx, files)
	if err != nil {
		return refuse(err)
	}
	if err := writeFolder(ctx, o.out, files); err != nil {
		return refuse(err)
	}
	checked.Repairs = nil
	printReport(std.out, checked)
	if longest := o.states.Longest(); longest.To-longest.From > 1 && o.gapDays == 0 {
		fmt.Fprintf(std.out, "noted: between states, up to %d days without one (after %s, until %s) are taken to be like the day before; --gap-days makes them gaps\n",
			longest.To-longest.From-1, longest.From, longest.To)
	}
	for _, note := range o.notes {
		fmt.Fprintf(std.out, "noted: %s\n", note)
	}
	d := &snapshot.Dataset
	for _, party := range d.Parties {
		fmt.Fprintf(std.out, "party %s: %s\n", party.ID, party.Name.In(o.lang))
	}
	for _, basis := range d.Bases {
		fmt.Fprintf(std.out, "reading %s: %s\n", basis.ID, basis.Name.In(o.lang))
	}
	fmt.Fprintf(std.out, "wrote %s: %d zones, %d epochs from %s\n", o.out, len(snapshot.Zones), len(snapshot.Epochs), snapshot.FirstDate())
	return nil
}

// check reads the files as the server would, before anything is written.
func check(ctx context.Context, files map[string][]byte) (*data.Snapshot, *data.Report, error) {
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: text}
	}
	return data.Read(ctx, folder)
}

// writeFolder writes a new folder whole or not at all.
func writeFolder(ctx context.Context, name string, files map[string][]byte) error {
	return atomicfile.NewFolder(ctx, name, func(temporary string) error {
		for file, text := range files {
			if err := os.WriteFile(filepath.Join(temporary, file), text, 0o644); err != nil {
				return err
			}
		}
		return nil
	})
}
