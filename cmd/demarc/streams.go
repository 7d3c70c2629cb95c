package main

import (
	"context"
	"encoding/json"
	"io"

	"github.com/spf13/cobra"
)

// streams are what a command reads and writes: the answer goes to out, all else to log.
type streams struct {
	in       io.Reader
	out, log io.Writer
}

// runs makes of a command's run function what cobra calls. Flags are read into
// the options before.
func runs[O any](run func(ctx context.Context, std streams, o O, args []string) error, o *O) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		std := streams{in: cmd.InOrStdin(), out: cmd.OutOrStdout(), log: cmd.ErrOrStderr()}
		return run(cmd.Context(), std, *o, args)
	}
}

// output remembers the first error of a writer, so that no command succeeds
// whose answer could not be written, whichever way it prints.
type output struct {
	w   io.Writer
	err error
}

func (o *output) Write(text []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.w.Write(text)
	o.err = err
	return n, err
}

// writeJSON prints a value as one line of JSON.
func writeJSON(w io.Writer, v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(v)
}

// optional returns an argument, "" when there are fewer.
func optional(args []string, i int) string {
	if i < len(args) {
		return args[i]
	}
	return ""
}
