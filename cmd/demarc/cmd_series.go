package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/demarc-map/demarc/data"

	"github.com/spf13/cobra"
)

// seriesOptions holds the flags of demarc series.
type seriesOptions struct {
	place    datasetOptions
	query    data.Query // all but the day
	from, to string
	every    string

	tableOptions
}

func newSeriesCommand() *cobra.Command {
	var o seriesOptions
	cmd := &cobra.Command{
		Use:   "series",
		Short: "Tell the share over time, and what was gained and lost a day, week, month or year",
		Long: `series prints the share of a territory in each epoch, the runs of days in which
nothing changes. With --every it prints what was gained and lost in each period,
from the state of its first day to that of the first day after it: the nets of
periods in a row sum to that of the whole. What is not mapped is said to be so.
With --json it prints what GET /v1/{dataset}/series answers, with --csv the same
for a spreadsheet.`,
		Example: `  demarc series --demo
  demarc series --demo --every month --from 2025-01-01 --to 2026-01-01 --csv`,
		Args: cobra.NoArgs,
		RunE: runs(runSeries, &o),
	}
	f := cmd.Flags()
	o.place.flags(f)
	ofFlag(f, &o.query.Of)
	partyFlag(f, &o.query.Party)
	f.StringVar(&o.query.Basis, "basis", "", "reading of the evidence (default: the dataset's default basis)")
	f.StringVar(&o.from, "from", "", "first day, YYYY-MM-DD (default: the first that is mapped)")
	f.StringVar(&o.to, "to", "", "first day after the last (default: when anything last changes)")
	f.StringVar(&o.every, "every", "", "day, week (from Monday on), month or year (default: epochs)")
	o.tableOptions.flags(cmd)
	return cmd
}

// asked reads what a series is asked for.
func (o *seriesOptions) asked() (data.PeriodsQuery, error) {
	out := data.PeriodsQuery{Query: o.query}
	var err error
	if out.From, out.To, err = span(o.from, o.to); err != nil {
		return out, err
	}
	if o.every == "" {
		return out, nil
	}
	if out.Every, err = data.ParseEvery(o.every); err != nil {
		return out, fmt.Errorf("--every: %w", err)
	}
	return out, refuse(data.ByToday("--to", out.To, data.DateOf(time.Now())))
}

func runSeries(ctx context.Context, std streams, o seriesOptions, _ []string) error {
	asked, err := o.asked()
	if err != nil {
		return err
	}
	snapshot, err := o.place.load(ctx, std.log)
	if err != nil {
		return err
	}
	if asked.Every == "" {
		series, err := snapshot.Series(ctx, asked.Query, asked.From, asked.To)
		if err != nil {
			return refuse(err)
		}
		return o.print(std.out, &series, func(w io.Writer) { printSeries(w, &series) })
	}
	periods, err := snapshot.Periods(ctx, asked)
	if err != nil {
		return refuse(err)
	}
	return o.print(std.out, periods, func(w io.Writer) { printPeriods(w, periods) })
}

func printSeries(w io.Writer, s *data.Series) {
	fmt.Fprintf(w, "%s, %s under %s\n", s.Of, s.Measures.Of(s.Party), s.Basis)
	for _, r := range s.Rows {
		fmt.Fprintf(w, "  %s to %-10s  ", r.From, r.To)
		if r.Gap {
			fmt.Fprintln(w, "not mapped")
			continue
		}
		fmt.Fprintf(w, "%7.3f %% (%.2f to %.2f)  %12.3f km²%s\n", *r.Percent, *r.PercentLow, *r.PercentHigh, *r.HeldKm2, breakMark(r.MethodBreak))
	}
	fmt.Fprintf(w, "snapshot %s\n", s.Snapshot)
}

func printPeriods(w io.Writer, p *data.Periods) {
	fmt.Fprintf(w, "%s, %s under %s, km² by %s\n", p.Of, p.Measures.Of(p.Party), p.Basis, p.Every)
	fmt.Fprintf(w, "  %-10s %10s %10s %10s %9s  %s\n", "period", "gained", "lost", "net", "a day", "at the end")
	for i := range p.Periods {
		r := &p.Periods[i]
		fmt.Fprintf(w, "  %-10s %10s %10s %10s %9s  ", r.Name, km2(r.GainedKm2), km2(r.LostKm2), km2(r.NetKm2), km2(r.Km2ADay))
		if r.EndMapped {
			fmt.Fprintf(w, "%.2f %% (%.2f to %.2f)", *r.Percent, *r.PercentLow, *r.PercentHigh)
		} else {
			fmt.Fprintf(w, "%s is not mapped", r.To)
		}
		fmt.Fprintln(w, periodMarks(r))
	}
	if p.NetKm2 != nil {
		fmt.Fprintf(w, "  %-10s %32.2f\n", "in all", *p.NetKm2)
	}
	fmt.Fprintf(w, "snapshot %s\n", p.Snapshot)
}

// periodMarks says what is to be known of a period besides its figures.
func periodMarks(r *data.Period) string {
	out := ""
	if r.NetRecord {
		out += "; net the most of all before"
	} else if r.NetRecordSince != "" {
		out += "; net the most since " + r.NetRecordSince
	}
	if r.Partial {
		out += fmt.Sprintf("; %d days of it", r.Days)
	}
	if r.GapDays > 0 {
		out += fmt.Sprintf("; %d days not mapped", r.GapDays)
	}
	return out + breakMark(r.MethodBreak)
}

func breakMark(changed bool) string {
	if changed {
		return "; the sources change"
	}
	return ""
}

// km2 is an area or a difference of areas, – where it is not known.
func km2(v *float64) string {
	if v == nil {
		return "–"
	}
	return fmt.Sprintf("%.2f", *v)
}
