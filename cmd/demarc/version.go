package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"demarc/server"

	"github.com/spf13/cobra"
)

// stamped is the version the release build sets with -ldflags "-X main.stamped=…".
var stamped = "dev"

// build tells what this binary was made from.
func build() server.Version {
	v := server.Version{Version: stamped, Go: runtime.Version()}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				v.Commit = s.Value
			}
		}
	}
	return v
}

func versionCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the version and the embedded snapshot",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			snapshot, _, err := load(cmd.Context(), "")
			if err != nil {
				return refuse(err)
			}
			v := build()
			if asJSON {
				return writeJSON(cmd.OutOrStdout(), map[string]any{"build": v, "snapshots": map[string]string{snapshot.Dataset.ID: snapshot.Name()}})
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "demarc %s %s %s\nembedded dataset %s, snapshot %s\n", v.Version, v.Commit, v.Go, snapshot.Dataset.ID, snapshot.Name())
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}
