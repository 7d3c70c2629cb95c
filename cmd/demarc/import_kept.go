package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/demarc-map/demarc/data/intake"

	"github.com/spf13/pflag"
)

// appendOptions are the flags of an import that adds to a folder.
type appendOptions struct {
	append, replaceDay bool
	given              map[string][]string // flags of the import itself, as they were given
}

func (o *appendOptions) flags(f *pflag.FlagSet) {
	f.BoolVar(&o.append, "append", false, "add the files of later days to the folder that import made")
	f.BoolVar(&o.replaceDay, "replace-day", false, "with --append: a state of the last day takes the place of the one that is there")
}

// ofThisRun are the flags that say what one run does, not how files are read.
var ofThisRun = []string{"out", "append", "replace-day", "report", "config", "mapping",
	"territory", "territory-where", "territory-layer", "districts", "district-name", "district-id", "districts-where", "districts-layer"}

// recall keeps the flags that were given or, for --append, sets those that the
// import which made the folder was given.
func (o *importOptions) recall(f *pflag.FlagSet) error {
	o.next.given = map[string][]string{}
	var own []string
	f.VisitAll(func(flag *pflag.Flag) { // a mapping file gives flags too
		if !flag.Changed || slices.Contains(ofThisRun, flag.Name) {
			return
		}
		own = append(own, flag.Name)
		if list, ok := flag.Value.(pflag.SliceValue); ok {
			o.next.given[flag.Name] = list.GetSlice()
		} else {
			o.next.given[flag.Name] = []string{flag.Value.String()}
		}
	})
	switch {
	case !o.next.append && o.next.replaceDay:
		return errors.New("--replace-day is for --append")
	case !o.next.append:
		return nil
	case o.out == "":
		return errors.New("--append wants --out, the folder to add to")
	case len(own) > 0 || o.mapping != "":
		return fmt.Errorf("--append reads files as the import that made the folder did, whose flags it keeps in %s: leave out %v", intake.KeptFile, append(own, "--mapping")[:max(1, len(own))])
	}
	kept, err := readKept(o.out)
	if err != nil {
		return refuse(err)
	}
	for name, values := range kept.Flags {
		for _, value := range values {
			if err := f.Set(name, value); err != nil {
				return refuse(fmt.Errorf("%s: --%s: %w", filepath.Join(o.out, intake.KeptFile), name, err))
			}
		}
	}
	o.next.given = kept.Flags
	return f.Set("territory", o.out) // which has one already
}

// readKept reads what the import that made a folder kept of itself.
func readKept(folder string) (*intake.Kept, error) {
	text, err := os.ReadFile(filepath.Join(folder, intake.KeptFile))
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(folder); err != nil {
			return nil, fmt.Errorf("%s is not there yet: without --append, import makes it", folder)
		}
		return nil, fmt.Errorf("%s has no %s, which says how its files were read: import all files again", folder, intake.KeptFile)
	}
	if err != nil {
		return nil, err
	}
	kept, err := intake.ReadKept(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", folder, err)
	}
	return kept, nil
}

// keep is what is kept of this import, which wrote files of these SHA-256 by name.
func (o *importOptions) keep(sums map[string]string) *intake.Kept {
	return &intake.Kept{Flags: o.next.given, Days: o.states.Days, Empty: o.states.Empty,
		Parties: o.called.Parties.All(), Bases: o.called.Bases.All(), Checked: intake.Checked{By: described(build()), Files: sums}}
}
