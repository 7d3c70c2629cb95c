package main

import (
	"context"

	"github.com/demarc-map/demarc/data/store"

	"github.com/spf13/cobra"
)

func newRollbackCommand() *cobra.Command {
	var o storeOptions
	cmd := &cobra.Command{
		Use:   "rollback [ENTRY]",
		Short: "Publish an earlier snapshot again",
		Long: `rollback publishes an earlier snapshot of a dataset as a new entry; nothing is
deleted. ENTRY is the number or name of an entry, or the name of a snapshot, of
which six digits are enough; without it, what was published before the present
snapshot.`,
		Args: cobra.MaximumNArgs(1),
		RunE: runs(runRollback, &o),
	}
	o.flags(cmd)
	o.proposing(cmd)
	o.noting(cmd)
	return cmd
}

func runRollback(ctx context.Context, std streams, o storeOptions, args []string) error {
	return o.change(ctx, func(s store.Store, id string, p store.Proposal) error {
		done, err := store.Rollback(ctx, s, id, optional(args, 0), p)
		if err != nil {
			return err
		}
		return printOutcome(std.out, done, o.asJSON)
	})
}
