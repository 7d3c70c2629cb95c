package main

import (
	"fmt"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
	"github.com/spf13/cobra"
)

func splitCommand() *cobra.Command {
	var folder, line, of string
	var extend float64
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "split --line FILE",
		Short: "Measure both sides of a territory cut by a line",
		Long: `split cuts a territory by the line in a GeoJSON file (- for standard input) and
prints the land on its left and right, seen along the line. Each end of the line
is prolonged by --extend metres, since real lines stop short of the boundary.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			snapshot, _, err := load(cmd.Context(), folder)
			if err != nil {
				return refuse(err)
			}
			shape, err := readLine(cmd, line)
			if err != nil {
				return err
			}
			s, err := snapshot.Split(cmd.Context(), of, shape, extend)
			if err != nil {
				return refuse(err)
			}
			if asJSON {
				return writeJSON(cmd.OutOrStdout(), s)
			}
			for _, row := range []struct {
				name string
				data.Part
			}{{"left", s.Left}, {"right", s.Right}, {"pocket", s.Pocket}, {"unreached", s.Unreached}} {
				fmt.Fprintf(cmd.OutOrStdout(), "%-10s %12.3f km² %9.3f %%\n", row.name, row.Km2, row.Percent)
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&folder, "data", "", "dataset folder (default: the embedded dataset)")
	f.StringVar(&line, "line", "", "GeoJSON file with one LineString")
	f.StringVar(&of, "of", "", "territory or district (default: the whole territory)")
	f.Float64Var(&extend, "extend", 50, "metres by which each end is prolonged")
	f.BoolVar(&asJSON, "json", false, "print JSON")
	_ = cmd.MarkFlagRequired("line") // fails only for a flag that does not exist
	return cmd
}

func readLine(cmd *cobra.Command, file string) (orb.LineString, error) {
	var lines []orb.LineString
	err := readFeatures(cmd, file, func(f data.Feature) error {
		line, ok := f.Geometry.(orb.LineString)
		if !ok {
			return refuse(fmt.Errorf("%s: feature %d: a LineString is wanted, not a %s", file, f.Index, f.Geometry.GeoJSONType()))
		}
		lines = append(lines, line)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(lines) != 1 {
		return nil, refuse(fmt.Errorf("%s: one LineString is wanted, not %d", file, len(lines)))
	}
	return lines[0], nil
}
