package export

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/demarc-map/demarc/data"

	_ "modernc.org/sqlite" // the driver
)

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

// layer makes a table of features and fills it.
func (g *geoPackage) layer(ctx context.Context, tx *sql.Tx, t *table) error {
	kind := [4]string{"POINT", "LINESTRING", "MULTIPOLYGON", data.Mixed: "GEOMETRY"}[data.Dimension(t.name)]
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
