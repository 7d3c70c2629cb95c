package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"
)

func runImport(ctx context.Context, std streams, o importOptions, args []string) error {
	if len(o.missing) > 0 {
		return o.firstLook(ctx, std, args)
	}
	if err := errors.Join(o.replaced(), o.complete()); err != nil {
		return err
	}
	plan, err := o.plan()
	if err != nil {
		return err
	}
	if o.next.append {
		return runAppend(ctx, std, o, plan, args)
	}
	if _, err := os.Stat(o.out); err == nil {
		return refuse(fmt.Errorf("%s exists already; --append adds the files of later days to it", o.out))
	}
	report := &geojson.Report{}
	read := 0
	draw, end := progress(std.log, "files")
	contents, err := o.contents(ctx, args, plan, report, func() {
		if read++; draw != nil {
			draw(read, len(args)+1)
		}
	})
	end()
	if err != nil {
		return refuse(err)
	}
	if err := o.report.write(ctx, report, nil); err != nil {
		return refuse(err)
	}
	printNotes(std.log, report.Notes)
	say(std.log, repairs(report.Repairs, o.report.rest()))
	if err := refused(report, o.report.rest()); err != nil {
		return err
	}
	snapshot, checked, err := o.write(ctx, std, contents)
	if err != nil {
		return refuse(err)
	}
	if err := o.report.write(ctx, report, checked.Quality); err != nil {
		return refuse(err)
	}
	checked.Repairs = nil
	printReport(std.out, checked, o.report.rest())
	o.tell(std.out, snapshot)
	return nil
}

// tell says what was chosen and made.
func (o *importOptions) tell(w io.Writer, s *data.Snapshot) {
	if longest := o.states.Longest(); longest.To-longest.From > 1 && o.gapDays == 0 {
		fmt.Fprintf(w, "noted: between states, up to %d days without one (after %s, until %s) are taken to be like the day before; --gap-days makes them gaps\n",
			longest.To-longest.From-1, longest.From, longest.To)
	}
	for _, note := range o.notes {
		fmt.Fprintf(w, "noted: %s\n", note)
	}
	for _, party := range s.Dataset.Parties {
		fmt.Fprintf(w, "party %s: %s\n", party.ID, party.Name.In(o.lang))
	}
	for _, basis := range s.Dataset.Bases {
		fmt.Fprintf(w, "reading %s: %s\n", basis.ID, basis.Name.In(o.lang))
	}
	fmt.Fprintf(w, "wrote %s: %d zones, %d epochs from %s\n", o.out, len(s.Zones), len(s.Epochs), s.FirstDate())
}
