package foreign

import (
	"errors"
	"io"
	"iter"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// File is one file of another program.
type File struct {
	Name string // as people know it, with the extension
	Open func() (io.ReadCloser, error)
	// Beside opens the file of the same name with another extension, such as "dbf".
	// It is nil where a file comes alone.
	Beside func(extension string) (io.ReadCloser, error)
	Path   string // where it is on disk, for other programs to read; "" for one in memory
}

// Options say how a file is read. The zero value works.
type Options struct {
	Layer string // the one to read of a file with several
	Limit int64  // bytes that a file may unpack to, 1 GiB when 0
}

// Source is a foreign file that is being read.
type Source struct {
	Format  string   // as people call it: "GeoJSON", "KML"
	Wrapped []string // what it came in, from the outside: "zip", "gzip", "UTF-16"
	Layers  []Layer  // those it has, none where the format knows none
	Notes   []string // what was chosen and what is left out, a sentence each; all of them once the text is read

	text     io.Reader                 // of a file that is a GeoJSON text already
	features iter.Seq2[Feature, error] // of any other
	release  func() error              // gives back what the reader took beside the file, nil for nothing
	in       *input
}

// Layer is one layer of a file.
type Layer struct {
	Name     string
	Features int  // -1 where that is not known before it is read
	Read     bool // this one is read
}

// Feature is one feature of a foreign file. Its geometry is as the format gives it,
// in longitude and latitude, with shells and holes told apart: closing, winding and
// validity are package geojson's.
type Feature struct {
	ID         string // "" when it has none
	Properties []Property
	Geometry   orb.Geometry // nil when it has none
}

// Property is one property of a feature: nil, a bool, a float64, an int64, a string
// or, of what is nested, a jsontext.Value.
type Property struct {
	Name  string
	Value any
}

// raw is a property's value that is JSON already.
type raw = jsontext.Value

// Text is the file as one GeoJSON text, a FeatureCollection of the layer that is
// read. An error of the text that is a geojson.Fault says what is wrong with the
// file. It may be read once.
func (s *Source) Text() io.Reader {
	if s.text == nil {
		s.text = newText(s.features)
	}
	return s.text
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
	return errors.Join(err, s.in.opened.Close())
}
