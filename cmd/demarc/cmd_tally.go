package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/intake"
	"github.com/demarc-map/demarc/geojson"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/spf13/cobra"
)

// tallyOptions holds the flags of demarc tally.
type tallyOptions struct {
	place           datasetOptions
	features        featureOptions
	asOf            string
	query           data.TallyQuery // all but the day and how polygons count
	polygons, where string
	asJSON, asCSV   bool
	withGDAL        bool // read a GeoTIFF, whose counts are summed
}

func newTallyCommand() *cobra.Command {
	var o tallyOptions
	cmd := &cobra.Command{
		Use:   "tally FILE",
		Short: "Count things by the side of the line that they lie on",
		Long: `tally counts the points, lines and polygons of a file of any format that import reads (-
for standard input): how many lie on land that the party holds, on land of the territory
that it does not hold (free says no more than that), and outside, under each
reading that maps the day, by district and by a property. What lies within the accuracy of
the line may lie on either side, so every total has a low and a high.

Polygons count by a place inside each or, with --polygons area, by their km². --csv prints
a row a thing; the file may be larger than memory then.

A GeoTIFF of counts per cell, such as inhabitants, is summed by exact share of its cells;
GDAL reads it, where that is installed and --with-gdal is given.`,
		Example: `  demarc tally schools.geojson --by amenity --within 500
  demarc tally hospitals.csv --weight beds --json`,
		Args: cobra.ExactArgs(1),
		RunE: runs(runTally, &o),
	}
	f := cmd.Flags()
	o.place.flags(f)
	o.features.flags(f)
	editionFlags(f, &o.asOf, &o.query.Basis)
	f.StringVar(&o.query.Of, "of", "", "territory or district (default: the whole territory)")
	f.StringVar(&o.query.Party, "party", "", "who holds (default: the dataset's default party)")
	f.StringVar(&o.query.By, "by", "", "property to group by")
	f.StringVar(&o.query.Weight, "weight", "", "property with numbers to add up")
	f.Float64Var(&o.query.WithinM, "within", 0, "metres from the line that count as near")
	f.StringVar(&o.polygons, "polygons", "point", "how polygons count: point, by a place inside each, or area")
	f.StringVar(&o.where, "where", "", "condition on the features that count, as that of import")
	jsonFlag(f, &o.asJSON)
	f.BoolVar(&o.asCSV, "csv", false, "print a row a thing")
	f.BoolVar(&o.withGDAL, "with-gdal", false, "let the programs of GDAL read a GeoTIFF")
	cmd.MarkFlagsMutuallyExclusive("json", "csv")
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
		return o.runRaster(ctx, std, args[0])
	}
	o.features.clean = true
	o.query.ByArea = o.polygons == "area"
	where, err := intake.ParseWhere(o.where)
	if err != nil {
		return fmt.Errorf("--where: %w", err)
	}
	snapshot, err := o.place.load(ctx, std.log)
	if err != nil {
		return err
	}
	held := &spool{}
	rows := csv.NewWriter(held)
	each := func(t *data.TallyThing) error { return nil }
	if o.asCSV {
		each = func(t *data.TallyThing) error { return rows.Write(tallyRecord(t)) }
		err = rows.Write([]string{"index", "id", "lon", "lat", "district", "side", "distance_m", "bearing_deg", "certain"})
	}
	var tally *data.Tally
	if err == nil {
		tally, err = snapshot.Tally(ctx, o.query, o.things(ctx, std, args[0], where), each)
	}
	rows.Flush()
	switch err = errors.Join(err, rows.Error()); {
	case err != nil:
		err = refuse(err)
	case o.asCSV:
		err = refuse(held.copyTo(std.out))
	case o.asJSON:
		err = refuse(writeJSON(std.out, tally))
	default:
		printTally(std.out, tally)
	}
	return errors.Join(err, refuse(held.Close()))
}

// things are the features of a file that a condition takes.
func (o tallyOptions) things(ctx context.Context, std streams, file string, where *intake.Where) iter.Seq2[data.Thing, error] {
	return func(yield func(data.Thing, error) bool) {
		enough := errors.New("enough")
		err := o.features.read(ctx, std, file, func(f geojson.Feature) error {
			var properties map[string]jsontext.Value
			if f.Properties != nil {
				if err := json.Unmarshal(f.Properties, &properties); err != nil {
					return err
				}
			}
			takes, err := where.Takes(properties)
			if err != nil {
				return fmt.Errorf("feature %s: %w", f.Label(), err)
			}
			if takes && !yield(data.Thing{Index: f.Index, ID: f.ID, Geometry: f.Geometry, Properties: properties}, nil) {
				return enough
			}
			return nil
		})
		if err != nil && !errors.Is(err, enough) {
			yield(data.Thing{}, err)
		}
	}
}

// tallyRecord is the row of a thing.
func tallyRecord(t *data.TallyThing) []string {
	number := func(v *float64) string {
		if v == nil {
			return ""
		}
		return strconv.FormatFloat(*v, 'f', 1, 64)
	}
	place := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	return []string{strconv.Itoa(t.Thing.Index), t.Thing.ID, place(t.Point[0]), place(t.Point[1]), t.District, string(t.Side),
		number(t.DistanceM), number(t.BearingDeg), strconv.FormatBool(t.Certain)}
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
