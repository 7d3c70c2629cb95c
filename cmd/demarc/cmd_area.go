package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/geojson"

	"github.com/paulmach/orb"
	"github.com/spf13/cobra"
)

// areaOptions holds the flags of demarc area.
type areaOptions struct {
	features featureOptions
	with     string // second file
	asJSON   bool
}

func newAreaCommand() *cobra.Command {
	var o areaOptions
	cmd := &cobra.Command{
		Use:   "area FILE",
		Short: "Measure polygons on the WGS 84 ellipsoid",
		Long: `area prints the area of every feature of a file of any format that import reads (- for
standard input) in square metres on the WGS 84 ellipsoid, edges straight in longitude and latitude
(RFC 7946), and the geodesic length of its lines or boundary in metres. The file may
be larger than memory. A file with a fault is refused, and nothing printed; so is one
with an edge of more than 180° of longitude, which import refuses as well: cut the
polygon at the antimeridian. Only an edge of a full turn, from −180 to 180, is clear.

With --with it prints the areas of the boolean combinations of all polygons of
the one file and all of the other; overlaps within a file count once.`,
		Example: `  demarc area zones.geojson --json
  demarc area held.geojson --with territory.geojson`,
		Args: cobra.ExactArgs(1),
		RunE: runs(runArea, &o),
	}
	o.features.flags(cmd.Flags())
	cmd.Flags().StringVar(&o.with, "with", "", "second file, to measure intersection, union and differences")
	cmd.Flags().BoolVar(&o.asJSON, "json", false, "print JSON, one object a line")
	return cmd
}

// featureArea is one line of demarc area --json.
type featureArea struct {
	Index      int     `json:"index"`
	ID         string  `json:"id"`
	AreaM2     float64 `json:"area_m2"`
	PerimeterM float64 `json:"perimeter_m"`
}

func runArea(ctx context.Context, std streams, o areaOptions, args []string) error {
	if o.with != "" {
		return runCombinations(ctx, std, o, args[0])
	}
	held := &spool{}
	err := o.features.read(ctx, std, args[0], func(f geojson.Feature) error {
		if err := cutAtAntimeridian(args[0], f, polygons(f.Geometry)); err != nil {
			return err
		}
		area, err := geo.Area(f.Geometry)
		if err != nil {
			return err
		}
		line := featureArea{f.Index, f.ID, area, geo.Length(f.Geometry)}
		if o.asJSON {
			return writeJSON(held, line)
		}
		_, err = fmt.Fprintf(held, "%-6d %-24s %20.3f m²  %16.3f m\n", line.Index, line.ID, line.AreaM2, line.PerimeterM)
		return err
	})
	if err == nil {
		err = refuse(held.copyTo(std.out))
	}
	return errors.Join(err, refuse(held.Close()))
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

func runCombinations(ctx context.Context, std streams, o areaOptions, file string) error {
	layers := make([]orb.MultiPolygon, 2)
	for i, name := range []string{file, o.with} {
		var err error
		if layers[i], err = o.features.readPolygons(ctx, std, name); err != nil {
			return err
		}
	}
	c, err := combine(ctx, layers)
	if err != nil {
		return refuse(err)
	}
	if o.asJSON {
		return refuse(writeJSON(std.out, c))
	}
	_, err = fmt.Fprintf(std.out, "A      %20.3f m²\nB      %20.3f m²\nA ∩ B  %20.3f m²\nA ∪ B  %20.3f m²\nA − B  %20.3f m²\nB − A  %20.3f m²\n",
		c.AM2, c.BM2, c.IntersectionM2, c.UnionM2, c.AMinusBM2, c.BMinusAM2)
	return refuse(err)
}

func combine(ctx context.Context, layers []orb.MultiPolygon) (combinedAreas, error) {
	const a, b = 0b01, 0b10
	m, err := geo.Overlay(ctx, layers, geo.Options{})
	if err != nil {
		return combinedAreas{}, err
	}
	return combinedAreas{m.Any(a), m.Any(b), m.All(a | b), m.Any(a | b), m.Of(a), m.Of(b)}, nil
}
