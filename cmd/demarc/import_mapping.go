package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/demarc-map/demarc/data/intake"

	"github.com/spf13/pflag"
)

// mapped gives the flags that were not given on the command line what the mapping
// file says of them. Of those that may be given several times, the file's come first.
func (o *importOptions) mapped(f *pflag.FlagSet) error {
	if o.mapping == "" {
		return nil
	}
	text, err := os.ReadFile(o.mapping)
	if err != nil {
		return refuse(err)
	}
	entries, err := intake.ReadMapping(text)
	if err != nil {
		return refuse(fmt.Errorf("%s: %w", o.mapping, err))
	}
	for _, entry := range entries {
		flag := f.Lookup(entry.Flag)
		if flag == nil {
			return fmt.Errorf("%s: line %d: --%s is no flag of import", o.mapping, entry.Line, entry.Flag)
		}
		if several, ok := flag.Value.(pflag.SliceValue); ok {
			values := entry.Values
			if entry.Flag == "value" {
				values = intake.WithoutRules(values, several.GetSlice())
			}
			err = several.Replace(append(values, several.GetSlice()...))
			flag.Changed = true
		} else if !flag.Changed {
			value := entry.Values[0]
			if entry.IsPath && !filepath.IsAbs(value) {
				value = filepath.Join(filepath.Dir(o.mapping), value)
			}
			err = f.Set(entry.Flag, value)
		}
		if err != nil {
			return refuse(fmt.Errorf("%s: line %d: %s: %w", o.mapping, entry.Line, entry.Flag, err))
		}
	}
	return nil
}
