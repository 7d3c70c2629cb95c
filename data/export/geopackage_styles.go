package export

import (
	"context"
	"database/sql"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/style"
)

// styles makes the table in which QGIS looks for the style of a layer that it opens,
// with the columns that QGIS gives it.
func (g *geoPackage) styles(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
	f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
	owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))`)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO gpkg_contents VALUES ('layer_styles', 'attributes', 'layer_styles', 'Styles for QGIS', ?, NULL, NULL, NULL, NULL, 0)",
		g.changed()); err != nil {
		return err
	}
	land, err := g.snapshot.HeldLand(ctx, g.edition)
	if err != nil {
		return err
	}
	drawing := style.Drawing{Snapshot: g.snapshot, Edition: g.edition, Land: land, Lang: "en"}
	for _, t := range g.tables {
		// QGIS opens a layer of shapes of any kind as one for each kind, with symbols of its own.
		if data.Dimension(t.name) == data.Mixed || t.name == data.NearLayer {
			continue
		}
		text, err := drawing.QML(t.name)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO layer_styles VALUES (NULL, '', '', ?, 'geom', 'demarc', ?, '', 1, 'The colours of demarc', '', '', ?)",
			t.name, string(text), g.changed()); err != nil {
			return err
		}
	}
	return nil
}
