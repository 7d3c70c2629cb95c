package main

import (
	"fmt"
	"io"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"
)

// printOutcome prints what came of publishing.
func printOutcome(w io.Writer, done store.Outcome, asJSON bool) error {
	if asJSON {
		return writeJSON(w, done)
	}
	printFigures(w, done.Difference.Figures)
	said := "published"
	if !done.Published {
		said = "unchanged, published before"
	}
	_, err := fmt.Fprintf(w, "%s: %s, entry %d, snapshot %s\n", said, done.Entry.Dataset, done.Entry.Number, done.Entry.Snapshot)
	return err
}

// printFigures prints what happens to the headline figures.
func printFigures(w io.Writer, all []data.FigureChange) {
	percent := func(v *float64) string {
		if v == nil {
			return "not mapped"
		}
		return fmt.Sprintf("%.3f %%", *v)
	}
	for _, f := range all {
		fmt.Fprintf(w, "%s under %s: %s becomes %s\n", f.Days, f.Basis, percent(f.Before), percent(f.After))
	}
}
