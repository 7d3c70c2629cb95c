package main

import (
	"fmt"
	"time"

	"github.com/demarc-map/demarc/data"

	"github.com/spf13/pflag"
)

// dataFlag is --data of a command that reads one dataset.
func dataFlag(f *pflag.FlagSet, folder *string) {
	f.StringVar(folder, "data", "", "dataset folder (default: the embedded dataset)")
}

// editionFlags are those of a command about one day under one reading.
func editionFlags(f *pflag.FlagSet, asOf, basis *string) {
	f.StringVar(asOf, "as-of", "", "day, YYYY-MM-DD (default: today, UTC)")
	f.StringVar(basis, "basis", "", "reading of the evidence (default: the dataset's default basis)")
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
