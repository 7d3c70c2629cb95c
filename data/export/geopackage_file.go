package export

import (
	"context"
	"database/sql"
	"errors"
	"io"

	"github.com/demarc-map/demarc/data"
)

// writeGeoPackage writes a GeoPackage 1.3 (OGC 12-128r17): a layer for each
// section and one of the held land, with a spatial index and a style for QGIS, a
// table of the sources, and what the edition is in the metadata of the whole. It is
// made in memory, about twice the size of the file.
func writeGeoPackage(ctx context.Context, w io.Writer, s *data.Snapshot, e data.Edition) error {
	all, err := layers(ctx, s, e)
	if err != nil {
		return err
	}
	return GeoPackage(ctx, w, s, e, all...)
}

// GeoPackage writes layers about an edition as a GeoPackage: sections, or what
// was computed of it (data.TallyLayer, data.NearLayer).
func GeoPackage(ctx context.Context, w io.Writer, s *data.Snapshot, e data.Edition, all ...data.Section) error {
	made, err := tables(ctx, s, all...)
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return err
	}
	file, err := filled(ctx, db, &geoPackage{s, e, made})
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	_, err = w.Write(file)
	return err
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
