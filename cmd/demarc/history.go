package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"

	"github.com/spf13/cobra"
)

func historyCommand() *cobra.Command {
	var k kept
	cmd := &cobra.Command{
		Use:   "history",
		Short: "List what was published of a dataset, by whom and when",
		Long: `history lists the entries of a dataset, oldest first, after checking that each
follows the one before it. Keep the name of the last entry somewhere else: as
long as it is in the list, nothing before it was changed.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return k.with(cmd.Context(), false, func(s store.Store) error {
				chain, err := k.chain(cmd.Context(), s)
				if err != nil {
					return err
				}
				w := cmd.OutOrStdout()
				if k.asJSON {
					return writeJSON(w, map[string]any{"dataset": k.dataset, "entries": chain})
				}
				for _, e := range chain {
					fmt.Fprintf(w, "%d  %s  %s  %s  %s\n   entry %s\n", e.Number, e.At.Format(time.RFC3339), e.Snapshot, e.Author, e.Note, e.ID)
				}
				return nil
			})
		},
	}
	k.flags(cmd)
	return cmd
}

func diffCommand() *cobra.Command {
	var k kept
	cmd := &cobra.Command{
		Use:   "diff [FROM [TO]]",
		Short: "Tell what changed between two entries: features, and headline figures",
		Long: `diff compares two snapshots of a dataset: which features and claims were added,
removed or changed and in what, and on which days the headline figure is another,
by reading. FROM and TO are numbers or names of entries or snapshots. Without TO
it is the last entry, without FROM the one before TO.`,
		Args: cobra.MaximumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return k.with(cmd.Context(), false, func(s store.Store) error {
				chain, err := k.chain(cmd.Context(), s)
				if err != nil {
					return err
				}
				difference, err := store.Diff(cmd.Context(), s, chain, optional(args, 0), optional(args, 1))
				if err != nil {
					return err
				}
				if k.asJSON {
					return writeJSON(cmd.OutOrStdout(), difference)
				}
				printDifference(cmd, &difference)
				return nil
			})
		},
	}
	k.flags(cmd)
	return cmd
}

func printDifference(cmd *cobra.Command, d *data.Difference) {
	w := cmd.OutOrStdout()
	fmt.Fprintf(w, "from %s\nto   %s\n", d.From, d.To)
	for _, f := range d.Features {
		line := f.Change + "  " + f.File
		if f.Feature != "" {
			line += "  " + f.Feature
		}
		if len(f.Members) > 0 {
			line += ": " + strings.Join(f.Members, ", ")
		}
		fmt.Fprintln(w, line)
	}
	printFigures(w, d.Figures)
	if len(d.Features) == 0 {
		fmt.Fprintln(w, "nothing changed")
	}
}
