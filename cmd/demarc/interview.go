package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/data/intake/inspect"
	"github.com/demarc-map/demarc/internal/carry"

	"golang.org/x/term"
)

// interview asks a person at a terminal for what an import needs.
type interview struct {
	streams
	files []string
	given []inspect.Argument // on the command line, which is not asked again
}

// errNotRun ends an interview.
var errNotRun = errors.New("nothing was written")

// run asks for each argument, shows the command, and runs it when told so.
func (i interview) run(ctx context.Context, suggested *inspect.Suggestion) error {
	lines := readLines(ctx, i.in)
	final := &inspect.Suggestion{Arguments: slices.Clone(i.given)}
	fmt.Fprintln(i.out, "\nEnter takes what stands in brackets; a hyphen leaves a flag out that may be.")
	for _, a := range suggested.Arguments {
		if slices.ContainsFunc(i.given, func(g inspect.Argument) bool { return same(g, a) }) {
			continue
		}
		answer, err := i.ask(lines, a)
		if err != nil {
			return refuse(err)
		}
		if answer != nil {
			final.Arguments = append(final.Arguments, *answer)
		}
	}
	fmt.Fprintf(i.out, "\n%s\n\nRun it? [y/N] ", final.Line(i.files))
	said, err := lines()
	if err != nil || !slices.Contains([]string{"y", "yes"}, strings.ToLower(said)) {
		return refuse(errNotRun)
	}
	cmd := newImportCommand()
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.SetIn(i.in)
	cmd.SetOut(i.out)
	cmd.SetErr(i.log)
	args := []string{}
	for _, a := range final.Arguments {
		args = append(args, "--"+a.Flag+"="+a.Value)
	}
	cmd.SetArgs(append(append(args, "--"), i.files...))
	return cmd.ExecuteContext(ctx)
}

// same reports whether two arguments say the same thing, whatever they say of it.
func same(a, b inspect.Argument) bool {
	between := "="
	if a.Flag == "value" {
		between = " -> "
	}
	ours, _, _ := strings.Cut(a.Value, between)
	others, _, _ := strings.Cut(b.Value, between)
	several := a.Flag == "map" || a.Flag == "set" || a.Flag == "value"
	return a.Flag == b.Flag && (!several || ours == others)
}

// ask asks for one argument; nil is one that is left out.
func (i interview) ask(lines func() (string, error), a inspect.Argument) (*inspect.Argument, error) {
	begin, suggested := "", a.Value
	if a.Flag == "map" || a.Flag == "set" {
		begin, suggested, _ = strings.Cut(a.Value, "=")
		begin += "="
	}
	if a.Unknown {
		begin, _ = a.Begin()
		suggested = ""
	}
	for {
		fmt.Fprintf(i.out, "\n%s\n--%s %s", a.Why, a.Flag, begin)
		if suggested != "" {
			fmt.Fprintf(i.out, "[%s]", suggested)
		}
		fmt.Fprint(i.out, ": ")
		said, err := lines()
		switch {
		case err != nil:
			return nil, errNotRun
		case said == "-" && a.Flag == "map" && a.Unknown:
			return nil, nil
		case said == "" && suggested == "":
			continue // nobody else knows
		case said == "-" && !a.Unknown:
			return nil, nil
		case said == "":
			said = suggested
		}
		return &inspect.Argument{Flag: a.Flag, Value: begin + said}, nil
	}
}

// readLines reads one line at each call, until the context ends.
func readLines(ctx context.Context, r io.Reader) func() (string, error) {
	buffered := bufio.NewReader(r)
	return func() (line string, err error) {
		done := carry.Go(func() { line, err = buffered.ReadString('\n') }, func(bug *carry.Bug) { err = bug })
		select {
		case <-done:
			return strings.TrimSpace(line), err
		case <-ctx.Done():
			return "", context.Cause(ctx)
		}
	}
}

// isTerminal reports whether a stream is a terminal.
func isTerminal(stream any) bool {
	if o, ok := stream.(*output); ok {
		stream = o.w
	}
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
