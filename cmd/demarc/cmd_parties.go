package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server"

	"github.com/spf13/cobra"
)

// partiesOptions holds the flags of demarc parties.
type partiesOptions struct {
	figureOptions

	tableOptions
}

func newPartiesCommand() *cobra.Command {
	var o partiesOptions
	cmd := &cobra.Command{
		Use:   "parties",
		Short: "Tell whose all the land of a territory is on a day",
		Long: `parties prints the land of each party alone, of several parties at once, of nobody,
or not mapped, for a territory and each of its districts. The percentages of a
table sum to exactly 100.00. With --json it prints what GET /v1/{dataset}/parties
answers, with --csv the same for a spreadsheet.`,
		Example: `  demarc parties --demo --as-of 2025-06-01
  demarc parties --as-of 2026-01-20 --of rafah --json`,
		Args: cobra.NoArgs,
		RunE: runs(runParties, &o),
	}
	f := cmd.Flags()
	o.figureOptions.flags(f)
	o.tableOptions.flags(cmd)
	return cmd
}

func runParties(ctx context.Context, std streams, o partiesOptions, _ []string) error {
	snapshot, err := o.load(ctx, std.log)
	if err != nil {
		return err
	}
	parties, err := snapshot.Parties(ctx, o.query)
	if err != nil {
		return refuse(err)
	}
	parties.Self = server.PartiesPath(parties)
	return o.print(std.out, parties, func(w io.Writer) { printParties(w, parties) })
}

func printParties(w io.Writer, p *data.Parties) {
	for i, table := range append([]data.PartyTable{p.PartyTable}, p.Districts...) {
		fmt.Fprintf(w, "%s, %.3f km²", table.Territory, table.TerritoryKm2)
		if i == 0 {
			fmt.Fprintf(w, ", %s under %s%s", p.AsOf, p.Basis, mappedLine(p))
		}
		fmt.Fprintln(w)
		for _, r := range table.Rows {
			who := string(r.Holder)
			if len(r.Parties) > 0 {
				who = strings.Join(r.Parties, " + ")
			}
			fmt.Fprintf(w, "  %6s %%  %12.3f km²  %s\n", r.Rounded, r.Km2, who)
		}
	}
	fmt.Fprintf(w, "snapshot %s\n", p.Snapshot)
}

// mappedLine says of when the table is.
func mappedLine(p *data.Parties) string {
	if p.Evidence == nil {
		return ""
	}
	return ", " + sentence(*p.Evidence, p.AsOf)
}
