package foreign

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/geojson"
)

// delimiters are those that columns may be separated by.
const delimiters = ",;\t|"

// delimiterOf tells by the header what the columns are separated by: by that which makes
// the most of them. A tab also stands for one column alone.
func delimiterOf(head []byte) (rune, []string, error) {
	if line, said, ok := separatorLine(head); ok {
		r := csv.NewReader(bytes.NewReader(head[len(line):]))
		r.Comma = said
		header, err := r.Read()
		if err != nil {
			return 0, nil, errors.New("there is no header after the line sep=")
		}
		return said, trimmed(header), nil
	}
	var best rune
	var header []string
	tied := false
	for _, d := range delimiters {
		r := csv.NewReader(bytes.NewReader(head))
		r.Comma = d
		cells, err := r.Read()
		if err != nil || len(cells) < 2 {
			continue
		}
		if tied = len(cells) == len(header); len(cells) > len(header) {
			best, header = d, cells
		}
	}
	switch {
	case tied:
		return 0, header, fmt.Errorf("the columns may be separated in two ways, of which none makes more columns: %q", geojson.Clip(strings.Join(header, string(best)), 100))
	case best != 0:
		return best, trimmed(header), nil
	}
	r := csv.NewReader(bytes.NewReader(head))
	r.Comma = '\t'
	cells, err := r.Read()
	if err != nil {
		return 0, nil, errors.New("there is no header")
	}
	return '\t', trimmed(cells), nil
}

// separatorLine is the line by which spreadsheets say what separates the columns, as in sep=;
// with its end.
func separatorLine(head []byte) (line []byte, separator rune, ok bool) {
	line, _, ended := bytes.Cut(head, []byte("\n"))
	said, begins := bytes.CutPrefix(bytes.ToLower(bytes.Trim(line, "\"\r")), []byte("sep="))
	if !ended || !begins || len(said) != 1 || !strings.ContainsRune(delimiters, rune(said[0])) {
		return nil, 0, false
	}
	return head[:len(line)+1], rune(said[0]), true
}

func trimmed(header []string) []string {
	for i := range header {
		header[i] = strings.TrimSpace(header[i])
	}
	return header
}

// columns are those that shapes come from: one of shapes, or two of points.
type columns struct {
	wkt, lon, lat int  // -1 for none
	comma         byte // the decimal point met, 0 for none yet
}

func (c *columns) has(i int) bool { return i == c.wkt || i == c.lon || i == c.lat }

// said is what was chosen.
func (c *columns) said(header []string) string {
	if c.wkt >= 0 {
		return fmt.Sprintf("the shapes are those of the column %q", header[c.wkt])
	}
	return fmt.Sprintf("the columns %q and %q are taken to be longitude and latitude, and make points", header[c.lon], header[c.lat])
}

// isShapeName reports whether a column is named as programs name shapes.
func isShapeName(name string) bool {
	return slices.Contains([]string{"wkt", "ewkt", "wkb", "geom", "geometry", "the_geom", "wkb_geometry", "shape", "way", "geojson", "wkt_geom", "_wkt"}, strings.ToLower(strings.TrimSpace(name)))
}

// Names of columns with one coordinate, those that leave less doubt first.
var (
	lonNames = [][]string{{"lon", "lng", "long", "longitude"}, {"x"}}
	latNames = [][]string{{"lat", "latitude"}, {"y"}}
)

// choose finds the columns of shapes by what the first rows hold, and by their names
// where several do; else those of two coordinates by their names.
func (t *table) choose() (columns, error) {
	for i := range t.header {
		t.header[i] = strings.TrimSpace(t.header[i])
	}
	none := columns{wkt: -1, lon: -1, lat: -1}
	var found, named []int
	for i, name := range t.header {
		if !t.holdsShapes(i) {
			continue
		}
		found = append(found, i)
		if isShapeName(name) {
			named = append(named, i)
		}
	}
	if len(found) > 1 && len(named) == 1 {
		found = named
	}
	switch {
	case len(found) == 1:
		none.wkt = found[0]
		return none, nil
	case len(found) > 1:
		return none, t.in.fault("several-shapes", "row 1", fmt.Sprintf("the columns %q and %q both hold shapes: take one of them out, or name one alone geometry", t.header[found[0]], t.header[found[1]]))
	}
	for i, names := range lonNames {
		lon, lat := t.named(names), t.named(latNames[i])
		switch {
		case len(lon) == 1 && len(lat) == 1:
			none.lon, none.lat = lon[0], lat[0]
			return none, nil
		case len(lon) > 1 || len(lat) > 1:
			both := append(lon, lat...)
			return none, t.in.fault("several-shapes", "row 1", fmt.Sprintf("more than one pair of coordinates: columns %s and %s; rename those that are not meant", letters(both[0]), letters(both[1])))
		}
	}
	if slices.ContainsFunc(t.header, func(name string) bool { return beginsWKT.MatchString(name) }) {
		return none, t.in.fault("no-shapes", "row 1", "the first row holds a shape, and has to name the columns: write a line above it, with wkt for that of shapes")
	}
	return none, t.in.fault("no-shapes", "row 1", fmt.Sprintf("no column holds shapes (WKT, EWKT, WKB in hexadecimal or GeoJSON), and none are named lon and lat, so name them so; the columns are %s", geojson.Clip(fmt.Sprintf("%q", t.header), 200)))
}

// named are the columns with one of these names.
func (t *table) named(names []string) []int {
	var found []int
	for i, name := range t.header {
		if slices.Contains(names, strings.ToLower(name)) {
			found = append(found, i)
		}
	}
	return found
}

// holdsShapes reports whether a column begins like a shape in every sampled row that has one.
func (t *table) holdsShapes(column int) bool {
	some := false
	for _, row := range t.sample {
		cell := strings.TrimSpace(row.cells[column])
		if cell == "" {
			continue
		}
		if looksLikeShape(cell) == 0 {
			return false
		}
		some = true
	}
	return some || isShapeName(t.header[column]) && len(t.sample) == 0
}

// letters names a column as spreadsheets do: A, B, …, Z, AA.
func letters(column int) string {
	name := ""
	for column++; column > 0; column = (column - 1) / 26 {
		name = string(rune('A'+(column-1)%26)) + name
	}
	return name
}
