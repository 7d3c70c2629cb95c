package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"demarc/data"
	"demarc/data/gaza"
)

// load reads the dataset in a folder, or the embedded one for "".
func load(ctx context.Context, folder string) (*data.Snapshot, *data.Report, error) {
	var files fs.FS = gaza.Files
	if folder != "" {
		info, err := os.Stat(folder)
		if err != nil {
			return nil, nil, err
		}
		if !info.IsDir() {
			return nil, nil, fmt.Errorf("%s is not a folder", folder)
		}
		root, err := os.OpenRoot(folder) // links inside the folder cannot lead out of it
		if err != nil {
			return nil, nil, err
		}
		defer root.Close()
		files = root.FS()
	}
	snapshot, report, err := data.Read(ctx, files)
	if err != nil && folder != "" {
		err = fmt.Errorf("%s: %w", folder, err)
	}
	return snapshot, report, err
}

// loadAll reads several folders, or the embedded dataset when there are none
// or when it is wanted beside them. It goes on after a refusal, so that all
// faults are told at once.
func loadAll(ctx context.Context, folders []string, embedded bool) ([]*data.Snapshot, error) {
	if len(folders) == 0 || embedded {
		folders = append([]string{""}, folders...)
	}
	var all []*data.Snapshot
	var faults []error
	seen := map[string]string{}
	for _, folder := range folders {
		snapshot, _, err := load(ctx, folder)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		id := snapshot.Dataset.ID
		if other, twice := seen[id]; twice {
			faults = append(faults, fmt.Errorf("%s: the dataset %q is also in %s", name(folder), id, name(other)))
			continue
		}
		seen[id] = folder
		all = append(all, snapshot)
	}
	return all, errors.Join(faults...)
}

func name(folder string) string {
	if folder == "" {
		return "the embedded dataset"
	}
	return folder
}
