package foreign

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/demarc-map/demarc/geojson"

	"github.com/paulmach/orb"
)

// geoPackageTable is a layer of a GeoPackage.
type geoPackageTable struct {
	name, title string
	geometry    string // the column that holds it
	srs         int64
	isTable     bool // views are listed and not read
}

// geoPackageFeatures reads the rows of a layer, those with the lowest number first.
func (in *input) geoPackageFeatures(ctx context.Context, db *sqlite, t geoPackageTable) (iter.Seq2[Feature, error], error) {
	columns, err := db.columns(ctx, t.name)
	if err != nil {
		return nil, err
	}
	names, key, shape := []string{}, -1, -1
	for _, c := range columns {
		if strings.EqualFold(c.name, t.geometry) {
			shape = len(names)
		}
		if c.key && strings.EqualFold(c.kind, "INTEGER") {
			key = len(names)
		}
		names = append(names, c.name)
	}
	if shape < 0 {
		return nil, in.fault("layer", t.name, fmt.Sprintf("the table has no column %q, which is said to hold its geometries", t.geometry))
	}
	return func(yield func(Feature, error) bool) {
		binary := map[string]int{} // values that are left out
		at := 0
		for row, err := range db.rows(ctx, t.name, names...) {
			if err != nil {
				yield(Feature{}, in.broken(err))
				return
			}
			f := Feature{ID: fmt.Sprint(at)}
			if key >= 0 && row[key] != nil {
				f.ID = words(row[key])
			}
			at++
			for i, v := range row {
				if _, isBlob := v.([]byte); isBlob && i != shape {
					binary[columns[i].name]++
				} else if i != shape {
					f.Properties = append(f.Properties, Property{columns[i].name, columns[i].value(v)})
				}
			}
			if f.Geometry, err = geoPackageGeometry(row[shape]); err != nil {
				yield(Feature{}, in.inFeature(f.ID, err))
				return
			}
			if !yield(f, nil) {
				return
			}
		}
		for _, c := range columns {
			if binary[c.name] > 0 {
				in.note("left out: %d binary values of %q", binary[c.name], c.name)
			}
		}
	}, nil
}

// inFeature is the error of a feature that cannot be read: its fault, unless the reader was
// told to end.
func (in *input) inFeature(id string, err error) error {
	err = in.broken(err)
	var bad geojson.Fault
	if !errors.As(err, &bad) {
		return err
	}
	bad.Feature = id
	if bad.Rule == "unreadable" || bad.Rule == "curves" {
		bad.Place = "geometry"
	}
	return bad
}

// geoPackageGeometry takes a geometry out of its envelope (clause 2.1.3); nil for one that
// is empty.
func geoPackageGeometry(v any) (orb.Geometry, error) {
	if v == nil {
		return nil, nil
	}
	blob, ok := v.([]byte)
	if !ok || len(blob) < 8 || blob[0] != 'G' || blob[1] != 'P' {
		return nil, errors.New("it is no geometry of a GeoPackage, which begins with GP")
	}
	const extended, empty = 1 << 5, 1 << 4
	flags := blob[3]
	if flags&extended != 0 {
		return nil, errors.New("it is a geometry of an extension of GeoPackage, and those of the standard itself are read")
	}
	box, known := map[byte]int{0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[flags>>1&7]
	if !known || len(blob) < 8+box {
		return nil, errors.New("its box is broken")
	}
	if flags&empty != 0 {
		return nil, nil
	}
	g, err := fromWKB(blob[8+box:])
	return rewound(g), err
}

// value is how JSON writes a value of a column.
func (c sqlColumn) value(v any) any {
	switch v := v.(type) {
	case int64:
		if strings.EqualFold(c.kind, "BOOLEAN") && (v == 0 || v == 1) {
			return v == 1
		}
	case []byte:
		return nil
	}
	return v
}
