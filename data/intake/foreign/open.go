package foreign

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/demarc-map/demarc/geojson"
)

// format is one kind of file that can be read.
type format struct {
	name string
	is   func(head []byte) bool
	open func(ctx context.Context, in *input) (*Source, error)
}

// formats are those that can be read; the first that a file is takes it.
var formats = []format{
	{"GeoPackage", isSQLite, openGeoPackage},
	{"FlatGeobuf", isFlatGeobuf, openFlatGeobuf},
	{"Shapefile", isShapefile, openShapefile},
	{"KML", isKML, openKML},
	{"TopoJSON", isTopoJSON, openTopoJSON},
	{"Esri JSON", isEsri, openEsri},
	{"GeoJSON", isCollection, openGeoJSON},
	{"GeoJSON text sequence", isSequence, openSequence},
	{"CSV", isCSV, openCSV}, // whatever is text in columns, so it comes last
}

// Open begins to read a file of any format. What is wrong with the file is a
// geojson.Fault.
func Open(ctx context.Context, file File, options Options) (*Source, error) {
	options.Limit, options.Own = cmp.Or(options.Limit, 1<<30), cmp.Or(options.Own, OwnZones)
	in, err := unwrap(file, options)
	if err != nil {
		return nil, err
	}
	own := isOwn(in.head) // which a reader goes beyond
	s, err := in.source(ctx)
	if err != nil {
		s, err = in.byGDAL(ctx, in.pathIn(file.Path), err)
	}
	if err != nil {
		return nil, errors.Join(err, in.opened.Close())
	}
	s.Own = s.Own || own
	if err := s.ownOnly(in); err != nil {
		return nil, errors.Join(err, in.opened.Close())
	}
	s.Wrapped, s.opened, in.made = in.wrapped, in.opened, s
	s.Notes = append(in.notes, s.Notes...)
	s.exchanged = cmp.Or(s.exchanged, exchanged(in.command))
	s.byHand = cmp.Or(s.byHand, in.command(fromUnknown))
	if s.Layers == nil {
		s.Layers = in.layers
	}
	return s, nil
}

// source opens what the file is by its first bytes.
func (in *input) source(ctx context.Context) (*Source, error) {
	if in.Run != nil { // before it is read, as GDAL wants it
		if crs := crsOfJSON(in.head); crs != "" {
			return nil, in.foreignCRS(crs)
		}
	}
	if isOwnTable(in.head) {
		return nil, in.fault("no-shapes", "", "it is the CSV of demarc, which has no shapes: import the export of the same day as geojson, gpkg, kml, zones.fgb or zones.wkt.csv")
	}
	if err := in.noMap(); err != nil {
		return nil, err
	}
	if f := formatOf(in.head); f != nil {
		s, err := f.open(ctx, in)
		if s != nil {
			s.Format = cmp.Or(s.Format, f.name)
		}
		return s, err
	}
	if len(in.head) < headSize {
		if _, err := io.Copy(io.Discard, in.body); err != nil {
			return nil, in.unreadable(err) // it may have had more to be told by
		}
	}
	if len(in.head) < headSize && len(bytes.TrimSpace(in.head)) == 0 {
		return nil, in.fault("empty", "", "the file holds nothing")
	}
	return nil, in.fault("unknown-format", "", fmt.Sprintf("it begins with %q, and is none of the formats that are read: %s; GDAL reads many more: %s", geojson.Clip(string(in.head), 40), known(), in.wayOut("")))
}

// formatOf tells a format by the first bytes of a file, nil for none.
func formatOf(head []byte) *format {
	for i := range formats {
		if formats[i].is(head) {
			return &formats[i]
		}
	}
	return nil
}

// known lists the formats for a person.
func known() string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return strings.Join(names, ", ")
}
