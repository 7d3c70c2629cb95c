// Command demarc serves maps of who holds what of a territory and computes how
// much of it, exactly and reproducibly.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the whole program: what main does, without the process around it.
func run(ctx context.Context, args []string, in io.Reader, out, log io.Writer) int {
	said := &output{w: out}
	root := commands(streams{in: in, out: said, log: log})
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if said.err != nil {
		err = refuse(said.err)
	}
	var refused *refusal
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &refused):
		if refused.err != nil {
			fmt.Fprintln(log, "demarc:", refused.err)
		}
		return exitRefused
	default:
		fmt.Fprintf(log, "demarc: %v\nRun 'demarc --help' for usage.\n", err)
		return exitUsage
	}
}

// commands returns the command line; streams that are nil are those of the process.
func commands(std streams) *cobra.Command {
	root := &cobra.Command{
		Use:   "demarc",
		Short: "Who holds what of a territory, and how much of it",
		Long: `demarc reads polygons of held areas and pullback lines, serves them as vector
tiles, and computes the controlled-area percentage of a territory on any date
under each reading of the evidence, with its uncertainty, sources and a snapshot
hash, so that anyone can reproduce the figure.

Without --data every command uses the embedded dataset, the Gaza Strip after
October 2025; with --demo an invented place. Each flag can also be set in the environment (--base-url as
DEMARC_BASE_URL) or in a JSON file named by --config ({"base-url": "…"}).
A flag beats the environment, the environment beats the file.`,
		Example: `  demarc serve
  demarc share --as-of 2026-01-20
  demarc share --basis line-cut --json
  demarc parties --demo --as-of 2025-06-01
  demarc area polygons.geojson
  demarc check my-dataset/
  demarc export --format pmtiles`,
		SilenceErrors: true, SilenceUsage: true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return configure(cmd, os.LookupEnv) },
	}
	root.PersistentFlags().String("config", "", "JSON file with values for flags")
	root.AddCommand(newServeCommand(), newShareCommand(), newSeriesCommand(), newPartiesCommand(), newClaimsCommand(), newDisplacementCommand(), newNearCommand(), newAreaCommand(), newSplitCommand(), newTallyCommand(), newThingsCommand(), newCheckCommand(), newImportCommand(), newCacheCommand(),
		newExportCommand(), newTileCommand(), newPublishCommand(), newHistoryCommand(), newDiffCommand(), newRollbackCommand(),
		newWithdrawCommand(), newVerifyCommand(), newRepairCommand(), newTokenCommand(), newVersionCommand())
	root.SetIn(std.in)
	root.SetOut(std.out)
	root.SetErr(std.log)
	root.InitDefaultCompletionCmd() // cobra would add it later, and it has an exit status as well
	documentExit(root)
	return root
}
