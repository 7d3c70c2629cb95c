package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
	"github.com/spf13/cobra"
)

// featureArea is one line of demarc area --json.
type featureArea struct {
	Index      int     `json:"index"`
	ID         string  `json:"id"`
	AreaM2     float64 `json:"area_m2"`
	PerimeterM float64 `json:"perimeter_m"`
}

// combinedAreas is the line of demarc area --with.
type combinedAreas struct {
	AM2            float64 `json:"a_m2"`
	BM2            float64 `json:"b_m2"`
	IntersectionM2 float64 `json:"intersection_m2"`
	UnionM2        float64 `json:"union_m2"`
	AMinusBM2      float64 `json:"a_minus_b_m2"`
	BMinusAM2      float64 `json:"b_minus_a_m2"`
}

func areaCommand() *cobra.Command {
	var with string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "area FILE",
		Short: "Measure polygons on the WGS 84 ellipsoid",
		Long: `area prints the area of every feature of a GeoJSON file (- for standard input) in
square metres on the WGS 84 ellipsoid, edges straight in longitude and latitude
(RFC 7946), and the geodesic length of its lines or boundary in metres.

With --with it prints the areas of the boolean combinations of all polygons of
the one file and all of the other; overlaps within a file count once.`,
		Example: `  demarc area zones.geojson --json
  demarc area held.geojson --with territory.geojson`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if with == "" {
				return areas(cmd, args[0], asJSON)
			}
			return combinations(cmd, args[0], with, asJSON)
		},
	}
	cmd.Flags().StringVar(&with, "with", "", "second file, to measure intersection, union and differences")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON, one object a line")
	return cmd
}

func areas(cmd *cobra.Command, file string, asJSON bool) error {
	out := bufio.NewWriter(cmd.OutOrStdout())
	err := readFeatures(cmd, file, func(f data.Feature) error {
		area, err := geo.Area(f.Geometry)
		if err != nil {
			return err
		}
		line := featureArea{f.Index, f.ID, area, geo.Length(f.Geometry)}
		if asJSON {
			return writeJSON(out, line)
		}
		_, err = fmt.Fprintf(out, "%-6d %-24s %20.3f m²  %16.3f m\n", line.Index, line.ID, line.AreaM2, line.PerimeterM)
		return err
	})
	return errors.Join(err, refuse(out.Flush()))
}

func combinations(cmd *cobra.Command, fileA, fileB string, asJSON bool) error {
	layers := make([]orb.MultiPolygon, 2)
	for i, file := range []string{fileA, fileB} {
		err := readFeatures(cmd, file, func(f data.Feature) error {
			layers[i] = append(layers[i], polygons(f.Geometry)...)
			return nil
		})
		if err != nil {
			return err
		}
	}
	c, err := combine(cmd.Context(), layers)
	if err != nil {
		return refuse(err)
	}
	if asJSON {
		return writeJSON(cmd.OutOrStdout(), c)
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "A      %20.3f m²\nB      %20.3f m²\nA ∩ B  %20.3f m²\nA ∪ B  %20.3f m²\nA − B  %20.3f m²\nB − A  %20.3f m²\n",
		c.AM2, c.BM2, c.IntersectionM2, c.UnionM2, c.AMinusBM2, c.BMinusAM2)
	return err
}

func combine(ctx context.Context, layers []orb.MultiPolygon) (combinedAreas, error) {
	const a, b = 0b01, 0b10
	m, err := geo.Overlay(ctx, layers, geo.Options{})
	if err != nil {
		return combinedAreas{}, err
	}
	return combinedAreas{m.Any(a), m.Any(b), m.All(a | b), m.Any(a | b), m.Of(a), m.Of(b)}, nil
}

// polygons returns the polygons of a geometry, those in collections too.
func polygons(g orb.Geometry) orb.MultiPolygon {
	switch g := g.(type) {
	case orb.Polygon:
		return orb.MultiPolygon{g}
	case orb.MultiPolygon:
		return g
	case orb.Collection:
		var out orb.MultiPolygon
		for _, member := range g {
			out = append(out, polygons(member)...)
		}
		return out
	}
	return nil
}

// readFeatures reads a GeoJSON file, or standard input for "-". Repairs and
// faults go to standard error; any fault is a refusal.
func readFeatures(cmd *cobra.Command, file string, each func(data.Feature) error) error {
	var in io.Reader = cmd.InOrStdin()
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return refuse(err)
		}
		defer f.Close()
		in = f
	}
	report := &data.Report{}
	if err := data.ReadGeoJSON(cmd.Context(), in, file, data.ReadOptions{}, report, each); err != nil {
		return refuse(err)
	}
	for _, r := range report.Repairs {
		fmt.Fprintln(cmd.ErrOrStderr(), r)
	}
	return refuse(report.Err())
}
