package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing/fstest"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/intake"
	"github.com/demarc-map/demarc/data/intake/inspect"
	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/internal/atomicfile"

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
	accuracyM                                metres
	asJSON                                   bool               // of the first look
	given                                    []inspect.Argument // flags of the command line
	gapDays                                  int
	states                                   intake.States // what was read, filled in on the way
}

func newImportCommand() *cobra.Command {
	var o importOptions
	cmd := &cobra.Command{
		Use:   "import FILE... [--out FOLDER]",
		Short: "Look at a foreign file, or make a dataset folder of it",
		Long: `import without flags says what is in a file: its format, features, properties and
what they look like, what is wrong with its rings; and suggests the command that would import
it. On a terminal it asks for what is missing, and asks again before it writes.

With flags import reads polygons of held areas from foreign GeoJSON files and writes a dataset
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

Rings that cross or overlap are cleaned, and every repair is told with its areas.`,
		Example: `  demarc import monthly/*.geojson --date name --out ukraine --id ukraine \
    --territory outline.geojson --party Russia --basis DeepState --accuracy-m 500 \
    --source-title "DeepState map" --publisher "DeepState" --licence "GPL-3.0"`,
		Args: cobra.MinimumNArgs(1),
		RunE: runs(runImport, &o),
	}
	cmd.PreRun = func(cmd *cobra.Command, _ []string) { o.given = given(cmd.Flags()) }
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
	f.Var(&o.accuracyM, "accuracy-m", "positional accuracy of the zones in metres")
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
	jsonFlag(f, &o.asJSON)
	return cmd
}

func runImport(ctx context.Context, std streams, o importOptions, args []string) error {
	if len(o.lacking()) > 0 {
		return o.firstLook(ctx, std, args)
	}
	if err := o.replaced(); err != nil {
		return err
	}
	plan, err := o.plan()
	if err != nil {
		return err
	}
	if _, err := os.Stat(o.out); err == nil {
		return refuse(fmt.Errorf("%s exists already", o.out))
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
	for _, r := range report.Repairs {
		fmt.Fprintln(std.log, r)
	}
	if err := report.Err(); err != nil {
		return refuse(err)
	}
	files, err := contents.Files()
	if err != nil {
		return refuse(err)
	}
	snapshot, checked, err := check(ctx, files)
	if err != nil {
		return refuse(err)
	}
	if err := writeFolder(ctx, o.out, files); err != nil {
		return refuse(err)
	}
	checked.Repairs = nil
	printReport(std.out, checked)
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

// check reads the files as the server would, before anything is written.
func check(ctx context.Context, files map[string][]byte) (*data.Snapshot, *data.Report, error) {
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: text}
	}
	return data.Read(ctx, folder)
}

// writeFolder writes a new folder whole or not at all.
func writeFolder(ctx context.Context, name string, files map[string][]byte) error {
	return atomicfile.NewFolder(ctx, name, func(temporary string) error {
		for file, text := range files {
			if err := os.WriteFile(filepath.Join(temporary, file), text, 0o644); err != nil {
				return err
			}
		}
		return nil
	})
}
