package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/demarc-map/demarc/data/store"

	"github.com/spf13/cobra"
)

// repairOptions holds the flags of demarc repair.
type repairOptions struct {
	store   string
	confirm bool
	asJSON  bool
}

func newRepairCommand() *cobra.Command {
	var o repairOptions
	cmd := &cobra.Command{
		Use:   "repair",
		Short: "Set aside what is damaged in a store",
		Long: `repair lists the entries of a folder store that cannot be read, and the newest
entries of a dataset of which the bytes are damaged. With --confirm it sets them
aside: 00000002 is then called 00000002.lost, and the dataset goes on from its
newest whole entry. Nothing is deleted. What was published by an entry that is set
aside is lost, unless its folder is copied back from a backup, which is better
whenever there is one. Start the servers of the store anew afterwards: one that
knows the entry takes its loss for tampering.`,
		Args: cobra.NoArgs,
		RunE: runs(runRepair, &o),
	}
	cmd.Flags().StringVar(&o.store, "store", "demarc-store", "folder of the store")
	cmd.Flags().BoolVar(&o.confirm, "confirm", false, "set them aside")
	jsonFlag(cmd.Flags(), &o.asJSON)
	return cmd
}

func runRepair(ctx context.Context, std streams, o repairOptions, _ []string) error {
	if store.IsPostGIS(o.store) {
		return refuse(errors.New("a database is repaired from its backup; demarc repair is for stores in a folder"))
	}
	d, err := store.OpenDirectory(o.store)
	if err != nil {
		return refuse(fmt.Errorf("store: %w", err))
	}
	done, err := d.Repair(ctx, o.confirm)
	if err = errors.Join(err, d.Close()); err != nil {
		return refuse(err)
	}
	if o.asJSON {
		return refuse(writeJSON(std.out, done))
	}
	does := "would be set aside, with --confirm"
	if o.confirm {
		does = "set aside"
	}
	for _, damage := range done.SetAside {
		fmt.Fprintf(std.out, "%s: %s\n", does, damage)
	}
	for _, damage := range done.Left {
		fmt.Fprintf(std.out, "left, for a backup to mend: %s\n", damage)
	}
	if len(done.SetAside)+len(done.Left) == 0 {
		fmt.Fprintln(std.out, "nothing is damaged that repair can see; demarc verify looks at everything")
	}
	return nil
}
