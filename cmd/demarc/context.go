package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/data/mapcontext"
	"github.com/demarc-map/demarc/geojson"
)

// embeddedID is the id of the embedded dataset.
const embeddedID = "gaza"

// contextsOf finds map contexts where the datasets are: beside the files of a folder, in
// the binary for the embedded dataset, and there too for what a store has of it where no
// folder says otherwise, since no store keeps contexts.
func contextsOf(places []datasetOptions) func(context.Context, string) (*mapcontext.Map, error) {
	return func(ctx context.Context, dataset string) (*mapcontext.Map, error) {
		for _, place := range places {
			if place.demo || place.file != "" || place.folder == "" || idIn(place.folder) != dataset {
				continue
			}
			m, _, err := readContext(ctx, place.folder)
			if err != nil {
				err = fmt.Errorf("%s: %w", place.folder, err)
			}
			return m, err
		}
		if dataset != embeddedID {
			return nil, nil
		}
		m, _, err := mapcontext.Read(ctx, gaza.Context, 1)
		return m, err
	}
}

// readContext reads the map context of a dataset folder, nil when it has none.
func readContext(ctx context.Context, folder string) (*mapcontext.Map, *geojson.Report, error) {
	root, err := os.OpenRoot(folder) // links inside the folder cannot lead out of it
	if err != nil {
		return nil, nil, err
	}
	defer root.Close()
	return mapcontext.Read(ctx, root.FS(), 1)
}

// idIn is the id of the dataset in a folder, "" when it cannot be told.
func idIn(folder string) string {
	text, err := fs.ReadFile(os.DirFS(folder), "dataset.json")
	if err != nil {
		return ""
	}
	var d struct{ ID string }
	if json.Unmarshal(text, &d) != nil {
		return ""
	}
	return d.ID
}

// checkContext adds what is wrong with the map context in a folder to the report of its
// dataset.
func checkContext(ctx context.Context, folder string, report *data.Report) error {
	_, found, err := readContext(ctx, folder)
	if err != nil && !errors.Is(err, mapcontext.ErrRefused) {
		return err
	}
	report.Faults, report.Repairs = append(report.Faults, found.Faults...), append(report.Repairs, found.Repairs...)
	report.OK = report.OK && len(found.Faults) == 0
	return nil
}
