package main

import (
	"fmt"

	"demarc/data"
	"demarc/geo"

	"github.com/paulmach/orb"
	"github.com/spf13/cobra"
)

// sides is what demarc split --json prints.
type sides struct {
	Dataset      string  `json:"dataset"`
	Of           string  `json:"of"`
	TerritoryKm2 float64 `json:"territory_km2"`
	Left         part    `json:"left"`
	Right        part    `json:"right"`
	Pocket       part    `json:"pocket"`    // land the line encloses from both sides
	Unreached    part    `json:"unreached"` // land the line does not reach
	Snapshot     string  `json:"snapshot"`
}

type part struct {
	Km2     float64 `json:"km2"`
	Percent float64 `json:"percent"`
}

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
			if of == "" {
				of = snapshot.Dataset.Territory
			}
			territory, ok := snapshot.TerritoryByID(of)
			if !ok {
				return refuse(fmt.Errorf("%w territory %q", data.ErrUnknown, of))
			}
			cut, err := geo.Split(cmd.Context(), territory.Shape, shape, geo.SplitOptions{ExtendM: extend})
			if err != nil {
				return refuse(err)
			}
			s := sides{Dataset: snapshot.Dataset.ID, Of: of, TerritoryKm2: territory.AreaM2 / 1e6, Snapshot: snapshot.Name()}
			for to, from := range map[*part]orb.MultiPolygon{&s.Left: cut.Left, &s.Right: cut.Right, &s.Pocket: cut.Pocket, &s.Unreached: cut.Unreached} {
				area, err := geo.Area(from)
				if err != nil {
					return refuse(err)
				}
				*to = part{area / 1e6, 100 * area / territory.AreaM2}
			}
			if asJSON {
				return writeJSON(cmd.OutOrStdout(), s)
			}
			for _, row := range []struct {
				name string
				part
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
