package foreign

import (
	"context"
	"errors"
	"io"
	"iter"
	"strings"

	"github.com/demarc-map/demarc/geojson"
)

// File is one file of another program.
type File struct {
	Name string // as people know it, with the extension
	Open func() (io.ReadCloser, error)
	// Beside opens the file of the same name with another extension, such as "dbf".
	// It is nil where a file comes alone.
	Beside func(extension string) (io.ReadCloser, error)
	Path   string // where it is on disk, for other programs to read; "" for one in memory
	// Run runs a program of GDAL, ogrinfo or ogr2ogr, and hands out what it prints, up to
	// an error of one that failed. It is nil where the user did not ask for GDAL.
	Run func(ctx context.Context, program string, arguments ...string) (io.ReadCloser, error)
}

// Options say how a file is read. The zero value works.
type Options struct {
	Layer     string // the one to read of a file with several
	Own       string // the one to read of an export of demarc, OwnZones when ""
	Limit     int64  // bytes that a file may unpack to, 1 GiB when 0
	Encoding  string // of texts in a file that does not say it, such as "windows-1251"
	Truncated bool   // read what a server says is not all of its answer, and note that
}

// Source is a foreign file that is being read.
type Source struct {
	Format  string   // as people call it: "GeoJSON", "KML"
	Wrapped []string // what it came in, from the outside: "zip", "gzip", "UTF-16"
	Layers  []Layer  // those it has, none where the format knows none
	Notes   []string // what was chosen and what is left out, a sentence each; all of them once the text is read
	// DateFields are the properties that the file declares to be days or times. Those
	// of Esri are numbers: milliseconds since 1970.
	DateFields []string

	Own bool // it is an export of demarc: its zones are read, and have our properties

	text      io.Reader                 // of a file that is a GeoJSON text already
	features  iter.Seq2[Feature, error] // of any other
	exchanged string                    // that which puts longitude first
	byHand    string                    // the command of GDAL for numbers that are no degrees
	release   func() error              // gives back what the reader took beside the file, nil for nothing
	opened    io.Closer                 // the file
}

// Layer is one layer of a file.
type Layer struct {
	Name     string
	Features int  // -1 where that is not known before it is read
	Read     bool // this one is read
}

// Text is the file as one GeoJSON text, a FeatureCollection of the layer that is
// read. An error of the text that is a geojson.Fault says what is wrong with the
// file. It may be read once.
func (s *Source) Text() io.Reader {
	if s.text == nil {
		s.text = newText(s.features)
	}
	return s.text
}

// Explain adds to the first fault of numbers that are no degrees what they may be, and
// the command that makes degrees of them, longitude first.
func (s *Source) Explain(faults []geojson.Fault) {
	for i := range faults {
		f := &faults[i]
		if f.Rule != "range" {
			continue
		}
		switch {
		case strings.Contains(f.Detail, s.byHand):
		case strings.Contains(f.Detail, "the order is"): // both would be longitudes
			f.Detail += "; where latitude comes first, " + s.exchanged
		default:
			f.Detail += "; if these are metres of a map projection, say which with " + s.byHand
		}
		return
	}
}

// Close ends the reading.
func (s *Source) Close() error {
	if t, ok := s.text.(*text); ok {
		t.stop()
	}
	var err error
	if s.release != nil {
		err = s.release()
	}
	return errors.Join(err, s.opened.Close())
}
