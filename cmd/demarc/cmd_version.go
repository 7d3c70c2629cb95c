package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

// versionOptions holds the flags of demarc version.
type versionOptions struct{ asJSON bool }

func newVersionCommand() *cobra.Command {
	var o versionOptions
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the version and the embedded snapshot",
		Args:  cobra.NoArgs,
		RunE:  runs(runVersion, &o),
	}
	jsonFlag(cmd.Flags(), &o.asJSON)
	return cmd
}

func runVersion(ctx context.Context, std streams, o versionOptions, _ []string) error {
	snapshot, _, err := load(ctx, "")
	if err != nil {
		return refuse(err)
	}
	v := build()
	if o.asJSON {
		return refuse(writeJSON(std.out, map[string]any{"build": v, "snapshots": map[string]string{snapshot.Dataset.ID: snapshot.Name()}}))
	}
	_, err = fmt.Fprintf(std.out, "demarc %s\nembedded dataset %s, snapshot %s\n", described(v), snapshot.Dataset.ID, snapshot.Name())
	return refuse(err)
}
