package archive

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/demarc-map/demarc/tiles"

	_ "modernc.org/sqlite" // the driver
)

// schema has the tiles of MBTiles 1.3 as a view, so that equal ones are stored once.
const schema = `
CREATE TABLE metadata (name text PRIMARY KEY, value text) WITHOUT ROWID;
CREATE TABLE contents (content integer PRIMARY KEY, tile_data blob NOT NULL);
CREATE TABLE places (zoom_level integer, tile_column integer, tile_row integer, content integer NOT NULL,
	PRIMARY KEY (zoom_level, tile_column, tile_row)) WITHOUT ROWID;
CREATE VIEW tiles AS SELECT zoom_level, tile_column, tile_row, tile_data FROM places JOIN contents USING (content);`

// settings of the connection: the file is temporary and is brought to disk when it
// is whole, so SQLite need not take care; the number says that it is an MBTiles file.
const settings = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA application_id = 0x4d504258;"

// writeMBTiles puts an MBTiles 1.3 archive together.
// The format: github.com/mapbox/mbtiles-spec, 1.3/spec.md.
func writeMBTiles(ctx context.Context, name string, j *journal, d *description) error {
	db, err := sql.Open("sqlite", dataSource(name))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	return errors.Join(fillMBTiles(ctx, db, j, d), db.Close())
}

// dataSource names a file to SQLite, whatever characters are in its name.
func dataSource(name string) string { return "file:" + (&url.URL{Path: name}).EscapedPath() }

func fillMBTiles(ctx context.Context, db *sql.DB, j *journal, d *description) error {
	if _, err := db.ExecContext(ctx, settings); err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := insertAll(ctx, tx, j, d); err != nil {
		if ctx.Err() != nil { // the transaction ended with it, and its statements tell of that only
			err = ctx.Err()
		}
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func insertAll(ctx context.Context, tx *sql.Tx, j *journal, d *description) error {
	if _, err := tx.ExecContext(ctx, schema); err != nil {
		return err
	}
	rows, err := d.rows()
	if err != nil {
		return err
	}
	for _, row := range rows {
		if _, err := tx.ExecContext(ctx, "INSERT INTO metadata VALUES (?, ?)", row[0], row[1]); err != nil {
			return err
		}
	}
	place, err := tx.PrepareContext(ctx, "INSERT INTO places VALUES (?, ?, ?, ?)")
	if err != nil {
		return err
	}
	defer place.Close()
	store, err := tx.PrepareContext(ctx, "INSERT INTO contents VALUES (?, ?)")
	if err != nil {
		return err
	}
	defer store.Close()
	return j.all(func(t tile, body []byte) error {
		number := j.contents[t.hash].number
		if len(body) > 0 {
			if _, err := store.ExecContext(ctx, number, body); err != nil {
				return err
			}
		}
		row := uint32(1)<<t.z - 1 - t.y // counted from the south
		_, err := place.ExecContext(ctx, t.z, t.x, row, number)
		return err
	})
}

// rows returns the description as the rows of the table metadata.
func (d *description) rows() ([][2]string, error) {
	layers, err := json.Marshal(map[string][]tiles.VectorLayer{"vector_layers": d.VectorLayers})
	if err != nil {
		return nil, err
	}
	centre, zoom := d.centre()
	rows := [][2]string{
		{"name", d.Name}, {"format", "pbf"}, {"description", d.Description}, {"attribution", d.Attribution}, {"legend", d.Legend},
		{"type", d.Type}, {"version", d.Version}, {"snapshot", d.Snapshot}, {"epoch", d.Epoch}, {"basis", d.Basis},
		{"bounds", numbers(d.bound.Min[0], d.bound.Min[1], d.bound.Max[0], d.bound.Max[1])},
		{"center", numbers(centre[0], centre[1], float64(zoom))},
		{"minzoom", fmt.Sprint(d.minZoom)}, {"maxzoom", fmt.Sprint(d.maxZoom)}, {"json", string(layers)},
	}
	return rows, nil
}

// numbers writes numbers with commas between them.
func numbers(values ...float64) string {
	var text []string
	for _, v := range values {
		text = append(text, strconv.FormatFloat(v, 'f', -1, 64))
	}
	return strings.Join(text, ",")
}
