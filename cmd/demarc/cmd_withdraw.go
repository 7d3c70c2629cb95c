package main

import (
	"context"
	"fmt"

	"github.com/demarc-map/demarc/data/store"

	"github.com/spf13/cobra"
)

func newWithdrawCommand() *cobra.Command {
	var o storeOptions
	cmd := &cobra.Command{
		Use:   "withdraw SNAPSHOT",
		Short: "Take the bytes of a snapshot away for good",
		Long: `withdraw removes the bytes of an earlier snapshot from a store, for legal reasons
or somebody's safety. The history goes on with an entry that says what was
withdrawn and why, and verifies as before; every server answers 410 where the
snapshot is named, and nobody can publish the same bytes again. What is published
now cannot be withdrawn: publish another, or roll back, first. In a database only
the owner of the schema may withdraw. Backups, caches in front of servers, and
what readers took away are not reached. SNAPSHOT is what rollback takes.`,
		Example: `  demarc withdraw 3 --reason "names a shelter"`,
		Args:    cobra.ExactArgs(1),
		RunE:    runs(runWithdraw, &o),
	}
	o.flags(cmd)
	o.proposing(cmd)
	f := cmd.Flags()
	f.StringVar(&o.proposal.Note, "reason", "", "why, in one line, for everybody to read")
	f.Lookup("confirm").Usage = "withdraw although the clock is odd or the store damaged"
	return cmd
}

func runWithdraw(ctx context.Context, std streams, o storeOptions, args []string) error {
	return o.change(ctx, func(s store.Store, id string, p store.Proposal) error {
		done, err := store.Withdraw(ctx, s, id, args[0], p)
		if err != nil {
			return err
		}
		if o.asJSON {
			return writeJSON(std.out, done)
		}
		said := "withdrawn"
		if !done.Published {
			said = "withdrawn before"
		}
		_, err = fmt.Fprintf(std.out, "%s: %s, entry %d, snapshot %s\n", said, id, done.Entry.Number, done.Entry.Withdraws)
		return err
	})
}
