package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"

	"github.com/spf13/cobra"
)

func newDiffCommand() *cobra.Command {
	var o storeOptions
	cmd := &cobra.Command{
		Use:   "diff [FROM [TO]]",
		Short: "Tell what changed between two entries: features, and headline figures",
		Long: `diff compares two snapshots of a dataset: which features and claims were added,
removed or changed and in what, and on which days the headline figure is another,
by reading. FROM and TO are numbers or names of entries or snapshots. Without TO
it is the last entry, without FROM the one before TO.`,
		Args: cobra.MaximumNArgs(2),
		RunE: runs(runDiff, &o),
	}
	o.flags(cmd)
	return cmd
}

func runDiff(ctx context.Context, std streams, o storeOptions, args []string) error {
	return o.with(ctx, false, func(s store.Store) error {
		chain, _, err := o.chain(ctx, s)
		if err != nil {
			return err
		}
		difference, err := store.Diff(ctx, s, chain, optional(args, 0), optional(args, 1))
		if err != nil {
			return err
		}
		if o.asJSON {
			return writeJSON(std.out, difference)
		}
		printDifference(std.out, &difference)
		return nil
	})
}

func printDifference(w io.Writer, d *data.Difference) {
	fmt.Fprintf(w, "from %s\nto   %s\n", d.From, d.To)
	for _, f := range d.Features {
		line := f.Change + "  " + f.File
		if f.Feature != "" {
			line += "  " + f.Feature
		}
		if len(f.Members) > 0 {
			line += ": " + strings.Join(f.Members, ", ")
		}
		fmt.Fprintln(w, line)
	}
	printFigures(w, d.Figures)
	if len(d.Features) == 0 {
		fmt.Fprintln(w, "nothing changed")
	}
}
