package main

import (
	"fmt"
	"io"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/checked"

	"github.com/spf13/pflag"
)

// mostKept is how many bytes the cache takes.
const mostKept = 2 << 30

// cacheOptions holds --cache and --no-cache of a command that reads a dataset.
type cacheOptions struct {
	cache string // folder; "" for the user's
	off   bool
}

func (o *cacheOptions) flags(f *pflag.FlagSet) {
	cacheFlag(f, &o.cache)
	f.BoolVar(&o.off, "no-cache", false, "read and check anew, and keep nothing for the next time; see demarc cache")
}

// cacheFlag is --cache.
func cacheFlag(f *pflag.FlagSet, cache *string) {
	f.StringVar(cache, "cache", "", "folder that keeps what was read and checked (default: in the user's cache folder)")
}

// folder is the cache; what it does is said to who wants to know.
func (o *cacheOptions) folder(say func(string)) (*checked.Folder, error) {
	path, err := o.cache, error(nil)
	if path == "" {
		path, err = checked.Default()
	}
	if err != nil {
		return nil, err
	}
	return checked.Open(path, mostKept, say), nil
}

// keeper keeps what was read and checked; nil where nothing is to be kept.
func (o *cacheOptions) keeper(say func(string)) data.Keeper {
	if o.off {
		return nil
	}
	folder, err := o.folder(say)
	if err != nil {
		say("nothing is kept: " + err.Error())
		return nil
	}
	return folder
}

// sayTo says what the cache does to a log, or to nobody.
func sayTo(log io.Writer, verbose bool) func(string) {
	return func(text string) {
		if verbose {
			fmt.Fprintln(log, "cache:", text)
		}
	}
}

// inUnits writes a number of bytes as people do: 4.7 MB.
func inUnits(bytes int64) string {
	for _, unit := range []struct {
		name string
		of   float64
	}{{"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}} {
		if v := float64(bytes) / unit.of; v >= 1 {
			return fmt.Sprintf("%.1f %s", v, unit.name)
		}
	}
	return fmt.Sprintf("%d bytes", bytes)
}

// plural is a number of something.
func plural(n int, one, many string) string {
	if n == 1 {
		many = one
	}
	return fmt.Sprintf("%d %s", n, many)
}
