package main

import (
	"context"
	"fmt"
	"io"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server"

	"github.com/spf13/cobra"
)

// displacementOptions holds the flags of demarc displacement.
type displacementOptions struct {
	figureOptions

	percent   float64
	asked     bool   // percent was given
	distances string // "" for the usual ones

	tableOptions
}

func newDisplacementCommand() *cobra.Command {
	var o displacementOptions
	cmd := &cobra.Command{
		Use:   "displacement",
		Short: "Tell how far the line would have to lie for a figure to be true",
		Long: `displacement tells how far the line would have to lie beyond where it is drawn,
everywhere alike, for a share to be --percent, and what the share would be at other
distances: above 0 into the land that the party does not hold, below 0 into what it
holds. It is a yardstick to hold against pictures of the ground, no model of how a
line moves. With --json it prints what GET /v1/{dataset}/displacement answers, with
--csv the distances and shares for a spreadsheet.`,
		Example: `  demarc displacement --percent 60 --basis line-cut --as-of 2026-01-20
  demarc displacement --of rafah --distances -100,0,100 --csv`,
		Args:   cobra.NoArgs,
		PreRun: func(cmd *cobra.Command, _ []string) { o.asked = cmd.Flags().Changed("percent") },
		RunE:   runs(runDisplacement, &o),
	}
	f := cmd.Flags()
	o.figureOptions.flags(f)
	partyFlag(f, &o.query.Party)
	f.Float64Var(&o.percent, "percent", 0, "the figure, in percent of the territory")
	f.StringVar(&o.distances, "distances", "", "distances to tell the share at, in metres with commas between, at most 100 (default: from -2000 to 2000)")
	o.tableOptions.flags(cmd)
	return cmd
}

func runDisplacement(ctx context.Context, std streams, o displacementOptions, _ []string) error {
	snapshot, err := o.load(ctx, std.log)
	if err != nil {
		return err
	}
	asked := data.DisplacementQuery{Query: o.query}
	if o.asked {
		asked.Percent = &o.percent
	}
	if o.distances != "" {
		if asked.DistancesM, err = server.ParseDistances(o.distances); err != nil {
			return fmt.Errorf("--distances: %w", err)
		}
	}
	found, err := snapshot.Displacement(ctx, asked)
	if err != nil {
		return refuse(err)
	}
	found.Share.Self, found.Self = server.SharePath(&found.Share), server.DisplacementPath(found, asked.DistancesM)
	return o.print(std.out, found, func(w io.Writer) { printDisplacement(w, found) })
}

func printDisplacement(w io.Writer, d *data.Displacement) {
	s := &d.Share
	if d.Verdict != "" {
		fmt.Fprintf(w, "%s\n  a yardstick, no model: nothing says that a line moves alike everywhere\n", d.Verdict)
	}
	fmt.Fprintf(w, "as the line is drawn, %.1f km known to %.0f m: %.3f %% of %s %s (%s), band %.2f to %.2f %%\n",
		d.LineKm, s.Uncertainty.AccuracyM, s.Percent, s.Of, s.Measures.Of(s.Party), s.Basis, s.Uncertainty.PercentLow, s.Uncertainty.PercentHigh)
	fmt.Fprintf(w, "  %s\n", sentence(s.Evidence, s.AsOf))
	if len(d.Curve) > 0 {
		fmt.Fprintf(w, "%12s %12s %12s\n", "metres", "share (%)", "held (km²)")
	}
	for _, p := range d.Curve {
		fmt.Fprintf(w, "%+12.0f %12.2f %12.2f\n", p.DistanceM, p.Percent, p.HeldKm2)
	}
	fmt.Fprintf(w, "sources %v\nsnapshot %s\n", s.Sources, d.Snapshot)
}
