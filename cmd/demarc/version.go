package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/demarc-map/demarc/server"

	"github.com/spf13/cobra"
)

// stamped is the version the release build sets with -ldflags "-X main.stamped=…".
var stamped = "dev"

// build tells what this binary was made from.
func build() server.Version {
	v := server.Version{Version: stamped, Go: runtime.Version()}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				v.Commit = s.Value
			case "vcs.modified":
				v.Dirty = s.Value == "true"
			}
		}
	}
	return v
}

// described words a build: version, commit where it is known, Go.
func described(v server.Version) string {
	words := []string{v.Version}
	if v.Commit != "" {
		words = append(words, v.Commit)
	}
	if v.Dirty {
		words = append(words, "(changed since)")
	}
	return strings.Join(append(words, v.Go), " ")
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
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "demarc %s\nembedded dataset %s, snapshot %s\n", described(v), snapshot.Dataset.ID, snapshot.Name())
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}
