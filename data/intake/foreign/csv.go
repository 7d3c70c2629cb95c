package foreign

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/geojson"

	"github.com/paulmach/orb"
)

// isCSV reports whether a text begins with a line of several columns, or of one that
// has a name of shapes. It may be in any encoding, so that the fault can say which is
// read.
func isCSV(head []byte) bool {
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
			return false
		}
	}
	_, header, err := delimiterOf(head)
	return !strings.ContainsRune("{[<", firstRune(head)) && (len(header) > 1 || err == nil && isShapeName(header[0]))
}

func firstRune(head []byte) rune {
	for _, r := range strings.TrimSpace(string(head[:min(len(head), 100)])) {
		return r
	}
	return '{'
}

// table is a file of rows in columns.
type table struct {
	in        *input
	records   *csv.Reader
	header    []string
	sample    []tableRow // read ahead, to choose columns by
	line, row int        // of what was read last
	before    int        // lines before those that records counts
	shapes    columns
	left      bool // a column without a name was left out
}

// tableRow is one row. Rows count as in a spreadsheet: the header is row 1.
type tableRow struct {
	cells []string
	row   int
}

// sampled is how many rows columns are chosen by.
const sampled = 200

// openCSV reads the header and the first rows, and chooses the columns of shapes.
func openCSV(ctx context.Context, in *input) (*Source, error) {
	delimiter, _, err := delimiterOf(in.head)
	if err != nil {
		return nil, in.fault("delimiter", "row 1", err.Error())
	}
	text := bufio.NewReader(in.text(ctx))
	t := &table{in: in, records: csv.NewReader(text)}
	t.records.Comma = delimiter
	if line, _, ok := separatorLine(in.head); ok {
		if _, err := text.Discard(len(line)); err != nil {
			return nil, err
		}
		t.row, t.before = 1, 1
		in.note("the first line says what separates the columns (sep=), and is no row")
	}
	first, err := t.read()
	if err != nil {
		return nil, err
	}
	t.header = first.cells
	for i, name := range t.header {
		if first := slices.Index(t.header, name); first < i && name != "" {
			return nil, in.fault("duplicate-column", "row 1", fmt.Sprintf("columns %s and %s are both named %q: give them different names", letters(first), letters(i), geojson.Clip(name, 60)))
		}
	}
	for len(t.sample) < sampled {
		row, err := t.read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		t.sample = append(t.sample, row)
	}
	if t.shapes, err = t.choose(); err != nil {
		return nil, err
	}
	if len(t.header) > 1 {
		in.note("the columns are separated by %s", map[rune]string{',': "','", ';': "';'", '\t': "tabs", '|': "'|'"}[delimiter])
	}
	in.note("%s", t.shapes.said(t.header))
	return &Source{Format: map[bool]string{true: "TSV", false: "CSV"}[delimiter == '\t' && len(t.header) > 1], features: t.features, byHand: t.command(fromUnknown), exchanged: exchanged(t.command)}, nil
}

// command is that of GDAL with the columns that shapes are in.
func (t *table) command(flags string) string {
	named := func(option string, column int) string {
		return "-oo " + argument(option+"="+t.header[column]) + " "
	}
	if t.shapes.wkt >= 0 {
		return t.in.command(named("GEOM_POSSIBLE_NAMES", t.shapes.wkt) + flags)
	}
	return t.in.command(named("X_POSSIBLE_NAMES", t.shapes.lon) + named("Y_POSSIBLE_NAMES", t.shapes.lat) + flags)
}

// foreignCRS is the fault of a cell in the coordinate system of a number of EPSG. GDAL knows
// such a number in well-known binary, and not before well-known text.
func (t *table) foreignCRS(number string, text bool) geojson.Fault {
	command := t.command("-s_srs EPSG:" + argument(number) + " -t_srs OGC:CRS84")
	if text {
		name := argument(t.in.packed(t.in.Name))
		command = "sed " + argument("s/SRID="+number+"; *//") + " " + argument(t.in.Name) + " | " + strings.TrimSuffix(command, name) + "CSV:/vsistdin/"
	}
	if len(t.in.wrapped) > 0 && text {
		command = "unpack it to UTF-8, and " + command
	}
	return t.in.fault("foreign-crs", "", fmt.Sprintf("its coordinates are in EPSG:%s, and longitude and latitude on WGS 84 are wanted: %s", number, command))
}

// read is the next row, io.EOF after the last.
func (t *table) read() (tableRow, error) {
	cells, err := t.records.Read()
	if bad := (*csv.ParseError)(nil); errors.As(err, &bad) {
		row := t.row + 1 + max(bad.StartLine-t.line-1, 0)
		if errors.Is(bad.Err, csv.ErrFieldCount) {
			return tableRow{}, t.in.fault("csv", place(row, t.before+bad.StartLine, ""), fmt.Sprintf("it has %d cells, and the header %d", len(cells), len(t.header)))
		}
		detail := fmt.Sprintf("character %d: %v", bad.Column, bad.Err)
		switch {
		case errors.Is(bad.Err, csv.ErrQuote):
			detail += ": a quoted cell does not end, as where the file was cut off, so get it again; a quote within it is written twice"
		case errors.Is(bad.Err, csv.ErrBareQuote):
			detail += ": put the whole cell in quotes, and write each quote within it twice"
		}
		return tableRow{}, t.in.fault("csv", place(row, t.before+bad.Line, ""), detail)
	}
	if err != nil {
		return tableRow{}, err
	}
	line, _ := t.records.FieldPos(0)
	t.row += line - t.line // lines with nothing are rows of a spreadsheet
	last, _ := t.records.FieldPos(len(cells) - 1)
	t.line = last + strings.Count(cells[len(cells)-1], "\n")
	return tableRow{cells, t.row}, nil
}

// features reads the rows.
func (t *table) features(yield func(Feature, error) bool) {
	for i := 0; ; i++ {
		var row tableRow
		var err error
		if i < len(t.sample) {
			row, t.sample[i] = t.sample[i], tableRow{}
		} else if row, err = t.read(); err == io.EOF {
			break
		}
		var f Feature
		if err == nil {
			f, err = t.feature(row)
		}
		if !yield(f, err) || err != nil {
			return
		}
	}
	if t.left {
		t.in.note("a column without a name is left out")
	}
	if t.shapes.comma == ',' {
		t.in.note("a comma in %q and %q is taken for the decimal point", t.header[t.shapes.lon], t.header[t.shapes.lat])
	}
}

// feature makes a feature of a row.
func (t *table) feature(row tableRow) (Feature, error) {
	f := Feature{ID: fmt.Sprintf("row %d", row.row)}
	var err error
	if t.shapes.wkt >= 0 {
		cell := strings.TrimSpace(row.cells[t.shapes.wkt])
		f.Geometry, f.written, err = t.shape(cell)
	} else {
		f.Geometry, err = t.point(row)
	}
	if err != nil {
		return f, t.fault(row, err)
	}
	for i, cell := range row.cells {
		switch {
		case t.shapes.has(i):
		case t.header[i] == "":
			t.left = t.left || cell != ""
		default:
			f.Properties = append(f.Properties, Property{t.header[i], valueOfCell(cell)})
		}
	}
	return f, nil
}

// fault says in which row and column something is wrong.
func (t *table) fault(row tableRow, err error) error {
	var bad geojson.Fault
	if errors.Is(err, errCurves) {
		bad = t.in.fault("curves", "", curved(err, t.command(toStraight)))
	} else if !errors.As(err, &bad) {
		bad = t.in.fault("csv", "", err.Error())
	}
	if bad.Place == "" {
		bad.Place = t.header[max(t.shapes.wkt, 0)]
	}
	bad.Place = place(row.row, 0, bad.Place)
	return bad
}

// place names a row, the line it is on where that is known, and a column.
func place(row, line int, column string) string {
	at := fmt.Sprintf("row %d", row)
	if line > 0 && line != row {
		at += fmt.Sprintf(" (line %d)", line)
	}
	if column != "" {
		at += fmt.Sprintf(", column %q", geojson.Clip(column, 60))
	}
	return at
}

// point makes a point of the two columns of a row, nil where both are empty.
func (t *table) point(row tableRow) (orb.Geometry, error) {
	var p orb.Point
	empty := 0
	var none orb.Geometry
	for i, column := range []int{t.shapes.lon, t.shapes.lat} {
		cell := strings.TrimSpace(row.cells[column])
		if cell == "" {
			empty++
			continue
		}
		v, err := t.shapes.number(cell, t.records.Comma != ',')
		most := []float64{180, 90}[i]
		bad := t.in.fault("csv", t.header[column], "")
		switch {
		case err != nil:
			bad.Detail = err.Error()
			return none, bad
		case v < -most || v > most:
			bad.Rule, bad.Detail = "range", fmt.Sprintf("%s is beyond ±%v, so these are no degrees, or longitude and latitude are exchanged: rename the columns lon and lat, or transform another coordinate system: %s",
				geojson.Clip(cell, 40), most, t.command(fromUnknown))
			return none, bad
		}
		p[i] = v
	}
	switch empty {
	case 0:
		return p, nil
	case 1:
		return none, t.in.fault("csv", t.header[t.shapes.lon], "only one of the two coordinates is there")
	}
	return none, nil
}
