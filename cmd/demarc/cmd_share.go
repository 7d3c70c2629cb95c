package main

import (
	"context"
	"fmt"
	"io"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server"

	"github.com/spf13/cobra"
)

// shareOptions holds the flags of demarc share.
type shareOptions struct {
	figureOptions

	inside string // file with polygons; "" for a whole territory
	asJSON bool
}

func newShareCommand() *cobra.Command {
	var o shareOptions
	cmd := &cobra.Command{
		Use:   "share",
		Short: "Compute the share of a territory that a party holds on a day",
		Long: `share prints the controlled-area percentage with both areas, the uncertainty band,
the features, sources and snapshot it rests on. With --json it prints what
GET /v1/{dataset}/share answers.`,
		Example: `  demarc share --as-of 2026-01-20
  demarc share --as-of 2026-01-20 --of rafah --basis line-cut --json`,
		Args: cobra.NoArgs,
		RunE: runs(runShare, &o),
	}
	f := cmd.Flags()
	o.figureOptions.flags(f)
	partyFlag(f, &o.query.Party)
	f.StringVar(&o.inside, "in", "", "GeoJSON file with polygons: the share inside them")
	jsonFlag(f, &o.asJSON)
	return cmd
}

func runShare(ctx context.Context, std streams, o shareOptions, _ []string) error {
	snapshot, err := o.load(ctx, std.log)
	if err != nil {
		return err
	}
	if o.inside != "" {
		return runShareInside(ctx, std, o, snapshot)
	}
	share, err := snapshot.Share(ctx, o.query)
	if err != nil {
		return refuse(err)
	}
	if o.asJSON {
		share.Self = server.SharePath(&share)
		return refuse(writeJSON(std.out, share))
	}
	printShare(std.out, &share)
	return nil
}

// runShareInside prints the share inside the polygons of a file.
func runShareInside(ctx context.Context, std streams, o shareOptions, snapshot *data.Snapshot) error {
	shape, err := featureOptions{}.readPolygons(ctx, std, o.inside)
	if err != nil {
		return err
	}
	inside, err := snapshot.ShareInside(ctx, o.query, shape)
	if err != nil {
		return refuse(err)
	}
	if o.asJSON {
		inside.Self = server.SharePath(&inside.Share)
		return refuse(writeJSON(std.out, inside))
	}
	printShare(std.out, &inside.Share)
	fmt.Fprintf(std.out, "  %.3f %% of the polygon's %.3f km², of which %.3f km² lie outside the territory\n",
		inside.PercentOfPolygon, inside.PolygonKm2, inside.OutsideKm2)
	return nil
}

// sentence says of when a figure for a day is: "as mapped on 19 October 2025; 404
// days before 27 November 2026".
func sentence(e data.Evidence, asOf data.Date) string {
	said := e.Mapped()
	if distance := e.Distance(asOf); distance != "" {
		said += "; " + distance
	}
	if e.ReviewDue {
		said += "; a review of the evidence is due"
	}
	return said
}

func printShare(w io.Writer, s *data.Share) {
	fmt.Fprintf(w, "%.3f %%  of %s %s, as mapped on %s (%s)\n", s.Percent, s.Of, s.Measures.Of(s.Party), s.Evidence.Newest, s.Basis)
	fmt.Fprintf(w, "  %s\n", sentence(s.Evidence, s.AsOf))
	for _, n := range s.Newer {
		fmt.Fprintf(w, "  newer: the reading %s (%s) has evidence of %s\n", n.Basis, n.Measures, n.Newest)
	}
	if s.Note != "" {
		fmt.Fprintf(w, "  note: %s\n", s.Note)
	}
	fmt.Fprintf(w, "  %.3f of %.3f km²\n", s.HeldKm2, s.TerritoryKm2)
	fmt.Fprintf(w, "  band %.2f to %.2f %% (accuracy %.0f m along %.1f km)\n",
		s.Uncertainty.PercentLow, s.Uncertainty.PercentHigh, s.Uncertainty.AccuracyM, s.Uncertainty.FrontKm)
	fmt.Fprintf(w, "  epoch %s, features %v, sources %v\n  snapshot %s\n", s.Epoch, s.Features, s.Sources, s.Snapshot)
}
