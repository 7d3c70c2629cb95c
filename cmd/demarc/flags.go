package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/demo"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// datasetOptions holds --data and --demo of a command that reads one dataset.
type datasetOptions struct {
	folder string
	demo   bool   // the invented place instead
	file   string // a foreign file to preview instead
	layer  string // of it, where it has several

	cache   cacheOptions
	verbose bool // whether it is said what the cache did
}

func (o *datasetOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.folder, "data", "", "dataset folder (default: the embedded dataset)")
	f.BoolVar(&o.demo, "demo", false, "the embedded dataset of an invented place")
	o.cache.flags(f)
	f.BoolVarP(&o.verbose, "verbose", "v", false, "say what the cache did")
}

// load reads the dataset that is meant, and says on the log that it does when that takes long.
func (o *datasetOptions) load(ctx context.Context, log io.Writer) (*data.Snapshot, error) {
	if o.demo && o.folder != "" {
		return nil, errors.New("--data and --demo name two datasets: give one of them")
	}
	defer waiting(log, "reading "+o.name())()
	snapshot, _, err := o.read(ctx, data.ReadOptions{Keeper: o.keeper(log)})
	return snapshot, refuse(err)
}

// keeper keeps what was read and checked.
func (o *datasetOptions) keeper(log io.Writer) data.Keeper {
	return o.cache.keeper(sayTo(log, o.verbose))
}

// read is load with options of reading and the report.
func (o *datasetOptions) read(ctx context.Context, how data.ReadOptions) (*data.Snapshot, *data.Report, error) {
	if o.demo {
		return how.Read(ctx, demo.Files())
	}
	if o.file != "" {
		return previewed(ctx, o.file, o.layer, how)
	}
	return loadWith(ctx, o.folder, how)
}

// name says where the dataset is.
func (o *datasetOptions) name() string {
	switch {
	case o.demo:
		return "the invented place"
	case o.file != "":
		return o.file
	case o.folder == "":
		return "the embedded dataset"
	}
	return o.folder
}

// editionFlags are those of a command about one day under one reading.
func editionFlags(f *pflag.FlagSet, asOf, basis *string) {
	f.StringVar(asOf, "as-of", "", "day, YYYY-MM-DD (default: today, UTC)")
	f.StringVar(basis, "basis", "", "reading of the evidence (default: the dataset's default basis)")
}

// ofFlag is --of.
func ofFlag(f *pflag.FlagSet, of *string) {
	f.StringVar(of, "of", "", "territory or district (default: the whole territory)")
}

// partyFlag is --party.
func partyFlag(f *pflag.FlagSet, party *string) {
	f.StringVar(party, "party", "", "who holds (default: the dataset's default party)")
}

// figureOptions holds the flags of a command that computes a figure of one day.
type figureOptions struct {
	place datasetOptions
	asOf  string
	query data.Query // its day by load
}

// flags are all but --party.
func (o *figureOptions) flags(f *pflag.FlagSet) {
	o.place.flags(f)
	editionFlags(f, &o.asOf, &o.query.Basis)
	ofFlag(f, &o.query.Of)
}

// load reads the day and the dataset.
func (o *figureOptions) load(ctx context.Context, log io.Writer) (*data.Snapshot, error) {
	var err error
	if o.query.AsOf, err = dayAsked(o.asOf); err != nil {
		return nil, err
	}
	return o.place.load(ctx, log)
}

// jsonFlag is --json.
func jsonFlag(f *pflag.FlagSet, asJSON *bool) { f.BoolVar(asJSON, "json", false, "print JSON") }

// dayAsked reads --as-of. A day after today is refused.
func dayAsked(asOf string) (data.Date, error) {
	today := data.DateOf(time.Now())
	if asOf == "" {
		return today, nil
	}
	day, err := data.ParseDate(asOf)
	if err != nil {
		return day, fmt.Errorf("--as-of: %w", err)
	}
	return day, refuse(data.ByToday("--as-of", day, today))
}

// span reads --from and --to; a zero day stands for one that was not given.
func span(from, to string) (first, after data.Date, err error) {
	for _, end := range []struct {
		flag, text string
		day        *data.Date
	}{{"--from", from, &first}, {"--to", to, &after}} {
		if end.text == "" {
			continue
		}
		if *end.day, err = data.ParseDate(end.text); err != nil {
			return 0, 0, fmt.Errorf("%s: %w", end.flag, err)
		}
	}
	return first, after, nil
}

// tableOptions holds --json and --csv of a command that prints a table.
type tableOptions struct{ asJSON, asCSV bool }

func (o *tableOptions) flags(cmd *cobra.Command) {
	jsonFlag(cmd.Flags(), &o.asJSON)
	cmd.Flags().BoolVar(&o.asCSV, "csv", false, "print CSV")
	cmd.MarkFlagsMutuallyExclusive("json", "csv")
}

// print prints a table as it is asked for, in words if as nothing else.
func (o tableOptions) print(w io.Writer, table interface{ WriteCSV(w io.Writer) error }, words func(io.Writer)) error {
	switch {
	case o.asJSON:
		return refuse(writeJSON(w, table))
	case o.asCSV:
		return refuse(table.WriteCSV(w))
	}
	words(w)
	return nil
}
