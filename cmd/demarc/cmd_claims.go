package main

import (
	"context"
	"fmt"
	"io"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server"

	"github.com/spf13/cobra"
)

// claimsOptions holds the flags of demarc claims.
type claimsOptions struct {
	place datasetOptions
	asOf  string

	tableOptions
}

func newClaimsCommand() *cobra.Command {
	var o claimsOptions
	cmd := &cobra.Command{
		Use:   "claims",
		Short: "Hold published figures against what is computed",
		Long: `claims prints each published figure of the dataset, a share, an area, a change, a
rate, a number of things or a distance, with a verdict, and beside it what is
computed for its own day under each reading: the figure with its band, the
difference, and how far the line would have to lie beyond where it is drawn for the
published figure to be true. With --json it prints what GET /v1/{dataset}/claims
answers, with --csv the same for a spreadsheet, a row a reading.`,
		Example: `  demarc claims
  demarc claims --as-of 2026-01-20 --csv`,
		Args: cobra.NoArgs,
		RunE: runs(runClaims, &o),
	}
	f := cmd.Flags()
	o.place.flags(f)
	f.StringVar(&o.asOf, "as-of", "", "only claims stated by this day, YYYY-MM-DD (default: all)")
	o.tableOptions.flags(cmd)
	return cmd
}

func runClaims(ctx context.Context, std streams, o claimsOptions, _ []string) error {
	var asOf data.Date
	if o.asOf != "" {
		var err error
		if asOf, err = dayAsked(o.asOf); err != nil {
			return err
		}
	}
	snapshot, err := o.place.load(ctx, std.log)
	if err != nil {
		return err
	}
	claims, err := server.ClaimsOf(ctx, snapshot, asOf)
	if err != nil {
		return refuse(err)
	}
	return o.print(std.out, claims, func(w io.Writer) { printClaims(w, claims) })
}

func printClaims(w io.Writer, claims *server.Claims) {
	for i := range claims.Claims {
		printClaim(w, &claims.Claims[i])
	}
	fmt.Fprintf(w, "snapshot %s\n", claims.Snapshot)
}

func printClaim(w io.Writer, c *data.CheckedClaim) {
	fmt.Fprintf(w, "%s, %s: %s\n  %s: %s\n", c.Who, c.FigureDay(), c.Published(), c.Measures, c.Words)
	for i := range c.Computed {
		x := &c.Computed[i]
		fmt.Fprintf(w, "    %-10s %s; %s\n", x.Basis, x.InWords(), x.Words)
	}
	for _, y := range c.Yardsticks {
		fmt.Fprintf(w, "    %-10s %s\n", y.Basis, y.Words)
	}
}
