package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/demarc-map/demarc/geojson"

	"github.com/paulmach/orb"
)

// readFeatures reads a GeoJSON file, or standard input for "-". Repairs and
// faults go to the log; any fault is a refusal.
func readFeatures(ctx context.Context, std streams, file string, each func(geojson.Feature) error) error {
	in := io.Reader(std.in)
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return refuse(err)
		}
		defer f.Close()
		in = f
	}
	report := &geojson.Report{}
	if err := geojson.Read(ctx, in, file, geojson.Options{}, report, each); err != nil {
		return refuse(err)
	}
	for _, r := range report.Repairs {
		fmt.Fprintln(std.log, r)
	}
	return refuse(report.Err())
}

// readPolygons reads all polygons of a GeoJSON file.
func readPolygons(ctx context.Context, std streams, file string) (orb.MultiPolygon, error) {
	var out orb.MultiPolygon
	err := readFeatures(ctx, std, file, func(f geojson.Feature) error {
		out = append(out, polygons(f.Geometry)...)
		return nil
	})
	return out, err
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

// readLine reads the only LineString of a GeoJSON file.
func readLine(ctx context.Context, std streams, file string) (orb.LineString, error) {
	var lines []orb.LineString
	err := readFeatures(ctx, std, file, func(f geojson.Feature) error {
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
