package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"

	"github.com/spf13/cobra"
)

// publishOptions holds the flags of demarc publish.
type publishOptions struct {
	storeOptions
	report reportOption
}

func newPublishCommand() *cobra.Command {
	var o publishOptions
	cmd := &cobra.Command{
		Use:   "publish FOLDER",
		Short: "Check a dataset folder and publish it",
		Long: `publish checks a dataset folder and adds it to the history that a store keeps:
an entry with time, author and note, chained to the one before it by a hash.
When it says published, the snapshot is on disk and will survive a power cut.
Servers of the store serve it within two seconds.

A headline figure that changes by more than 5 points, or becomes 0 or not mapped,
wants to be confirmed: look at it, and give --confirm. So does a clock that is odd:
behind the last entry, more than ten minutes ahead of the database's, or more than
31 days after the last entry and the newest file of the folder. Publishing what is
published already does nothing. Nobody is named as the author unless --author
does: an entry can never be taken back.`,
		Example: `  demarc publish my-place/ --note "line of 20 January"
  demarc publish my-place/ --store /srv/demarc/store --author desk`,
		Args: cobra.ExactArgs(1),
		RunE: runs(runPublish, &o),
	}
	o.flags(cmd)
	o.proposing(cmd)
	o.noting(cmd)
	o.report.flag(cmd.Flags())
	return cmd
}

func runPublish(ctx context.Context, std streams, o publishOptions, args []string) error {
	p, err := o.proposed()
	if err != nil {
		return err
	}
	end := waiting(std.log, "checking "+args[0])
	snapshot, report, err := load(ctx, args[0])
	end()
	if report != nil {
		if err := o.report.write(ctx, &report.Report, report.Quality); err != nil {
			return refuse(err)
		}
		if err := refused(&report.Report, o.report.rest()); err != nil {
			return err
		}
	}
	if err != nil {
		return refuse(err)
	}
	p.Edited = edited(args[0])
	if id := snapshot.Dataset.ID; o.dataset != "" && o.dataset != id {
		return refuse(fmt.Errorf("%s holds the dataset %q, not %q", args[0], id, o.dataset))
	}
	return o.with(ctx, true, func(s store.Store) error {
		done, err := store.Publish(ctx, s, snapshot, p)
		if err != nil {
			return err
		}
		say(std.log, repairs(snapshot.Repairs, o.report.rest()))
		return printOutcome(std.out, done, o.asJSON)
	})
}

// edited is when the newest file of a dataset folder was written, zero when that
// cannot be told.
func edited(folder string) (newest time.Time) {
	files, err := os.ReadDir(folder)
	if err != nil {
		return newest
	}
	for _, file := range files {
		if info, err := file.Info(); err == nil && data.IsFile(file.Name()) && info.ModTime().After(newest) {
			newest = info.ModTime()
		}
	}
	return newest
}
