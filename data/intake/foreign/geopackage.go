package foreign

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// sqliteMagic begins every file of SQLite 3.
const sqliteMagic = "SQLite format 3\x00"

func isSQLite(head []byte) bool { return bytes.HasPrefix(head, []byte(sqliteMagic)) }

// openGeoPackage opens a layer of a GeoPackage (OGC 12-128r17). The only statements that
// run are reads of tables: no view, no trigger and no column that is computed.
func openGeoPackage(ctx context.Context, in *input) (*Source, error) {
	db, err := in.openSQLite(ctx)
	if err != nil {
		return nil, in.broken(err)
	}
	s, err := in.geoPackage(ctx, db)
	if err != nil {
		return nil, errors.Join(in.broken(err), db.close())
	}
	s.release = db.close
	return s, nil
}

func (in *input) geoPackage(ctx context.Context, db *sqlite) (*Source, error) {
	tables, err := in.geoPackageTables(ctx, db)
	if err != nil {
		return nil, err
	}
	layers := make([]Layer, len(tables))
	for i, t := range tables {
		layers[i] = Layer{Name: t.name, Features: -1}
		if t.isTable {
			if layers[i].Features, err = db.count(ctx, t.name); err != nil {
				return nil, err
			}
		}
	}
	own, err := db.isOwn(ctx)
	if err != nil {
		return nil, err
	}
	if own && in.Layer == "" {
		in.note("it is an export of demarc, whose %s are read of the layers %s", in.Own, listLayers(layers))
		layers = slices.DeleteFunc(layers, func(l Layer) bool { return l.Name != in.Own })
		tables = slices.DeleteFunc(tables, func(t geoPackageTable) bool { return t.name != in.Own })
	}
	if len(layers) == 0 {
		return nil, in.fault("empty", "", "the GeoPackage has no layer with shapes, but tables alone: write out the one that has them, or join them to the shapes in a GIS")
	}
	at, err := in.chooseLayer(layers)
	if err != nil {
		return nil, err
	}
	t := tables[at]
	if !t.isTable {
		return nil, in.fault("layer", t.name, "it is no table but a view, which computes what it holds: "+in.wayOut(""))
	}
	if err := in.geoPackageCRS(ctx, db, t); err != nil {
		return nil, err
	}
	features, err := in.geoPackageFeatures(ctx, db, t)
	if err != nil {
		return nil, err
	}
	return &Source{Layers: layers, features: features, Own: own}, nil
}

// geoPackageTables lists the layers of features, by name.
func (in *input) geoPackageTables(ctx context.Context, db *sqlite) ([]geoPackageTable, error) {
	if !db.isTable("gpkg_contents") || !db.isTable("gpkg_geometry_columns") {
		return nil, in.fault("unknown-format", "", "it is a database of SQLite and no GeoPackage, which has a table gpkg_contents: "+in.wayOut(""))
	}
	columns := map[string]geoPackageTable{}
	for row, err := range db.rows(ctx, "gpkg_geometry_columns", "table_name", "column_name", "srs_id") {
		if err != nil {
			return nil, err
		}
		srs, _ := row[2].(int64)
		name := strings.ToLower(words(row[0]))
		columns[name] = geoPackageTable{geometry: words(row[1]), srs: srs, isTable: db.isTable(name)}
	}
	var tables []geoPackageTable
	for row, err := range db.rows(ctx, "gpkg_contents", "table_name", "data_type", "identifier") {
		if err != nil {
			return nil, err
		}
		t, has := columns[strings.ToLower(words(row[0]))]
		if words(row[1]) != "features" || !has {
			continue
		}
		t.name, t.title = words(row[0]), words(row[2])
		tables = append(tables, t)
	}
	slices.SortFunc(tables, func(a, b geoPackageTable) int { return cmp.Compare(a.name, b.name) })
	return tables, nil
}

// geoPackageCRS refuses a layer in another coordinate system. One that says that it is
// undefined is taken for degrees, which is noted; where it is not, its numbers are out of range.
func (in *input) geoPackageCRS(ctx context.Context, db *sqlite, t geoPackageTable) error {
	if t.srs == 0 || t.srs == -1 {
		in.note("layer %q names no coordinate system: its numbers are taken for longitude and latitude on WGS 84", t.name)
		return nil
	}
	if !db.isTable("gpkg_spatial_ref_sys") {
		return in.fault("foreign-crs", t.name, "the file has no table gpkg_spatial_ref_sys, which says what its coordinates are")
	}
	for row, err := range db.rows(ctx, "gpkg_spatial_ref_sys", "srs_id", "organization", "organization_coordsys_id", "definition", "srs_name") {
		if err != nil {
			return err
		}
		if id, _ := row[0].(int64); id != t.srs {
			continue
		}
		code := strings.ToUpper(words(row[1])) + ":" + words(row[2])
		if code == "OGC:84" || code == "OGC:CRS84" {
			return nil
		}
		if _, is := coordinateSystem(code); is {
			return nil
		}
		if _, is := coordinateSystem(words(row[3])); is {
			return nil
		}
		return in.foreignCRS(code + ", " + words(row[4]))
	}
	return in.fault("foreign-crs", t.name, fmt.Sprintf("the layer's coordinate system has the number %d, which gpkg_spatial_ref_sys does not have", t.srs))
}

// isOwn reports whether the metadata of a GeoPackage are those of an export of demarc.
func (s *sqlite) isOwn(ctx context.Context) (bool, error) {
	if !s.isTable("gpkg_metadata") {
		return false, nil
	}
	for row, err := range s.rows(ctx, "gpkg_metadata", "metadata") {
		if err != nil {
			return false, err
		}
		if text := words(row[0]); strings.Contains(text, `<MDI key="dataset">`) && strings.Contains(text, `<MDI key="snapshot">sha256:`) {
			return true, nil
		}
	}
	return false, nil
}
