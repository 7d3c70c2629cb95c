package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/data/intake/inspect"

	"github.com/spf13/pflag"
)

// firstLook is what demarc import does where it is not told all that it needs.
func (o *importOptions) firstLook(ctx context.Context, std streams, files []string) error {
	asks := isTerminal(std.in) && isTerminal(std.out) && !o.asJSON
	if len(o.given) > 0 && !asks {
		return fmt.Errorf("import needs more:\n%s\n'demarc import %s' alone says what is in it, and suggests values", strings.Join(o.missing, "\n"), files[0])
	}
	looked := []string{files[0]}
	if len(files) > 1 {
		looked = append(looked, files[len(files)-1])
	}
	var found []*inspect.Inspection
	for _, name := range looked {
		one, err := inspect.Look(ctx, o.foreign(name), inspect.Options{Options: o.asRead()})
		if err != nil {
			return refuse(err)
		}
		one.Suggestion.Reading(one.File, o.reading)
		found = append(found, one)
	}
	var differ []string
	if len(found) > 1 {
		differ = inspect.Differences(found[0], found[1])
	}
	switch {
	case o.asJSON && len(found) == 1:
		return writeJSON(std.out, found[0])
	case o.asJSON:
		return writeJSON(std.out, map[string]any{"files": len(files), "looked_at": found, "differences": differ})
	}
	if len(files) > 1 {
		fmt.Fprintf(std.out, "%d files, of which the first and the last were looked at\n", len(files))
		for _, line := range differ {
			fmt.Fprintln(std.out, "  "+line)
		}
	}
	if !asks || found[0].Suggestion == nil {
		fmt.Fprint(std.out, found[0].Text(files))
		return nil
	}
	fmt.Fprint(std.out, found[0].Summary())
	return interview{std, files, o.given}.run(ctx, found[0].Suggestion)
}

// replaced refuses the words of a suggested command that nobody replaced.
func (o *importOptions) replaced() error {
	given := map[string][]string{"territory": {o.territory}, "party": {o.party}, "accuracy-m": {o.accuracyM.word}, "source-title": {o.sourceTitle},
		"publisher": {o.publisher}, "licence": {o.licence}, "set": o.sets, "map": o.maps, "value": o.values}
	var left []string
	for _, p := range inspect.Placeholders() {
		for _, value := range given[p.Flag] {
			if _, word := (inspect.Argument{Flag: p.Flag, Value: value, Unknown: true}).Begin(); word == p.Word {
				left = append(left, fmt.Sprintf("  %s at --%s: %s", p.Word, p.Flag, p.Why))
			}
		}
	}
	if len(left) == 0 {
		return nil
	}
	return errors.New("words of the suggestion stand for what only you know; replace\n" + strings.Join(left, "\n"))
}

// ofReading are the flags without which some files cannot be read, so that a look takes them too.
var ofReading = []string{"layer", "encoding", "allow-truncated", "with-gdal"}

// readingOf are those of them that a command line sets.
func readingOf(flags *pflag.FlagSet) []inspect.Argument {
	var out []inspect.Argument
	flags.Visit(func(f *pflag.Flag) {
		if slices.Contains(ofReading, f.Name) {
			one := inspect.Argument{Flag: f.Name, Value: f.Value.String(), Why: f.Usage}
			if f.Value.Type() == "bool" {
				one.Value = "" // a flag that is there says yes
			}
			out = append(out, one)
		}
	})
	return out
}

// given are the flags that a command line sets, other than those of a look.
func given(flags *pflag.FlagSet) []inspect.Argument {
	var out []inspect.Argument
	flags.Visit(func(f *pflag.Flag) {
		if f.Name == "json" || f.Name == "config" || slices.Contains(ofReading, f.Name) {
			return
		}
		values := []string{f.Value.String()}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		for _, value := range values {
			out = append(out, inspect.Argument{Flag: f.Name, Value: value})
		}
	})
	return out
}
