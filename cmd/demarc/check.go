package main

import (
	"fmt"

	"github.com/demarc-map/demarc/data"

	"github.com/spf13/cobra"
)

func checkCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "check FOLDER",
		Short: "Check a dataset folder",
		Long: `check reads a dataset folder as the server would and prints every repair and
fault with its file, feature, rule and place. It exits with 0 when the dataset
is accepted (repaired or not), 1 when it is refused, 2 for a wrong command line.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			_, report, err := load(cmd.Context(), args[0])
			if report == nil || err != nil && len(report.Faults) == 0 {
				return refuse(err)
			}
			if asJSON {
				if err := writeJSON(cmd.OutOrStdout(), report); err != nil {
					return refuse(err)
				}
			} else {
				printReport(cmd, report)
			}
			if !report.OK {
				return &refusal{}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func printReport(cmd *cobra.Command, report *data.Report) {
	w := cmd.OutOrStdout()
	for _, r := range report.Repairs {
		fmt.Fprintln(w, r)
	}
	for _, f := range report.Faults {
		fmt.Fprintln(w, f.Error())
	}
	if report.Quality != nil {
		for _, f := range report.Quality.Findings {
			fmt.Fprintf(w, "noted: %s %v: %s\n", f.Rule, f.Features, f.Detail)
		}
	}
	if report.OK {
		fmt.Fprintf(w, "accepted: %s, %d repairs, snapshot %s\n", report.Dataset, len(report.Repairs), report.Snapshot)
	} else {
		fmt.Fprintf(w, "refused: %d faults, %d repairs\n", len(report.Faults), len(report.Repairs))
	}
}
