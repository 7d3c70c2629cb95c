package main

import (
	"context"
	"fmt"

	"github.com/demarc-map/demarc/data"

	"github.com/spf13/cobra"
)

// splitOptions holds the flags of demarc split.
type splitOptions struct {
	place          datasetOptions
	features       featureOptions
	line, of       string
	extendM, joinM float64
	asJSON         bool
}

func newSplitCommand() *cobra.Command {
	var o splitOptions
	cmd := &cobra.Command{
		Use:   "split --line FILE",
		Short: "Measure both sides of a territory cut by a line",
		Long: `split cuts a territory by the line in a file (- for standard input) and
prints the land on its left and right, seen along the line. Each end of the line
is prolonged by --extend metres, since real lines stop short of the boundary.

The line may come in pieces, of a MultiLineString, a collection or several features:
they are joined where their ends are the same place or, with --join-m, as many metres
apart. What was joined is said. A line that branches, or pieces that do not join to
one line, are refused with the places.`,
		Args: cobra.NoArgs,
		RunE: runs(runSplit, &o),
	}
	f := cmd.Flags()
	o.place.flags(f)
	o.features.flags(f)
	f.StringVar(&o.line, "line", "", "file with a line, or the pieces of one, of any format that import reads")
	f.Float64Var(&o.joinM, "join-m", 0, "metres by which the ends of two pieces may be apart")
	ofFlag(f, &o.of)
	f.Float64Var(&o.extendM, "extend", 50, "metres by which each end is prolonged")
	jsonFlag(f, &o.asJSON)
	_ = cmd.MarkFlagRequired("line") // fails only for a flag that does not exist
	return cmd
}

func runSplit(ctx context.Context, std streams, o splitOptions, _ []string) error {
	snapshot, err := o.place.load(ctx, std.log)
	if err != nil {
		return err
	}
	line, err := o.features.readLine(ctx, std, o.line, o.joinM)
	if err != nil {
		return err
	}
	s, err := snapshot.Split(ctx, o.of, line, o.extendM)
	if err != nil {
		return refuse(err)
	}
	if o.asJSON {
		return refuse(writeJSON(std.out, s))
	}
	for _, row := range []struct {
		name string
		data.Part
	}{{"left", s.Left}, {"right", s.Right}, {"pocket", s.Pocket}, {"unreached", s.Unreached}} {
		fmt.Fprintf(std.out, "%-10s %12.3f km² %9.3f %%\n", row.name, row.Km2, row.Percent)
	}
	return nil
}
