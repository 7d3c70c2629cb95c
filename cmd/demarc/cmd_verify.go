package main

import (
	"context"
	"fmt"
	"io"

	"github.com/demarc-map/demarc/data/store"

	"github.com/spf13/cobra"
)

// verifyOptions holds the flags of demarc verify.
type verifyOptions struct {
	storeOptions
	witness witnessOptions
	begin   bool
}

func newVerifyCommand() *cobra.Command {
	var o verifyOptions
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Hash everything in a store again",
		Long: `verify reads every entry and snapshot of a store from the disk and hashes it
again. It names what was changed, is missing, is spelled in another way than it
was written or does not belong there, and then exits with 1. It removes what interrupted publications left behind, and nothing
else. A chain cannot tell that its last entries were taken away, or that all of it
was written anew; --expect names an entry, noted down elsewhere, that has to be
there still, --state remembers the last ones from one verify to the next, and
--signed-by wants the last ones signed.`,
		Args: cobra.NoArgs,
		RunE: runs(runVerify, &o),
	}
	o.flags(cmd)
	cmd.Flags().BoolVar(&o.begin, "migrate", false, "begin the store where there is none, or bring its schema up to date")
	o.witness.flags(cmd.Flags())
	return cmd
}

func runVerify(ctx context.Context, std streams, o verifyOptions, _ []string) error {
	faults := 0
	err := o.with(ctx, o.begin, func(s store.Store) error {
		end := waiting(std.log, "verifying")
		report, err := s.Verify(ctx)
		end()
		if err != nil {
			return err
		}
		if err := o.witness.hold(ctx, s, report); err != nil {
			return err
		}
		faults = len(report.Faults)
		if o.asJSON {
			return writeJSON(std.out, report)
		}
		printVerification(std.out, report)
		return nil
	})
	if err == nil && faults > 0 {
		return refuse(fmt.Errorf("the store is not as it was written: the report has %d faults", faults))
	}
	return err
}

func printVerification(w io.Writer, report *store.Report) {
	for _, fault := range report.Faults {
		fmt.Fprintln(w, fault)
	}
	for _, name := range report.Removed {
		fmt.Fprintln(w, "removed:", name)
	}
	for _, name := range report.SetAside {
		fmt.Fprintln(w, "set aside:", name)
	}
	withdrawn := ""
	if report.Withdrawn > 0 {
		withdrawn = fmt.Sprintf(", %d withdrawn", report.Withdrawn)
	}
	fmt.Fprintf(w, "%d datasets, %d entries, %d snapshots, %d bytes%s: %d faults\n",
		report.Datasets, report.Entries, report.Snapshots, report.Bytes, withdrawn, len(report.Faults))
	if report.Entries == 0 {
		fmt.Fprintln(w, "the store is empty; whether anything was ever published into it only --expect or --state tells")
	}
}

// hold faults what a store that is sound in itself has otherwise than the witness
// knows.
func (o *witnessOptions) hold(ctx context.Context, s store.Store, report *store.Report) error {
	if !report.OK {
		return nil
	}
	w, err := o.read()
	if err != nil {
		return err
	}
	chains, err := chainsOf(ctx, s)
	if err != nil {
		return err
	}
	report.Faults = append(report.Faults, w.Doubts(chains)...)
	report.OK = len(report.Faults) == 0
	return o.raise(ctx, chains)
}
