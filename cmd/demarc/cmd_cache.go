package main

import (
	"context"
	"fmt"
	"time"

	"github.com/demarc-map/demarc/data/checked"

	"github.com/spf13/cobra"
)

// cacheCommandOptions holds the flags of demarc cache and its commands.
type cacheCommandOptions struct {
	cacheOptions

	asJSON bool
}

func newCacheCommand() *cobra.Command {
	var o cacheCommandOptions
	cmd := &cobra.Command{
		Use:   "cache",
		Short: "List what is kept of datasets that were read and checked, and remove it",
		Long: `Reading a dataset with all its checks takes long; what comes out is kept in the
user's cache folder, and the next command or start of serve that reads the same
bytes takes it from there. What is kept is named by a hash of the dataset's files
and by this very program: another version never takes it. It changes no answer, and
may be removed at any time. check and publish always read anew.

cache lists the files, what was used last first. Together they take 2.1 GB at most;
what was used longest ago gives room.`,
		Example: `  demarc cache
  demarc cache clear`,
		Args: cobra.NoArgs,
		RunE: runs(runCache, &o),
	}
	cacheFlag(cmd.PersistentFlags(), &o.cache)
	jsonFlag(cmd.Flags(), &o.asJSON)
	cmd.AddCommand(&cobra.Command{
		Use:   "clear",
		Short: "Remove all that is kept",
		Args:  cobra.NoArgs,
		RunE:  runs(runCacheClear, &o),
	})
	return cmd
}

// keptFile is one file of the cache as --json tells it.
type keptFile struct {
	Name  string `json:"name"`
	Bytes int64  `json:"bytes"`
	Used  string `json:"used"`
	Ours  bool   `json:"this_version"`
}

func runCache(_ context.Context, std streams, o cacheCommandOptions, _ []string) error {
	folder, err := o.folder(sayTo(std.log, false))
	if err != nil {
		return refuse(err)
	}
	files, err := folder.Files()
	if err != nil {
		return refuse(err)
	}
	sum, list := int64(0), []keptFile{}
	for _, f := range files {
		sum += f.Bytes
		list = append(list, keptFile{f.Name, f.Bytes, f.Used.UTC().Format(time.RFC3339), f.Ours})
	}
	if o.asJSON {
		return refuse(writeJSON(std.out, map[string]any{"folder": folder.Path(), "files": list, "bytes": sum, "most_bytes": mostKept}))
	}
	for _, f := range files {
		printKept(std, f)
	}
	fmt.Fprintf(std.out, "%s, %s, in %s\n", plural(len(files), "file", "files"), inUnits(sum), folder.Path())
	return nil
}

func printKept(std streams, f checked.File) {
	of := ""
	if !f.Ours {
		of = "  of another version"
	}
	fmt.Fprintf(std.out, "%9s  %s  %s%s\n", inUnits(f.Bytes), f.Used.UTC().Format(time.RFC3339), f.Name, of)
}

func runCacheClear(_ context.Context, std streams, o cacheCommandOptions, _ []string) error {
	folder, err := o.folder(sayTo(std.log, false))
	if err != nil {
		return refuse(err)
	}
	count, bytes, err := folder.Clear()
	fmt.Fprintf(std.out, "removed %s, %s\n", plural(count, "file", "files"), inUnits(bytes))
	return refuse(err)
}
