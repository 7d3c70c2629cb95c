package main

import (
	"fmt"
	"io"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"

	"github.com/spf13/cobra"
)

func publishCommand() *cobra.Command {
	var k kept
	cmd := &cobra.Command{
		Use:   "publish FOLDER",
		Short: "Check a dataset folder and publish it",
		Long: `publish checks a dataset folder and adds it to the history that a store keeps:
an entry with time, author and note, chained to the one before it by a hash.
When it says published, the snapshot is on disk and will survive a power cut.
Servers of the store serve it within two seconds.

A headline figure that changes by more than 5 points, or becomes 0 or not mapped,
wants to be confirmed: look at it, and give --confirm. Publishing what is
published already does nothing.`,
		Example: `  demarc publish my-place/ --note "line of 20 January"
  demarc publish my-place/ --store /srv/demarc/store --author desk`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := k.proposed()
			if err != nil {
				return err
			}
			snapshot, _, err := load(cmd.Context(), args[0])
			if err != nil {
				return refuse(err)
			}
			if id := snapshot.Dataset.ID; k.dataset != "" && k.dataset != id {
				return refuse(fmt.Errorf("%s holds the dataset %q, not %q", args[0], id, k.dataset))
			}
			return k.with(cmd.Context(), true, func(s store.Store) error {
				done, err := store.Publish(cmd.Context(), s, snapshot, p)
				return k.tell(cmd.OutOrStdout(), done, err)
			})
		},
	}
	k.flags(cmd)
	k.proposing(cmd)
	return cmd
}

func rollbackCommand() *cobra.Command {
	var k kept
	cmd := &cobra.Command{
		Use:   "rollback [ENTRY]",
		Short: "Publish an earlier snapshot again",
		Long: `rollback publishes an earlier snapshot of a dataset as a new entry; nothing is
deleted. ENTRY is the number or name of an entry, or the name of a snapshot, of
which six digits are enough; without it, what was published before the present
snapshot.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := k.proposed()
			if err != nil {
				return err
			}
			return k.with(cmd.Context(), false, func(s store.Store) error {
				id, err := k.of(cmd.Context(), s)
				if err != nil {
					return err
				}
				done, err := store.Rollback(cmd.Context(), s, id, optional(args, 0), p)
				return k.tell(cmd.OutOrStdout(), done, err)
			})
		},
	}
	k.flags(cmd)
	k.proposing(cmd)
	return cmd
}

// optional returns an argument, "" when there are fewer.
func optional(args []string, i int) string {
	if i < len(args) {
		return args[i]
	}
	return ""
}

// tell prints what came of publishing.
func (k *kept) tell(w io.Writer, done store.Outcome, err error) error {
	if err != nil {
		return err
	}
	if k.asJSON {
		return writeJSON(w, done)
	}
	printFigures(w, done.Difference.Figures)
	said := "published"
	if !done.Published {
		said = "unchanged, published before"
	}
	_, err = fmt.Fprintf(w, "%s: %s, entry %d, snapshot %s\n", said, done.Entry.Dataset, done.Entry.Number, done.Entry.Snapshot)
	return err
}

// printFigures prints what happens to the headline figures.
func printFigures(w io.Writer, all []data.FigureChange) {
	percent := func(v *float64) string {
		if v == nil {
			return "not mapped"
		}
		return fmt.Sprintf("%.3f %%", *v)
	}
	for _, f := range all {
		fmt.Fprintf(w, "%s under %s: %s becomes %s\n", f.Days, f.Basis, percent(f.Before), percent(f.After))
	}
}
