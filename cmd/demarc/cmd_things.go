package main

import (
	"context"
	"fmt"
	"io"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server"

	"github.com/spf13/cobra"
)

// thingsOptions holds the flags of demarc things.
type thingsOptions struct {
	figureOptions

	layer   string
	withinM float64

	tableOptions
}

func newThingsCommand() *cobra.Command {
	var o thingsOptions
	cmd := &cobra.Command{
		Use:   "things",
		Short: "Tell what of the dataset's own layers of things lies behind the line",
		Long: `things counts what of each layer of things that the dataset carries, schools, places,
built-up area, lies on land that the party holds, on land of the territory that it does
not hold (free says no more than that), and outside, under each reading that maps the day.
What lies within the accuracy of the line may lie on either side, so every total has a low
and a high. The things are as mapped on the day that is named: nothing says that they
still are. With --json it prints what GET /v1/{dataset}/things answers, with --csv a row
for each layer and reading, in all, by district and by group. Files of your own are
counted by demarc tally.`,
		Example: `  demarc things --as-of 2026-10-01
  demarc things --layer schools --within 500 --basis restricted --csv`,
		Args: cobra.NoArgs,
		RunE: runs(runThings, &o),
	}
	f := cmd.Flags()
	o.figureOptions.flags(f)
	partyFlag(f, &o.query.Party)
	f.StringVar(&o.layer, "layer", "", "id of one layer (default: all)")
	f.Float64Var(&o.withinM, "within", 0, "metres from the line that count as near")
	o.tableOptions.flags(cmd)
	return cmd
}

func runThings(ctx context.Context, std streams, o thingsOptions, _ []string) error {
	snapshot, err := o.load(ctx, std.log)
	if err != nil {
		return err
	}
	found, err := snapshot.TallyThings(ctx, o.query, o.layer, o.withinM)
	if err != nil {
		return refuse(err)
	}
	found.Self = server.ThingsPath(found, o.layer)
	return o.print(std.out, found, func(w io.Writer) { printThings(w, found) })
}

func printThings(w io.Writer, t *data.ThingTallies) {
	if len(t.Layers) == 0 {
		fmt.Fprintf(w, "%s has no layers of things\n", t.Dataset)
	}
	for i := range t.Layers {
		l := &t.Layers[i]
		unit := map[data.ThingCount]string{data.CountNumber: "", data.CountKm: " km", data.CountKm2: " km²"}[l.Counts]
		fmt.Fprintf(w, "%s, as mapped on %s\n", l.Title.In("en"), l.MappedOn)
		for k := range l.Readings {
			r := &l.Readings[k]
			a := &r.Total
			fmt.Fprintf(w, "  %-12s %s of %s%s %s", r.Basis, amountOf(l, a.Held), amountOf(l, a.All-a.Outside), unit, r.Measures.Of(t.Party))
			if a.HeldPercent != nil {
				fmt.Fprintf(w, ", %.1f %%", *a.HeldPercent)
			}
			fmt.Fprintf(w, " (%s to %s); of the land %.1f %%", amountOf(l, a.HeldLow), amountOf(l, a.HeldHigh), r.LandPercent)
			if t.WithinM > 0 {
				fmt.Fprintf(w, "; within %g m of the line %s", t.WithinM, amountOf(l, a.NearHeld+a.NearFree))
			}
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "  %s\n", l.Attribution.In("en"))
	}
	fmt.Fprintf(w, "snapshot %s\n", t.Snapshot)
}

// amountOf words an amount of a layer: numbers as they are, lengths and areas to two decimals.
func amountOf(l *data.LayerTally, amount float64) string {
	if l.Counts == data.CountNumber {
		return fmt.Sprintf("%g", amount)
	}
	return fmt.Sprintf("%.2f", amount)
}
