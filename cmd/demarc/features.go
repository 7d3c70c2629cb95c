package main

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/demarc-map/demarc/data/intake"
	"github.com/demarc-map/demarc/data/intake/foreign"
	"github.com/demarc-map/demarc/geojson"

	"github.com/paulmach/orb"
	"github.com/spf13/pflag"
)

// featureOptions say how a file of features is read.
type featureOptions struct {
	layer    string
	withGDAL bool // read by GDAL
	clean    bool // repair rings that contradict each other, as import does, instead of refusing them
}

func (o *featureOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.layer, "layer", "", "layer to read of a file with several")
}

// read reads the features of a file of any format, or of standard input for "-", one
// after another, in memory that does not grow with the file. Repairs go to the log at
// the end, by their kinds; any fault is a refusal.
func (o featureOptions) read(ctx context.Context, std streams, file string, each func(geojson.Feature) error) error {
	given := givenFile(std, file)
	if o.withGDAL {
		given.Run = runGDAL
	}
	source, err := foreign.Open(ctx, given, foreign.Options{Layer: o.layer, Own: o.layer})
	if err != nil {
		return refuse(err)
	}
	counts := newTally()
	err = geojson.Read(ctx, counts.reading(source.Text()), file, geojson.Options{Clean: o.clean}, &counts.report, each)
	if err = errors.Join(err, source.Close()); err != nil {
		return refuse(err)
	}
	counts.take()
	say(std.log, lines("repaired", counts.repairs, counts.total, ""))
	if len(counts.faults) > 0 {
		return refuse(errors.New(strings.Join(lines("refused", counts.faults, counts.faulty, ""), "\n")))
	}
	return nil
}

// givenFile is a file on disk, or standard input for "-".
func givenFile(std streams, name string) intake.File {
	if name == "-" {
		return intake.File{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(std.in), nil }}
	}
	return foreignFile(name)
}

// readPolygons reads all polygons of a file.
func (o featureOptions) readPolygons(ctx context.Context, std streams, file string) (orb.MultiPolygon, error) {
	var out orb.MultiPolygon
	err := o.read(ctx, std, file, func(f geojson.Feature) error {
		of := polygons(f.Geometry)
		out = append(out, of...)
		return cutAtAntimeridian(file, f, of)
	})
	return out, err
}

// cutAtAntimeridian refuses polygons with an edge that may run across the
// antimeridian, as import does.
func cutAtAntimeridian(file string, f geojson.Feature, of orb.MultiPolygon) error {
	if place, detail, uncut := geojson.Uncut(of, true); uncut {
		return geojson.Fault{File: file, Feature: f.Label(), Rule: "long-edge", Place: place, Detail: detail}
	}
	return nil
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
