package foreign

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/demarc-map/demarc/geojson"

	"github.com/paulmach/orb"
)

// largestWhole is the largest number up to which every reader of JSON knows each whole one.
const largestWhole = 1 << 53

// valueOfCell is a number where it is written as one that reads back the same, nil for
// nothing, and a text else: 007 and 1.50 stay as they are.
func valueOfCell(cell string) any {
	digits := strings.TrimPrefix(cell, "-")
	switch {
	case cell == "":
		return nil
	case digits == "" || digits[0] < '0' || digits[0] > '9':
		return cell
	}
	if n, err := strconv.ParseInt(cell, 10, 64); err == nil && n < largestWhole && n > -largestWhole && strconv.FormatInt(n, 10) == cell {
		return n
	}
	if f, err := strconv.ParseFloat(cell, 64); err == nil && strings.Contains(cell, ".") && strconv.FormatFloat(f, 'f', -1, 64) == cell {
		return f
	}
	return cell
}

// plainNumber is a number with at most one point or comma.
var plainNumber = regexp.MustCompile(`^[+-]?[0-9]+([.,][0-9]+)?([eE][+-]?[0-9]+)?$`)

// number reads a coordinate. A comma is its decimal point only where columns are
// separated by something else and no other coordinate has a point.
func (c *columns) number(cell string, comma bool) (float64, error) {
	written := plainNumber.FindStringSubmatch(cell)
	if written == nil {
		return 0, fmt.Errorf("%q is no number: degrees are written as 37.5, without signs, minutes and letters", geojson.Clip(cell, 40))
	}
	if fraction := written[1]; fraction != "" {
		switch {
		case fraction[0] == ',' && !comma:
			return 0, fmt.Errorf("%q may be one number or two: write a decimal point", geojson.Clip(cell, 40))
		case c.comma != 0 && c.comma != fraction[0]:
			return 0, fmt.Errorf("%q has another decimal point than the coordinates before it", geojson.Clip(cell, 40))
		}
		c.comma = fraction[0]
	}
	return strconv.ParseFloat(strings.Replace(cell, ",", ".", 1), 64)
}

// The ways in which a cell may hold a shape.
const (
	noShape = iota
	wktShape
	wkbShape
	geojsonShape
)

var (
	beginsWKT = regexp.MustCompile(`^(?i)(SRID=[0-9]+;\s*)?(MULTI)?(POINT|LINESTRING|POLYGON|GEOMETRYCOLLECTION|CURVE|SURFACE|CIRCULARSTRING|COMPOUNDCURVE|CURVEPOLYGON|TRIANGLE|TIN|POLYHEDRALSURFACE)\s*(Z|M|ZM)?\s*(\(|EMPTY)`)
	beginsWKB = regexp.MustCompile(`^(?:\\x)?(00[0-9A-Fa-f]{6}[0-9A-Fa-f]{2}|01[0-9A-Fa-f]{2}[0-9A-Fa-f]{6})[0-9A-Fa-f]{8}`)
)

// looksLikeShape tells what a cell begins like.
func looksLikeShape(cell string) int {
	switch {
	case beginsWKT.MatchString(cell):
		return wktShape
	case beginsWKB.MatchString(cell) && len(cell)%2 == 0:
		return wkbShape
	case cell[0] == '{' && strings.Contains(cell[:min(len(cell), 1000)], `"type"`):
		return geojsonShape
	}
	return noShape
}

// shape reads a cell: nothing, WKT, WKB in hexadecimal, or a geometry of GeoJSON,
// which stays as it is written.
func (t *table) shape(cell string) (orb.Geometry, raw, error) {
	var none orb.Geometry
	if cell == "" {
		return none, nil, nil
	}
	switch looksLikeShape(cell) {
	case wktShape:
		g, err := t.readWKT(cell)
		return g, nil, err
	case wkbShape:
		g, err := t.readHex(cell)
		return g, nil, err
	case geojsonShape:
		value := raw(cell)
		if !value.IsValid() {
			return none, nil, errors.New("the GeoJSON in the cell is broken")
		}
		if typeOf(value) == "Feature" || typeOf(value) == "FeatureCollection" {
			return none, nil, errors.New("a cell holds a geometry of GeoJSON, not a feature")
		}
		return none, value, nil
	}
	return none, nil, fmt.Errorf("%q is neither WKT, WKB in hexadecimal nor GeoJSON", geojson.Clip(cell, 40))
}

// readWKT reads WKT, or EWKT of WGS 84.
func (t *table) readWKT(cell string) (orb.Geometry, error) {
	if srid, rest, ok := strings.Cut(cell, ";"); ok && len(srid) > 5 && strings.EqualFold(srid[:5], "SRID=") {
		if srid[5:] != "4326" && srid[5:] != "0" {
			return nil, t.foreignCRS(geojson.Clip(srid[5:], 20), true)
		}
		cell = rest
	}
	return parseWKT(cell)
}

// readHex reads well-known binary in hexadecimal, also as PostGIS extends it, of WGS 84.
func (t *table) readHex(cell string) (orb.Geometry, error) {
	b, err := hex.DecodeString(strings.TrimPrefix(cell, `\x`)) // as PostgreSQL writes bytes
	if err != nil {
		return nil, fmt.Errorf("WKB: %w", err)
	}
	if srid := sridOf(b); srid != 0 && srid != 4326 {
		return nil, t.foreignCRS(fmt.Sprint(srid), false)
	}
	g, err := fromWKB(b)
	if err != nil {
		return nil, fmt.Errorf("WKB: %w", err)
	}
	return rewound(g), nil
}

// sridOf is the number of the coordinate system in EWKB, 0 for none.
func sridOf(b []byte) uint32 {
	const begins, has = 9, 1 << 29
	if len(b) < begins {
		return 0
	}
	order := binary.ByteOrder(binary.BigEndian)
	if b[0] == 1 {
		order = binary.LittleEndian
	}
	if order.Uint32(b[1:])&has == 0 {
		return 0
	}
	return order.Uint32(b[5:])
}
