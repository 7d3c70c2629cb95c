package main

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"

	"github.com/demarc-map/demarc/bench/gen"
	"github.com/demarc-map/demarc/data"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"
)

// tally compares counting points by the side of the line, with and without their
// distances from it.
func tally(b *Bench) (r Result, err error) {
	set, err := gen.Named("strip", b.seed)
	if err != nil {
		return r, err
	}
	snapshot, err := b.snapshot(b.ctx, "strip")
	if err != nil {
		return r, err
	}
	day, err := data.ParseDate(gen.FirstDay)
	if err != nil {
		return r, err
	}
	points := scattered(b, set.Territory.Bound(), pick(b, 20_000, 200_000))
	held := map[string]float64{}
	ours := func(name string, each func(*data.TallyThing) error) contestant[float64] {
		return timed(name, own(), into(held, name, func(ctx context.Context) (float64, error) {
			counted, err := snapshot.Tally(ctx, data.TallyQuery{Query: data.Query{AsOf: day}}, things(points), each)
			if err != nil {
				return 0, err
			}
			return counted.Readings[0].Total.Held.Value.Number, nil
		}))
	}
	contestants := []contestant[float64]{ours("demarc, totals", nil), ours("demarc, with distances", func(*data.TallyThing) error { return nil })}
	if d, err := b.postgis(); err != nil {
		r.skip("PostGIS", err.Error())
	} else {
		table, err := d.table(b.ctx, &set)
		if err != nil {
			return r, err
		}
		if err := d.scatter(b.ctx, table, points); err != nil {
			return r, err
		}
		count := fmt.Sprintf(`SELECT count(*) FROM %[1]s_points p WHERE ST_Intersects((SELECT shape FROM %[1]s_land), p.place)
			AND EXISTS (SELECT FROM %[1]s z WHERE ST_Intersects(z.shape, p.place))`, table)
		far := fmt.Sprintf(`SELECT count(*) FILTER (WHERE ST_Intersects((SELECT shape FROM %[1]s_land), p.place) AND EXISTS (SELECT FROM %[1]s z WHERE ST_Intersects(z.shape, p.place)))
			+ 0 * sum(ST_Distance(p.place::geography, l.path)) FROM %[1]s_points p, %[1]s_line l`, table)
		for _, asked := range []struct{ name, sql string }{{"PostGIS with GiST, count", count}, {"PostGIS with GiST, with distances", far}} {
			contestants = append(contestants, timed(asked.name, d.clock(), into(held, asked.name, func(ctx context.Context) (float64, error) { return d.number(ctx, asked.sql) })))
		}
	}
	runs, err := contest(b, contestants)
	if err != nil {
		return r, err
	}
	detail := Table{Head: []string{"", "time a point", "held"}}
	for i, c := range contestants {
		if i >= 2 {
			r.Figures = append(r.Figures, faster(fmt.Sprintf("%d points, %s", len(points), contestants[i-2].name), c.name, values(runs[i-2], same), values(runs[i], same), Target{}))
		}
		detail.Lines = append(detail.Lines, []string{c.name, duration(spread(values(runs[i], same)).Median / float64(len(points))), fmt.Sprint(held[c.name])})
	}
	r.Tables = append(r.Tables, detail)
	r.Notes = append(r.Notes, "strip. Ours: data.Snapshot.Tally under each reading, with the certainty of each point, on all processors, the line found anew. PostGIS: held points inside the territory, one process; "+
		"distances are ST_Distance of geography from the boundary of the united zones, found before.")
	return r, nil
}

// scattered are random places in a box.
func scattered(b *Bench, box orb.Bound, count int) []orb.Point {
	random := rand.New(rand.NewPCG(b.seed, 3))
	out := make([]orb.Point, count)
	for i := range out {
		out[i] = orb.Point{box.Min[0] + random.Float64()*(box.Max[0]-box.Min[0]), box.Min[1] + random.Float64()*(box.Max[1]-box.Min[1])}
	}
	return out
}

func things(points []orb.Point) iter.Seq2[data.Thing, error] {
	return func(yield func(data.Thing, error) bool) {
		for i, p := range points {
			if !yield(data.Thing{Index: i, Geometry: p}, nil) {
				return
			}
		}
	}
}

// scatter loads points, and the boundary of the zones of a table, united.
func (d *database) scatter(ctx context.Context, table string, points []orb.Point) error {
	if _, err := d.conn.Exec(ctx, fmt.Sprintf(`CREATE TEMP TABLE scattered (lon float8, lat float8);
		CREATE TABLE %[1]s_line AS SELECT ST_Boundary(ST_Union(shape))::geography AS path FROM %[1]s`, table)); err != nil {
		return err
	}
	_, err := d.conn.CopyFrom(ctx, pgx.Identifier{"scattered"}, []string{"lon", "lat"}, pgx.CopyFromSlice(len(points), func(i int) ([]any, error) {
		return []any{points[i][0], points[i][1]}, nil
	}))
	if err != nil {
		return err
	}
	if _, err := d.conn.Exec(ctx, fmt.Sprintf(`CREATE TABLE %[1]s_points AS SELECT ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS place FROM scattered;
		CREATE INDEX ON %[1]s_points USING gist (place)`, table)); err != nil {
		return err
	}
	_, err = d.conn.Exec(ctx, "VACUUM ANALYZE "+table+"_points")
	return err
}
