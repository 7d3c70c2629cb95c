package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/gaza"
)

// errChanging means that a folder, or a file, was written to while it was read, so that
// what was read may be half old and half new.
var errChanging = errors.New("it changed while it was read")

// load reads the dataset in a folder, or the embedded one for "".
func load(ctx context.Context, folder string) (*data.Snapshot, *data.Report, error) {
	return loadWith(ctx, folder, data.ReadOptions{})
}

// loadWith is load with options of reading.
func loadWith(ctx context.Context, folder string, o data.ReadOptions) (*data.Snapshot, *data.Report, error) {
	if folder == "" {
		return o.Read(ctx, gaza.Files)
	}
	info, err := os.Stat(folder)
	if err != nil {
		return nil, nil, err
	}
	if !info.IsDir() {
		return nil, nil, fmt.Errorf("%s is not a folder: 'demarc serve %s' shows a file of polygons as it is, and 'demarc import %s' says how it becomes a dataset", folder, folder, folder)
	}
	root, err := os.OpenRoot(folder) // links inside the folder cannot lead out of it
	if err != nil {
		return nil, nil, err
	}
	defer root.Close()
	before, err := stamp(root.FS())
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", folder, err)
	}
	snapshot, report, err := o.Read(ctx, root.FS())
	if after, e := stamp(root.FS()); e != nil || after != before {
		return nil, nil, fmt.Errorf("%s: %w", folder, errChanging)
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", folder, err)
	}
	return snapshot, report, err
}

// stamp tells one state of a dataset's files from another.
func stamp(folder fs.FS) (string, error) {
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, entry := range entries {
		if !data.IsFile(entry.Name()) {
			continue // a log, say, which may grow all the time
		}
		info, err := fs.Stat(folder, entry.Name()) // of the file, where the entry is a link to it
		if err != nil {
			continue // a link to nowhere, which reading will tell if it matters
		}
		fmt.Fprintln(&out, entry.Name(), info.Size(), info.ModTime().UnixNano())
	}
	return out.String(), nil
}

// loadSettled is loadAll for folders that somebody may be writing to: it reads
// again until they keep still.
func loadSettled(ctx context.Context, places []datasetOptions, o data.ReadOptions) ([]*data.Snapshot, error) {
	for attempt := 1; ; attempt++ {
		snapshots, err := loadAll(ctx, places, o)
		if !errors.Is(err, errChanging) || attempt == 10 {
			return snapshots, err
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-time.After(quiet):
		}
	}
}

// loadAll reads several datasets. It goes on after a refusal, so that all faults
// are told at once.
func loadAll(ctx context.Context, places []datasetOptions, o data.ReadOptions) ([]*data.Snapshot, error) {
	var all []*data.Snapshot
	var faults []error
	seen := map[string]string{}
	for _, place := range places {
		snapshot, _, err := place.read(ctx, o)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		id := snapshot.Dataset.ID
		if other, twice := seen[id]; twice {
			faults = append(faults, fmt.Errorf("%s: the dataset %q is also in %s", place.name(), id, other))
			continue
		}
		seen[id] = place.name()
		all = append(all, snapshot)
	}
	return all, errors.Join(faults...)
}
