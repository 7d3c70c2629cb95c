package main

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
	"github.com/spf13/cobra"
)

func shareCommand() *cobra.Command {
	var folder, asOf, file string
	var query data.Query
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "share",
		Short: "Compute the share of a territory that a party holds on a day",
		Long: `share prints the controlled-area percentage with both areas, the uncertainty band,
the features, sources and snapshot it rests on. With --json it prints what
GET /v1/{dataset}/share answers.`,
		Example: `  demarc share --as-of 2026-01-20
  demarc share --as-of 2026-01-20 --of rafah --basis line-cut --json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			query.AsOf = data.DateOf(time.Now())
			if asOf != "" {
				day, err := data.ParseDate(asOf)
				if err != nil {
					return fmt.Errorf("--as-of: %w", err)
				}
				query.AsOf = day
			}
			snapshot, _, err := load(cmd.Context(), folder)
			if err != nil {
				return refuse(err)
			}
			if file != "" {
				return shareInside(cmd, snapshot, query, file, asJSON)
			}
			share, err := snapshot.Share(cmd.Context(), query)
			if err != nil {
				return refuse(err)
			}
			if asJSON {
				return writeJSON(cmd.OutOrStdout(), share)
			}
			printShare(cmd.OutOrStdout(), &share)
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&folder, "data", "", "dataset folder (default: the embedded dataset)")
	f.StringVar(&asOf, "as-of", "", "day, YYYY-MM-DD (default: today, UTC)")
	f.StringVar(&query.Of, "of", "", "territory or district (default: the whole territory)")
	f.StringVar(&query.Party, "party", "", "who holds (default: the dataset's default party)")
	f.StringVar(&query.Basis, "basis", "", "reading of the evidence (default: the dataset's default basis)")
	f.StringVar(&file, "in", "", "GeoJSON file with polygons: the share inside them")
	f.BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// shareInside prints the share inside the polygons of a file.
func shareInside(cmd *cobra.Command, snapshot *data.Snapshot, query data.Query, file string, asJSON bool) error {
	var shape orb.MultiPolygon
	if err := readFeatures(cmd, file, func(f data.Feature) error {
		shape = append(shape, polygons(f.Geometry)...)
		return nil
	}); err != nil {
		return err
	}
	inside, err := snapshot.ShareInside(cmd.Context(), query, shape)
	if err != nil {
		return refuse(err)
	}
	if asJSON {
		return writeJSON(cmd.OutOrStdout(), inside)
	}
	printShare(cmd.OutOrStdout(), &inside.Share)
	fmt.Fprintf(cmd.OutOrStdout(), "  %.3f %% of the polygon's %.3f km², of which %.3f km² lie outside the territory\n",
		inside.PercentOfPolygon, inside.PolygonKm2, inside.OutsideKm2)
	return nil
}

func printShare(w io.Writer, s *data.Share) {
	fmt.Fprintf(w, "%.3f %%  of %s held by %s on %s (%s)\n", s.Percent, s.Of, s.Party, s.AsOf, s.Basis)
	fmt.Fprintf(w, "  %.3f of %.3f km²\n", s.HeldKm2, s.TerritoryKm2)
	fmt.Fprintf(w, "  band %.2f to %.2f %% (accuracy %.0f m along %.1f km)\n",
		s.Uncertainty.PercentLow, s.Uncertainty.PercentHigh, s.Uncertainty.AccuracyM, s.Uncertainty.FrontKm)
	fmt.Fprintf(w, "  epoch %s, features %v, sources %v\n  snapshot %s\n", s.Epoch, s.Features, s.Sources, s.Snapshot)
}

// writeJSON prints a value as one line of JSON.
func writeJSON(w io.Writer, v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(v)
}
