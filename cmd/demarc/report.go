package main

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/demarc-map/demarc/data"
)

// printReport prints what was found in a dataset, and whether it is accepted.
func printReport(w io.Writer, report *data.Report) {
	for _, r := range report.Repairs {
		fmt.Fprintln(w, r)
	}
	for _, f := range report.Faults {
		fmt.Fprintln(w, f.Error())
	}
	if report.Quality != nil {
		listed := map[string]int{}
		for _, f := range report.Quality.Findings {
			fmt.Fprintf(w, "noted: %s %v: %s\n", f.Rule, f.Features, f.Detail)
			listed[f.Rule]++
		}
		for _, rule := range slices.Sorted(maps.Keys(report.Quality.Total)) {
			if more := report.Quality.Total[rule] - listed[rule]; more > 0 {
				fmt.Fprintf(w, "noted: %s: %d more\n", rule, more)
			}
		}
	}
	if report.OK {
		fmt.Fprintf(w, "accepted: %s, %d repairs, snapshot %s\n", report.Dataset, len(report.Repairs), report.Snapshot)
	} else {
		fmt.Fprintf(w, "refused: %d faults, %d repairs\n", len(report.Faults), len(report.Repairs))
	}
}
