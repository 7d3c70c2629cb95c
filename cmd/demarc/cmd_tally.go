package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/intake"

	"github.com/spf13/cobra"
)

// tallyOptions holds the flags of demarc tally.
type tallyOptions struct {
	place           datasetOptions
	features        featureOptions
	asOf            string
	query           data.TallyQuery // all but the day and how polygons count
	from, to        string
	polygons, where string
	out             string

	asJSON, asGeoJSON, asCSV bool
}

func newTallyCommand() *cobra.Command {
	var o tallyOptions
	cmd := &cobra.Command{
		Use:   "tally FILE...",
		Short: "Count things by the side of the line that they lie on",
		Long: `tally counts the points, lines and polygons of files of any format that import reads (-
for standard input): how many lie on land that the party holds, on land of the territory
that it does not hold (free says no more than that), and outside, under each
reading that maps the day, by district and by a property. What lies within the accuracy of
the line may lie on either side, so every total has a low and a high.

Polygons count by a place inside each or, with --polygons area, by their km². --csv prints
a row a thing with its own properties, --geojson its feature, --json what POST
/v1/{dataset}/tally answers; --out writes rows, features or layers of a GeoPackage to a
file, whole or not at all. The files may be larger than memory. --against compares with another reading, --from
and --to tell on which days things change sides.

A GeoTIFF of counts per cell, such as inhabitants, is summed by exact share of its cells;
GDAL reads it, where that is installed and --with-gdal is given.`,
		Example: `  demarc tally schools.geojson --by amenity --within 500
  demarc tally hospitals.csv --weight beds --json
  demarc tally wells.gpkg villages.geojson --out sides.csv`,
		Args: cobra.MinimumNArgs(1),
		RunE: runs(runTally, &o),
	}
	f := cmd.Flags()
	o.place.flags(f)
	o.features.flags(f)
	editionFlags(f, &o.asOf, &o.query.Basis)
	ofFlag(f, &o.query.Of)
	partyFlag(f, &o.query.Party)
	f.StringVar(&o.query.By, "by", "", "property to group by")
	f.StringVar(&o.query.Weight, "weight", "", "property with numbers to add up")
	f.Float64Var(&o.query.WithinM, "within", 0, "metres from the line that count as near")
	f.StringVar(&o.polygons, "polygons", "point", "how polygons count: point, by a place inside each, or area")
	f.StringVar(&o.where, "where", "", "condition on the features that count, as that of import")
	f.StringVar(&o.query.Against, "against", "", "reading to compare with")
	f.StringVar(&o.from, "from", "", "first day over which sides are followed")
	f.StringVar(&o.to, "to", "", "day after the last of those")
	f.BoolVar(&o.features.withGDAL, "with-gdal", false, "let the programs of GDAL read further formats, and a GeoTIFF")
	jsonFlag(f, &o.asJSON)
	f.BoolVar(&o.asGeoJSON, "geojson", false, "print the feature of each thing, and the totals")
	f.BoolVar(&o.asCSV, "csv", false, "print a row a thing")
	f.StringVar(&o.out, "out", "", "file to write the things to: .csv, .geojson or .gpkg, which has the land near the line too, with --within")
	cmd.MarkFlagsMutuallyExclusive("json", "geojson", "csv")
	return cmd
}

func runTally(ctx context.Context, std streams, o tallyOptions, args []string) error {
	var err error
	if o.query.AsOf, err = dayAsked(o.asOf); err != nil {
		return err
	}
	if o.polygons != "point" && o.polygons != "area" {
		return fmt.Errorf("--polygons is point or area, not %q", o.polygons)
	}
	if isTIFF(args[0]) {
		if len(args) > 1 {
			return errors.New("a raster is summed alone: give one file")
		}
		return o.runRaster(ctx, std, args[0])
	}
	o.features.clean = true
	o.query.ByArea = o.polygons == "area"
	where, err := intake.ParseWhere(o.where)
	if err != nil {
		return fmt.Errorf("--where: %w", err)
	}
	if o.query.From, o.query.To, err = span(o.from, o.to); err != nil {
		return err
	}
	if o.out != "" && !slices.Contains([]string{"csv", "geojson", "gpkg"}, o.extension()) {
		return fmt.Errorf("--out is a .csv, .geojson or .gpkg file, not %q", o.out)
	}
	snapshot, err := o.place.load(ctx, std.log)
	if err != nil {
		return err
	}
	run := tallyRun{o: o, snapshot: snapshot, things: o.things(ctx, std, args, where)}
	defer waiting(std.log, "counting")()
	if o.out == "" {
		return run.print(ctx, std.out, nil)
	}
	return replaceFile(ctx, o.out, func(file io.Writer) error { return run.print(ctx, std.out, file) })
}

func printTally(w io.Writer, t *data.Tally) {
	for _, r := range t.Readings {
		fmt.Fprintf(w, "%s, as mapped on %s (accuracy %.0f m)\n", r.Basis, r.Evidence.Newest, r.AccuracyM)
		printTallyRow(w, t, "all", &r.Total)
		for _, groups := range [][]data.TallyGroup{r.Districts, r.Groups} {
			for _, g := range groups {
				name := "null"
				if g.ID != nil {
					name = *g.ID
				}
				printTallyRow(w, t, name, &g.TallyRow)
			}
		}
	}
	if t.WithoutWeight > 0 {
		fmt.Fprintf(w, "%d things have no number in %q and add nothing to it\n", t.WithoutWeight, t.Weight)
	}
	fmt.Fprintf(w, "%d things, polygons by %s; snapshot %s\n", t.Things, t.Polygons, t.Snapshot)
}

// printTallyRow prints a line for each amount that there is any of.
func printTallyRow(w io.Writer, t *data.Tally, name string, r *data.TallyRow) {
	for _, unit := range []struct {
		name string
		of   func(data.Amounts) float64
	}{
		{"things", func(a data.Amounts) float64 { return a.Number }}, {"km", func(a data.Amounts) float64 { return a.Km }},
		{"km²", func(a data.Amounts) float64 { return a.Km2 }}, {t.Weight, func(a data.Amounts) float64 { return a.Weight }},
	} {
		if unit.of(r.All) == 0 {
			continue
		}
		fmt.Fprintf(w, "  %-18s held %10.2f (%.2f to %.2f)  free %10.2f  outside %10.2f  %s\n", name,
			unit.of(r.Held.Value), unit.of(r.Held.Low), unit.of(r.Held.High), unit.of(r.Free.Value), unit.of(r.Outside), unit.name)
		if t.WithinM > 0 {
			fmt.Fprintf(w, "  %-18s within %g m: held %.2f, free %.2f\n", "", t.WithinM, unit.of(r.NearHeld), unit.of(r.NearFree))
		}
	}
}
