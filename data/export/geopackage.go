package export

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
	_ "modernc.org/sqlite" // the driver
)

// writeGeoPackage writes a GeoPackage 1.3 (OGC 12-128r17): a layer for each
// section with a spatial index and a style for QGIS, a table of the sources, and what the edition is in
// the metadata of the whole. It is made in memory, about twice the size of the file.
func writeGeoPackage(ctx context.Context, w io.Writer, s *data.Snapshot, e data.Edition) error {
	all, err := tables(s, e)
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return err
	}
	file, err := filled(ctx, db, &geoPackage{s, e, all})
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	_, err = w.Write(file)
	return err
}

// geoPackage is what goes into a file.
type geoPackage struct {
	snapshot *data.Snapshot
	edition  data.Edition
	tables   []table
}

// filled returns the bytes of a database after everything was put into it.
func filled(ctx context.Context, db *sql.DB, g *geoPackage) ([]byte, error) {
	conn, err := db.Conn(ctx) // a database in memory is one connection's
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "PRAGMA application_id = 0x47504b47; PRAGMA user_version = 10300;"); err != nil {
		return nil, err
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit; the connection cannot be closed before
	if err := g.fill(ctx, tx); err != nil {
		return nil, err
	}
	if err := tx.Commit(); err != nil {
		return nil, err
	}
	var file []byte
	err = conn.Raw(func(driver any) error {
		whole, ok := driver.(interface{ Serialize() ([]byte, error) })
		if !ok {
			return errors.New("export: the driver of SQLite does not hand out its bytes")
		}
		file, err = whole.Serialize()
		return err
	})
	return file, err
}

func (g *geoPackage) fill(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, geoPackageSchema); err != nil {
		return err
	}
	for i := range g.tables {
		if err := g.layer(ctx, tx, &g.tables[i]); err != nil {
			return fmt.Errorf("%s: %w", g.tables[i].name, err)
		}
	}
	if err := g.sources(ctx, tx); err != nil {
		return err
	}
	if err := g.styles(ctx, tx); err != nil {
		return err
	}
	return g.metadata(ctx, tx)
}

// changed stands for the moment of the last change: the edition's first day, so
// that equal editions are equal files.
func (g *geoPackage) changed() string { return g.edition.Epoch.From.String() + "T00:00:00.000Z" }

// geometryTypes are those of the sections, in their order.
var geometryTypes = map[string]string{"territories": "MULTIPOLYGON", "zones": "MULTIPOLYGON", "control_lines": "LINESTRING", "places": "POINT"}

// layer makes a table of features and fills it.
func (g *geoPackage) layer(ctx context.Context, tx *sql.Tx, t *table) error {
	kind := geometryTypes[t.name]
	definitions := []string{"fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL", "geom " + kind}
	names := []string{"geom"}
	for _, c := range t.columns {
		definitions = append(definitions, quoted(c.name)+" "+[]string{text: "TEXT", number: "DOUBLE", flag: "BOOLEAN", day: "DATE"}[c.kind])
		names = append(names, quoted(c.name))
	}
	if _, err := tx.ExecContext(ctx, "CREATE TABLE "+t.name+" ("+strings.Join(definitions, ", ")+")"); err != nil {
		return err
	}
	var box []any // unknown where there is nothing
	if len(t.items) > 0 {
		b := t.items[0].Shape.Bound()
		for _, item := range t.items[1:] {
			b = b.Union(item.Shape.Bound())
		}
		box = []any{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
	} else {
		box = make([]any, 4)
	}
	described := fmt.Sprintf("%s: %s from %s, %s", g.snapshot.Dataset.Title.In("en"), strings.ReplaceAll(t.name, "_", " "), g.edition.Epoch.From, g.edition.Basis)
	if _, err := tx.ExecContext(ctx, "INSERT INTO gpkg_contents VALUES (?, 'features', ?, ?, ?, ?, ?, ?, ?, 4326)",
		append([]any{t.name, t.name, described, g.changed()}, box...)...); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, 4326, 0, 0)", t.name, kind); err != nil {
		return err
	}
	insert, err := tx.PrepareContext(ctx, "INSERT INTO "+t.name+" ("+strings.Join(names, ", ")+") VALUES (?"+strings.Repeat(", ?", len(t.columns))+")")
	if err != nil {
		return err
	}
	defer insert.Close()
	for i, item := range t.items {
		blob, err := geometryBlob(item.Shape)
		if err != nil {
			return err
		}
		row := []any{blob}
		for _, v := range t.rows[i] {
			row = append(row, inSQL(v))
		}
		if _, err := insert.ExecContext(ctx, row...); err != nil {
			return err
		}
	}
	return index(ctx, tx, t)
}

// inSQL is a cell as the driver takes it.
func inSQL(v any) any {
	d, isDate := v.(data.Date)
	switch {
	case isDate && d == 0:
		return nil
	case isDate:
		return d.String()
	}
	return v
}

// sources makes a table of the sources that the features name.
func (g *geoPackage) sources(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `CREATE TABLE sources (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
	id TEXT, title TEXT, publisher TEXT, date TEXT, licence TEXT, url TEXT, note TEXT)`)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO gpkg_contents VALUES ('sources', 'attributes', 'sources', 'Where each feature comes from', ?, NULL, NULL, NULL, NULL, 0)",
		g.changed()); err != nil {
		return err
	}
	for _, source := range g.snapshot.Dataset.Sources {
		if _, err := tx.ExecContext(ctx, "INSERT INTO sources (id, title, publisher, date, licence, url, note) VALUES (?, ?, ?, ?, ?, ?, ?)",
			source.ID, source.Title, source.Publisher, source.Date, source.Licence, source.URL, source.Note); err != nil {
			return err
		}
	}
	return nil
}

// quoted writes a name for SQL.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// bound returns the box of a shape as the formats of GeoPackage order it: west,
// east, south, north.
func bound(shape orb.Geometry) [4]float64 {
	b := shape.Bound()
	return [4]float64{b.Min[0], b.Max[0], b.Min[1], b.Max[1]}
}
