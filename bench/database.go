package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"github.com/demarc-map/demarc/bench/gen"
	"github.com/demarc-map/demarc/internal/referee"
)

// database is a private PostGIS with one connection, and the sets loaded into it.
type database struct {
	cluster *referee.Cluster
	conn    *pgx.Conn
	loaded  map[string]bool
	absent  error // why there is none
}

// postgis starts the database when it is first asked for.
func (b *Bench) postgis() (*database, error) {
	if b.database == nil {
		b.database = &database{loaded: map[string]bool{}}
		b.database.absent = b.database.start(b.ctx)
	}
	return b.database, b.database.absent
}

func (d *database) start(ctx context.Context) (err error) {
	if d.cluster, err = referee.StartPostGIS(); err != nil {
		return err
	}
	if d.conn, err = pgx.Connect(ctx, d.cluster.URL); err != nil {
		return err
	}
	// One process and no compilation: the tile and geometry rows compare single threads.
	_, err = d.conn.Exec(ctx, "SET jit = off; SET max_parallel_workers_per_gather = 0; SET work_mem = '256MB'")
	return err
}

func (b *Bench) close() {
	d := b.database
	if d == nil || d.cluster == nil {
		return
	}
	if d.conn != nil {
		_ = d.conn.Close(context.WithoutCancel(b.ctx))
	}
	d.cluster.Stop()
}

// table loads a set, once, and returns the name of its table: zones in
// longitude and latitude (shape) and in Web Mercator (mercator), each with a
// GiST index. The territory is in the table of that name with _land.
func (d *database) table(ctx context.Context, set *gen.Set) (string, error) {
	name := strings.ReplaceAll(set.Name, "-", "_")
	if d.loaded[name] {
		return name, nil
	}
	_, err := d.conn.Exec(ctx, fmt.Sprintf(`CREATE TEMP TABLE staged (number int, id text, status text, first text, after text, shape bytea);
		CREATE TABLE %[1]s (number int, id text, party text, status text, first date, after date, shape geometry(Polygon, 4326), mercator geometry(Polygon, 3857))`, name))
	if err != nil {
		return "", err
	}
	var lines [][]any
	for z := range set.Zones() {
		shape, err := wkb.Marshal(z.Shape)
		if err != nil {
			return "", err
		}
		lines = append(lines, []any{z.Number, z.ID, z.Status, z.From, z.To, shape})
	}
	if _, err := d.conn.CopyFrom(ctx, pgx.Identifier{"staged"}, []string{"number", "id", "status", "first", "after", "shape"}, pgx.CopyFromRows(lines)); err != nil {
		return "", err
	}
	land, err := wkb.Marshal(set.Territory)
	if err != nil {
		return "", err
	}
	if _, err := d.conn.Exec(ctx, fmt.Sprintf(`CREATE TABLE %s_land AS SELECT ST_GeomFromWKB('\x%x', 4326) AS shape`, name, land)); err != nil {
		return "", err
	}
	_, err = d.conn.Exec(ctx, fmt.Sprintf(`INSERT INTO %[1]s SELECT number, id, '%[2]s', status, first::date, nullif(after, '')::date, shape, ST_Transform(shape, 3857)
			FROM (SELECT number, id, status, first, after, ST_GeomFromWKB(shape, 4326) AS shape FROM staged) s;
		DROP TABLE staged;
		CREATE INDEX ON %[1]s USING gist (mercator);
		CREATE INDEX ON %[1]s USING gist (shape)`, name, gen.Party))
	if err == nil {
		_, err = d.conn.Exec(ctx, "VACUUM ANALYZE "+name)
	}
	d.loaded[name] = err == nil
	return name, err
}

// clock is that of the server process behind the connection.
func (d *database) clock() clock { return newClock(int(d.conn.PgConn().PID())) }

// number asks for one number.
func (d *database) number(ctx context.Context, sql string) (v float64, err error) {
	return v, d.conn.QueryRow(ctx, sql).Scan(&v)
}

// numbers asks for a column of numbers.
func (d *database) numbers(ctx context.Context, sql string) ([]float64, error) {
	rows, err := d.conn.Query(ctx, sql)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[float64])
}

// invalid counts the polygons that are not valid by the rules of OGC. One with a
// ring of fewer than four points, which PostGIS does not even read, is among them.
func (d *database) invalid(ctx context.Context, polygons []orb.Polygon) (int, error) {
	const batch = 5000
	total := 0
	for len(polygons) > 0 {
		n := min(batch, len(polygons))
		texts := make([][]byte, 0, n)
		for _, p := range polygons[:n] {
			if slices.ContainsFunc(p, func(r orb.Ring) bool { return len(r) < 4 }) {
				total++
				continue
			}
			text, err := wkb.Marshal(p)
			if err != nil {
				return 0, err
			}
			texts = append(texts, text)
		}
		var bad int
		err := d.conn.QueryRow(ctx, "SELECT count(*) FROM unnest($1::bytea[]) AS t(p) WHERE NOT ST_IsValid(ST_GeomFromWKB(p))", texts).Scan(&bad)
		if err != nil {
			return 0, err
		}
		total += bad
		polygons = polygons[n:]
	}
	return total, nil
}
