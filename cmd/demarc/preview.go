package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/intake/preview"
)

// previewed reads a foreign file as a dataset to be looked at.
func previewed(ctx context.Context, name, layer string, how data.ReadOptions) (*data.Snapshot, *data.Report, error) {
	before, err := os.Stat(name)
	if err != nil {
		return nil, nil, err
	}
	contents, err := preview.Of(ctx, foreignFile(name), layer, data.DateOf(time.Now()))
	if after, e := os.Stat(name); e != nil || !after.ModTime().Equal(before.ModTime()) || after.Size() != before.Size() {
		return nil, nil, fmt.Errorf("%s: %w", name, errChanging)
	}
	if err != nil {
		return nil, nil, err
	}
	files, err := contents.Files()
	if err != nil {
		return nil, nil, err
	}
	how.Keeper = nil // nothing of a preview was checked that is worth keeping
	snapshot, report, err := how.Read(ctx, data.Files(files))
	if err != nil {
		err = fmt.Errorf("preview of %s: %w", name, err)
	}
	return snapshot, report, err
}
