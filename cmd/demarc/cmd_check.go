package main

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"
)

// checkOptions holds the flags of demarc check.
type checkOptions struct {
	asJSON bool
	report reportOption
}

func newCheckCommand() *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check FOLDER",
		Short: "Check a dataset folder",
		Long: `check reads a dataset folder as the server would and prints every repair and
fault with its file, feature, rule and place. A dataset that is repaired is
accepted, and that is a success. Of its map background, in context/, it tells the
same; the server draws the map without one that has faults. Of many of one kind it prints a count and
examples; --json and --report have all.`,
		Args: cobra.ExactArgs(1),
		RunE: runs(runCheck, &o),
	}
	jsonFlag(cmd.Flags(), &o.asJSON)
	o.report.flag(cmd.Flags())
	return cmd
}

func runCheck(ctx context.Context, std streams, o checkOptions, args []string) error {
	end := waiting(std.log, "checking "+args[0])
	_, report, err := load(ctx, args[0])
	if report != nil {
		err = cmp.Or(err, checkContext(ctx, args[0], report))
	}
	end()
	if report == nil || err != nil && len(report.Faults) == 0 {
		return refuse(err)
	}
	if err := o.report.write(ctx, &report.Report, report.Quality); err != nil {
		return refuse(err)
	}
	if o.asJSON {
		if err := writeJSON(std.out, report); err != nil {
			return refuse(err)
		}
	} else {
		printReport(std.out, report, o.report.rest())
	}
	if !report.OK {
		return &refusal{}
	}
	return nil
}
