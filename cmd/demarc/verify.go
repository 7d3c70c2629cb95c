package main

import (
	"fmt"

	"github.com/demarc-map/demarc/data/store"

	"github.com/spf13/cobra"
)

func verifyCommand() *cobra.Command {
	var k kept
	var expected []string
	var begin bool
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Hash everything in a store again",
		Long: `verify reads every entry and snapshot of a store from the disk and hashes it
again. It names what was changed, is missing or does not belong there, and then
exits with 1. It removes what interrupted publications left behind, and nothing
else. A chain cannot tell that its last entries were taken away; --expect names an
entry, noted down elsewhere, that has to be there still.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return k.with(cmd.Context(), begin, func(s store.Store) error {
				report, err := s.Verify(cmd.Context())
				if err != nil {
					return err
				}
				if err := expect(cmd, s, report, expected); err != nil {
					return err
				}
				w := cmd.OutOrStdout()
				if k.asJSON {
					if err := writeJSON(w, report); err != nil {
						return err
					}
				} else {
					for _, fault := range report.Faults {
						fmt.Fprintln(w, fault)
					}
					for _, name := range report.Removed {
						fmt.Fprintln(w, "removed:", name)
					}
					fmt.Fprintf(w, "%d datasets, %d entries, %d snapshots, %d bytes: %d faults\n",
						report.Datasets, report.Entries, report.Snapshots, report.Bytes, len(report.Faults))
				}
				if !report.OK {
					return &refusal{}
				}
				return nil
			})
		},
	}
	k.flags(cmd)
	cmd.Flags().BoolVar(&begin, "migrate", false, "begin the store where there is none, or bring its schema up to date")
	cmd.Flags().StringArrayVar(&expected, "expect", nil, "name of an entry that has to be there; may be given several times")
	return cmd
}

// expect faults entries that are not in any history.
func expect(cmd *cobra.Command, s store.Store, report *store.Report, expected []string) error {
	if len(expected) == 0 || !report.OK {
		return nil
	}
	heads, err := s.Heads(cmd.Context())
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for id := range heads {
		chain, err := s.History(cmd.Context(), id)
		if err != nil {
			return err
		}
		for _, e := range chain {
			there[e.ID] = true
		}
	}
	for _, id := range expected {
		if !there[id] {
			report.OK = false
			report.Faults = append(report.Faults, fmt.Sprintf("entry %s is not there", id))
		}
	}
	return nil
}
