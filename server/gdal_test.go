package server_test

import (
	"context"
	"fmt"
	"math"
	"os/exec"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/internal/referee"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
)

// GDAL reads a tile over HTTP as any GIS would. What it finds of each zone and
// territory must be that shape inside the tile, to about half a
// grid unit along the boundary.
func TestGDALReadsATileAndFindsTheSameAreas(t *testing.T) {
	referee.Figures(t)
	ogr2ogr := referee.Program(t, "gdal", "ogr2ogr")
	url := served.Gaza(t, server.Options{})
	tile := maptile.New(610, 417, 10)
	for layer, shapes := range map[string]map[string]orb.MultiPolygon{
		"zones":       {"held-october-2025": served.Snapshot().Zones[0].Shape},
		"territories": shapesOf(served.Snapshot().Territories),
	} {
		cmd := exec.Command(ogr2ogr, "-f", "GeoJSON", "-t_srs", "EPSG:4326", "-lco", "COORDINATE_PRECISION=12", "-lco", "RFC7946=YES",
			"/vsistdout/", fmt.Sprintf("MVT:%s/tiles/gaza/10/610/417.mvt", url), layer)
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("ogr2ogr: %v", err)
		}
		found := map[string]orb.MultiPolygon{}
		report := &geojson.Report{}
		err = geojson.Read(t.Context(), strings.NewReader(string(out)), layer, geojson.Options{}, report, func(f geojson.Feature) error {
			id := string(f.Properties)
			id = id[strings.Index(id, `"id": "`)+7:]
			id = id[:strings.Index(id, `"`)]
			switch g := f.Geometry.(type) {
			case orb.Polygon:
				found[id] = append(found[id], g)
			case orb.MultiPolygon:
				found[id] = append(found[id], g...)
			}
			return nil
		})
		if err != nil || len(report.Faults) > 0 {
			t.Fatalf("%v %v in what GDAL read: %s", err, report.Faults, out)
		}
		// Both are compared inside the tile itself, without its buffer.
		window := tile.Bound().ToPolygon()
		for id, shape := range shapes {
			areas, err := geo.Overlay(context.Background(), []orb.MultiPolygon{shape, {window}}, geo.Options{})
			if err != nil {
				t.Fatal(err)
			}
			want := areas.All(0b11)
			var got, boundary float64
			if len(found[id]) > 0 {
				clipped, err := geo.Overlay(context.Background(), []orb.MultiPolygon{found[id], {window}}, geo.Options{})
				if err != nil {
					t.Fatal(err)
				}
				got, boundary = clipped.All(0b11), geo.Length(found[id])
			}
			const unit = 8.2 // metres, a grid unit of zoom 10 at 31.4° north
			if math.Abs(got-want) > unit*boundary/4+unit*unit {
				t.Errorf("%s: GDAL finds %.0f m² of it in the tile, not %.0f m²", id, got, want)
			}
		}
	}
}

func shapesOf(all []data.Territory) map[string]orb.MultiPolygon {
	out := map[string]orb.MultiPolygon{}
	for _, t := range all {
		out[t.ID] = t.Shape
	}
	return out
}
