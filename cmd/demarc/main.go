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

// Exit statuses: refused is about the input or the question, usage about the command line.
const (
	exitOK      = 0
	exitRefused = 1
	exitUsage   = 2
)

// run is the whole program: what main does, without the process around it.
func run(ctx context.Context, args []string, in io.Reader, out, log io.Writer) int {
	root := commands()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(log)
	err := root.ExecuteContext(ctx)
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

// refusal is an error about the input rather than the command line. A nil err
// means that everything has been said on standard output.
type refusal struct{ err error }

func (r *refusal) Error() string { return fmt.Sprint(r.err) }

func (r *refusal) Unwrap() error { return r.err }

func refuse(err error) error {
	if err == nil {
		return nil
	}
	return &refusal{err}
}

func commands() *cobra.Command {
	root := &cobra.Command{
		Use:   "demarc",
		Short: "Who holds what of a territory, and how much of it",
		Long: `demarc reads polygons of held areas and pullback lines, serves them as vector
tiles, and computes the controlled-area percentage of a territory on any date
under each reading of the evidence, with its uncertainty, sources and a snapshot
hash, so that anyone can reproduce the figure.

Without --data every command uses the embedded dataset, the Gaza Strip after
October 2025. Each flag can also be set in the environment (--base-url as
DEMARC_BASE_URL) or in a JSON file named by --config ({"base-url": "…"}).
A flag beats the environment, the environment beats the file.`,
		Example: `  demarc serve
  demarc share --as-of 2026-01-20
  demarc share --basis line-cut --json
  demarc area polygons.geojson
  demarc check my-dataset/
  demarc export --format pmtiles`,
		SilenceErrors: true, SilenceUsage: true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return settle(cmd, os.LookupEnv) },
	}
	root.PersistentFlags().String("config", "", "JSON file with values for flags")
	root.AddCommand(serveCommand(), shareCommand(), areaCommand(), splitCommand(), checkCommand(), importCommand(), exportCommand(), tileCommand(),
		publishCommand(), historyCommand(), diffCommand(), rollbackCommand(), verifyCommand(), tokenCommand(), versionCommand())
	return root
}
