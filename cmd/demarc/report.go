package main

import (
	"fmt"
	"io"

	"github.com/demarc-map/demarc/data"
)

// printReport prints what was found in a dataset, and whether it is accepted. Rest
// says where everything is told.
func printReport(w io.Writer, report *data.Report, rest string) {
	say(w, repairs(report.Repairs, rest))
	say(w, faults(report.Faults, rest))
	if report.Quality != nil {
		say(w, notes(report.Quality, rest))
	}
	if report.OK {
		fmt.Fprintf(w, "accepted: %s, %d repairs, snapshot %s\n", report.Dataset, len(report.Repairs), report.Snapshot)
	} else {
		fmt.Fprintf(w, "refused: %d faults, %d repairs\n", len(report.Faults), len(report.Repairs))
	}
}
