package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/demarc-map/demarc/data/store"

	"github.com/spf13/cobra"
)

func newHistoryCommand() *cobra.Command {
	var o storeOptions
	cmd := &cobra.Command{
		Use:   "history",
		Short: "List what was published of a dataset, by whom and when",
		Long: `history lists the entries of a dataset, oldest first, after checking that each
follows the one before it. Keep the name of the last entry somewhere else: as
long as it is in the list, nothing before it was changed. When entries are, or may
be, lost by damage, it lists the others, names the damage and exits with 1.`,
		Args: cobra.NoArgs,
		RunE: runs(runHistory, &o),
	}
	o.flags(cmd)
	return cmd
}

func runHistory(ctx context.Context, std streams, o storeOptions, _ []string) error {
	return o.with(ctx, false, func(s store.Store) error {
		chain, damage, err := o.chain(ctx, s)
		if err != nil {
			return err
		}
		if o.asJSON {
			return errors.Join(writeJSON(std.out, map[string]any{"dataset": o.dataset, "entries": chain}), store.NewDamaged(damage))
		}
		for _, e := range chain {
			fmt.Fprintf(std.out, "%d  %s  %s  %s  %s\n   entry %s\n", e.Number, e.At.Format(time.RFC3339), what(e), e.By(), e.Note, e.ID)
		}
		return store.NewDamaged(damage)
	})
}

// what is what an entry did: it published a snapshot, or withdrew one.
func what(e store.Entry) string {
	if e.Withdraws != "" {
		return "withdrew " + e.Withdraws
	}
	return e.Snapshot
}
