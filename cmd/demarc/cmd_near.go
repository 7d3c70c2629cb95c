package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/data"

	"github.com/spf13/cobra"
)

// nearOptions holds the flags of demarc near.
type nearOptions struct {
	place  datasetOptions
	asOf   string
	query  data.NearQuery // all but the day
	side   string
	out    string
	asJSON bool
}

func newNearCommand() *cobra.Command {
	var o nearOptions
	cmd := &cobra.Command{
		Use:   "near --within METRES",
		Short: "Measure the land within a distance of the line",
		Long: `near measures the land of a territory within so many metres of the line, on the
side that the party holds, on the other (free: land that the party does not hold),
or on both. --out writes the land as GeoJSON with the figures as members, or as the
layer near of a GeoPackage; with --json that GeoJSON is printed, which is what GET
/v1/{dataset}/near answers.`,
		Example: `  demarc near --within 500 --side free --as-of 2026-01-20
  demarc near --within 1000 --out near.geojson`,
		Args: cobra.NoArgs,
		RunE: runs(runNear, &o),
	}
	f := cmd.Flags()
	o.place.flags(f)
	editionFlags(f, &o.asOf, &o.query.Basis)
	ofFlag(f, &o.query.Of)
	partyFlag(f, &o.query.Party)
	f.Float64Var(&o.query.WithinM, "within", 0, "distance from the line in metres")
	f.StringVar(&o.side, "side", string(data.BothSides), "side of the line: held, free or both")
	f.StringVar(&o.out, "out", "", "file to write the land to: .geojson or .gpkg")
	jsonFlag(f, &o.asJSON)
	_ = cmd.MarkFlagRequired("within") // fails only for a flag that does not exist
	return cmd
}

func runNear(ctx context.Context, std streams, o nearOptions, _ []string) error {
	var err error
	if o.query.AsOf, err = dayAsked(o.asOf); err != nil {
		return err
	}
	extension := strings.ToLower(filepath.Ext(o.out))
	if o.out != "" && !slices.Contains([]string{".geojson", ".json", ".gpkg"}, extension) {
		return fmt.Errorf("--out writes GeoJSON or a GeoPackage: its name ends with .geojson, .json or .gpkg, not %q", extension)
	}
	snapshot, err := o.place.load(ctx, std.log)
	if err != nil {
		return err
	}
	o.query.Side = data.LandSide(o.side)
	near, err := snapshot.Near(ctx, o.query)
	if err != nil {
		return refuse(err)
	}
	if o.out != "" {
		if err := replaceFile(ctx, o.out, func(w io.Writer) error {
			if extension == ".gpkg" {
				return writePackage(ctx, w, snapshot, o.query.Query, near.Section())
			}
			return json.NewEncoder(w).Encode(near.GeoJSON())
		}); err != nil {
			return err
		}
	}
	if o.asJSON {
		return refuse(writeJSON(std.out, near.GeoJSON()))
	}
	s := &near.Share
	fmt.Fprintf(std.out, "%.2f km² within %g m of the line: %.2f km² held, %.2f km² free (%s of %s, %s)\n",
		near.Km2, near.WithinM, near.HeldKm2, near.FreeKm2, map[data.LandSide]string{data.HeldSide: "the held side", data.FreeSide: "the free side", data.BothSides: "both sides"}[near.Side], s.Of, s.Basis)
	fmt.Fprintf(std.out, "  %.2f %% of the territory's %.2f km², along %.1f km of line that is known to %.0f m\n", near.Percent, s.TerritoryKm2, near.LineKm, near.AccuracyM)
	fmt.Fprintf(std.out, "  %s\n  sources %v\n  snapshot %s\n", sentence(s.Evidence, s.AsOf), s.Sources, s.Snapshot)
	return nil
}
