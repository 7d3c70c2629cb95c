package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing/fstest"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/intake"

	"github.com/spf13/cobra"
)

// importing holds the flags of demarc import.
type importing struct {
	out, id, title, territory, territoryName string
	party, basis, meaning                    string
	sourceTitle, publisher, licence, link    string
	attribution, disclaimer                  string
	date, mapping                            string
	maps, sets                               []string
	status                                   string
	accuracyM                                float64
}

func importCommand() *cobra.Command {
	var o importing
	cmd := &cobra.Command{
		Use:   "import FILE... --out FOLDER",
		Short: "Make a dataset folder of foreign GeoJSON",
		Long: `import reads polygons of held areas from foreign GeoJSON files and writes a dataset
folder that 'demarc check' accepts. With --date name each file is the state of
the day in its name, with --date PROPERTY of the day in that property; polygons
that do not change from one state to the next become one zone. Without --date
each feature is a zone and valid_from comes from a mapped or set property.

--map OURS=THEIRS takes a property of ours (id, party, basis, status, source,
accuracy_m, valid_from, valid_to, name_…, x_…) from a foreign one, --set
OURS=VALUE gives it one value. --mapping names a JSON file with the same:
{"map": {…}, "set": {…}, "date": "name"}; flags go before it.

Rings that cross or overlap are cleaned, and every repair is told with its areas.`,
		Example: `  demarc import monthly/*.geojson --date name --out ukraine --id ukraine \
    --territory outline.geojson --party Russia --basis DeepState --accuracy-m 500 \
    --source-title "DeepState map" --publisher "DeepState" --licence "GPL-3.0"`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd, args) },
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
	f.StringVar(&o.status, "status", "observed", "agreed, observed, claimed, proposed or disputed")
	f.Float64Var(&o.accuracyM, "accuracy-m", 0, "positional accuracy of the zones in metres")
	f.StringVar(&o.sourceTitle, "source-title", "", "title of the source")
	f.StringVar(&o.publisher, "publisher", "", "publisher of the source")
	f.StringVar(&o.licence, "licence", "", "licence of the source")
	f.StringVar(&o.link, "link", "", "http or https link to the source")
	f.StringVar(&o.attribution, "attribution", "", "how the source is attributed (default: publisher and licence)")
	f.StringVar(&o.disclaimer, "disclaimer", "Boundaries are as published by the source and are not a survey.", "what readers are told")
	f.StringVar(&o.date, "date", "", `where the day of a state is: "name" or a foreign property`)
	f.StringVar(&o.mapping, "mapping", "", "JSON file with a mapping")
	f.StringArrayVar(&o.maps, "map", nil, "OURS=THEIRS, may be given several times")
	f.StringArrayVar(&o.sets, "set", nil, "OURS=VALUE, may be given several times")
	for _, name := range []string{"out", "id", "territory", "party", "accuracy-m", "source-title", "publisher", "licence"} {
		_ = cmd.MarkFlagRequired(name) // fails only for a flag that does not exist
	}
	return cmd
}

func (o *importing) run(cmd *cobra.Command, args []string) error {
	plan, err := o.plan()
	if err != nil {
		return err
	}
	if _, err := os.Stat(o.out); err == nil {
		return refuse(fmt.Errorf("%s exists already", o.out))
	}
	report := &data.Report{}
	read := 0
	draw, end := progress(cmd.ErrOrStderr(), "files")
	contents, err := o.contents(cmd.Context(), args, plan, report, func() {
		if read++; draw != nil {
			draw(read, len(args)+1)
		}
	})
	end()
	if err != nil {
		return refuse(err)
	}
	for _, r := range report.Repairs {
		fmt.Fprintln(cmd.ErrOrStderr(), r)
	}
	if err := report.Err(); err != nil {
		return refuse(err)
	}
	files, err := contents.Files()
	if err != nil {
		return refuse(err)
	}
	snapshot, checked, err := check(cmd.Context(), files)
	if err != nil {
		return refuse(err)
	}
	if err := writeFolder(o.out, files); err != nil {
		return refuse(err)
	}
	checked.Repairs = nil
	printReport(cmd, checked)
	fmt.Fprintf(cmd.OutOrStdout(), "wrote %s: %d zones, %d epochs from %s\n", o.out, len(snapshot.Zones), len(snapshot.Epochs), snapshot.FirstDate())
	return nil
}

// plan joins the mapping file and the flags, which go before it, to what every
// zone has.
func (o *importing) plan() (intake.Plan, error) {
	set := map[string]string{"party": o.party, "basis": o.basis, "status": o.status, "accuracy_m": fmt.Sprint(o.accuracyM), "source": "import"}
	plan := intake.Plan{Set: set}
	if o.mapping != "" {
		file, err := os.Open(o.mapping)
		if err != nil {
			return plan, err
		}
		defer file.Close()
		written, err := intake.ReadPlan(file)
		if err != nil {
			return plan, fmt.Errorf("%s: %w", o.mapping, err)
		}
		if plan, err = plan.Merge(written); err != nil {
			return plan, err
		}
	}
	given := intake.Plan{Date: o.date}
	var err error
	if given.Map, err = intake.ParsePairs(o.maps); err != nil {
		return plan, fmt.Errorf("--map: %w", err)
	}
	if given.Set, err = intake.ParsePairs(o.sets); err != nil {
		return plan, fmt.Errorf("--set: %w", err)
	}
	return plan.Merge(given)
}

// contents reads the files into a dataset.
func (o *importing) contents(ctx context.Context, args []string, plan intake.Plan, report *data.Report, done func()) (*data.Contents, error) {
	outline, err := intake.Polygons(ctx, foreignFile(o.territory), report)
	if err != nil {
		return nil, err
	}
	done()
	var files []intake.File
	for _, name := range args {
		files = append(files, foreignFile(name))
	}
	zones, err := intake.Zones(ctx, files, plan, report, done)
	if err != nil {
		return nil, err
	}
	or := func(text, fallback string) data.Text {
		if text == "" {
			text = fallback
		}
		return data.Text{"en": text}
	}
	title := or(o.title, o.id)
	territory := intake.Slug(or(o.territoryName, title["en"])["en"])
	dataset := data.Dataset{Schema: data.Schema, ID: o.id, Title: title, Attribution: or(o.attribution, o.publisher+", "+o.licence),
		Disclaimer: or(o.disclaimer, ""), Territory: territory, Party: intake.Slug(o.party), Basis: intake.Slug(o.basis),
		Sources: []data.Source{{ID: "import", Title: o.sourceTitle, Publisher: o.publisher, Licence: o.licence, URL: o.link}}}
	names := map[string]string{intake.Slug(o.party): o.party, intake.Slug(o.basis): o.basis}
	name := func(id string) string {
		if words := names[id]; words != "" {
			return words
		}
		return id
	}
	parties, bases := map[string]bool{dataset.Party: true}, map[string]bool{dataset.Basis: true}
	for _, z := range zones {
		parties[z.Party], bases[z.Basis] = true, true
	}
	for _, id := range slices.Sorted(maps.Keys(parties)) {
		dataset.Parties = append(dataset.Parties, data.Party{ID: id, Name: data.Text{"en": name(id)}})
	}
	for _, id := range slices.Sorted(maps.Keys(bases)) {
		dataset.Bases = append(dataset.Bases, data.Basis{ID: id, Name: data.Text{"en": name(id)}, Meaning: or(o.meaning, "Polygons as published: "+o.sourceTitle)})
	}
	return &data.Contents{Dataset: dataset, Zones: zones,
		Territories: []data.Territory{{ID: territory, Name: or(o.territoryName, title["en"]), Source: "import", Shape: outline}}}, nil
}

func foreignFile(name string) intake.File {
	return intake.File{Name: name, Open: func() (io.ReadCloser, error) { return os.Open(name) }}
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
func writeFolder(name string, files map[string][]byte) error {
	parent, base := filepath.Split(filepath.Clean(name))
	temporary, err := os.MkdirTemp(orHere(parent), "."+base+"-")
	if err != nil {
		return err
	}
	for file, text := range files {
		if err := os.WriteFile(filepath.Join(temporary, file), text, 0o644); err != nil {
			return errors.Join(err, os.RemoveAll(temporary))
		}
	}
	if err := os.Chmod(temporary, 0o755); err != nil {
		return errors.Join(err, os.RemoveAll(temporary))
	}
	if err := os.Rename(temporary, strings.TrimSuffix(name, "/")); err != nil {
		return errors.Join(err, os.RemoveAll(temporary))
	}
	return nil
}

func orHere(folder string) string {
	if folder == "" {
		return "."
	}
	return folder
}
