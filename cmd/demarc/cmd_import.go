package main

import (
	"context"
	"fmt"
	"os"

	"github.com/demarc-map/demarc/data/intake"
	"github.com/demarc-map/demarc/geojson"

	"github.com/spf13/cobra"
)

// importOptions holds the flags of demarc import.
type importOptions struct {
	out, id, title, territory, territoryName string
	party, basis, meaning                    string
	sourceTitle, publisher, licence, link    string
	attribution, disclaimer                  string
	date, mapping                            string
	maps, sets, idsOf                        []string
	lang                                     string
	status                                   string
	accuracyM                                float64
	gapDays                                  int
	states                                   intake.States // what was read, filled in on the way
	called                                   intake.Called // likewise
	report                                   reportOption
	next                                     appendOptions
}

func newImportCommand() *cobra.Command {
	var o importOptions
	cmd := &cobra.Command{
		Use:   "import FILE... --out FOLDER",
		Short: "Make a dataset folder of foreign GeoJSON",
		Long: `import reads polygons of held areas from foreign GeoJSON files and writes a dataset
folder that 'demarc check' accepts. With --date name each file is the state of
the day in its name, with --date PROPERTY of the day in that property; polygons
that do not change from one state to the next become one zone. A file without features
is a day on which nobody held anything. A state lasts until the next, unless more
than --gap-days lie between: then the days after it are not mapped, and no 0 %. Without --date
each feature is a zone and valid_from comes from a mapped or set property.

--map OURS=THEIRS takes a property of ours (id, party, basis, status, source,
accuracy_m, valid_from, valid_to, name_…, x_…) from a foreign one, --set
OURS=VALUE gives it one value: with --map of the same property, to features that lack
theirs. --mapping names a JSON file with the same: {"map": {…}, "set": {…}, "date": "name"};
flags go before it. A property that no feature has is refused.

Parties and readings keep their names; their ids are told, and --id-of NAME=ID asks for one.

Rings that cross or overlap are cleaned, and every repair is told with its areas; of
many of one kind a count and examples, and --report writes all of them to a file.

--append adds the files of later days to a folder that import made with --date, by
the same flags, which the folder keeps in import.json: give only --out. What comes
out is what an import of all files would make, in the time that the new ones take.
--replace-day puts a new state in the place of the last one.`,
		Example: `  demarc import monthly/*.geojson --date name --out ukraine --id ukraine \
    --territory outline.geojson --party Russia --basis DeepState --accuracy-m 500 \
    --source-title "DeepState map" --publisher "DeepState" --licence "GPL-3.0"
  demarc import --append --out ukraine daily/2025-08-02.geojson`,
		Args:    cobra.MinimumNArgs(1),
		PreRunE: func(cmd *cobra.Command, _ []string) error { return o.recall(cmd.Flags()) },
		RunE:    runs(runImport, &o),
	}
	f := cmd.Flags()
	f.StringVar(&o.out, "out", "", "folder to write; it may not exist yet")
	f.StringVar(&o.id, "id", "", "id of the dataset")
	f.StringVar(&o.title, "title", "", "title of the dataset (default: the id)")
	f.StringVar(&o.territory, "territory", "", "GeoJSON file with the territory")
	f.StringVar(&o.territoryName, "territory-name", "", "its name (default: the title)")
	f.StringVar(&o.party, "party", "", "name of the party that holds the zones")
	f.StringVar(&o.basis, "basis", "observed", "name of the reading of the evidence")
	f.StringVar(&o.meaning, "meaning", "", "what that reading means, in words")
	f.StringVar(&o.status, "status", "observed", "agreed, observed, published, claimed, proposed or disputed")
	f.Float64Var(&o.accuracyM, "accuracy-m", 0, "positional accuracy of the zones in metres")
	f.StringVar(&o.sourceTitle, "source-title", "", "title of the source")
	f.StringVar(&o.publisher, "publisher", "", "publisher of the source")
	f.StringVar(&o.licence, "licence", "", "licence of the source")
	f.StringVar(&o.link, "link", "", "http or https link to the source")
	f.StringVar(&o.attribution, "attribution", "", "how the source is attributed (default: publisher and licence)")
	f.StringVar(&o.disclaimer, "disclaimer", "Boundaries are as published by the source and are not a survey.", "what readers are told")
	f.StringVar(&o.date, "date", "", `where the day of a state is: "name" or a foreign property`)
	f.IntVar(&o.gapDays, "gap-days", 0, "days from one state to the next above which those between are not mapped; 0: each state lasts until the next")
	f.StringVar(&o.mapping, "mapping", "", "JSON file with a mapping")
	f.StringArrayVar(&o.maps, "map", nil, "OURS=THEIRS, may be given several times")
	f.StringArrayVar(&o.sets, "set", nil, "OURS=VALUE, may be given several times")
	f.StringArrayVar(&o.idsOf, "id-of", nil, "NAME=ID: the id that a party or reading of this name gets, may be given several times")
	f.StringVar(&o.lang, "lang", "en", "language of the names, titles and words that are given and read, by BCP 47")
	o.report.flag(f)
	o.next.flags(f)
	for _, name := range []string{"out", "id", "territory", "party", "accuracy-m", "source-title", "publisher", "licence"} {
		_ = cmd.MarkFlagRequired(name) // fails only for a flag that does not exist
	}
	return cmd
}

func runImport(ctx context.Context, std streams, o importOptions, args []string) error {
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
	if longest := o.states.Longest(); longest.To-longest.From > 1 && o.gapDays == 0 {
		fmt.Fprintf(std.out, "noted: between states, up to %d days without one (after %s, until %s) are taken to be like the day before; --gap-days makes them gaps\n",
			longest.To-longest.From-1, longest.From, longest.To)
	}
	d := &snapshot.Dataset
	for _, party := range d.Parties {
		fmt.Fprintf(std.out, "party %s: %s\n", party.ID, party.Name.In(o.lang))
	}
	for _, basis := range d.Bases {
		fmt.Fprintf(std.out, "reading %s: %s\n", basis.ID, basis.Name.In(o.lang))
	}
	fmt.Fprintf(std.out, "wrote %s: %d zones, %d epochs from %s\n", o.out, len(snapshot.Zones), len(snapshot.Epochs), snapshot.FirstDate())
	return nil
}
