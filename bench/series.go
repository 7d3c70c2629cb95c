package main

import (
	"context"
	"fmt"
	"math"
	"os"

	"demarc/bench/gen"
	"demarc/data"
)

// series compares the share of a territory on each of 769 days.
func series(b *Bench) (r Result, err error) {
	name, length := pick(b, "days-40", "days-769"), pick(b, 40, 769)
	set, err := gen.Named(name, b.seed)
	if err != nil {
		return r, err
	}
	dir, err := b.folder(name)
	if err != nil {
		return r, err
	}
	snapshot, _, err := data.Read(b.ctx, os.DirFS(dir))
	if err != nil {
		return r, err
	}
	var ours []data.Row
	contestants := []contestant[float64]{timed("demarc", own(), func(ctx context.Context) error {
		all, err := snapshot.Series(ctx, data.Query{}, 0, 0)
		ours = all.Rows
		return err
	})}
	var theirs []float64
	if d, err := b.postgis(); err != nil {
		r.skip("PostGIS", err.Error())
	} else {
		table, err := d.table(b.ctx, &set)
		if err != nil {
			return r, err
		}
		sql := fmt.Sprintf(`SELECT 100 * ST_Area(ST_Intersection((SELECT shape FROM %[1]s_land),
				(SELECT ST_Union(shape) FROM %[1]s WHERE first <= day AND day < after))::geography) / ST_Area((SELECT shape FROM %[1]s_land)::geography)
			FROM (SELECT date '%[2]s' + generate_series(0, %[3]d - 1) AS day) d ORDER BY day`, table, gen.FirstDay, length)
		contestants = append(contestants, timed("PostGIS", d.clock(), func(ctx context.Context) error {
			theirs, err = d.numbers(ctx, sql)
			return err
		}))
	}
	runs, err := contest(b, contestants)
	if err != nil {
		return r, err
	}
	if len(theirs) > 0 {
		r.Figures = append(r.Figures, faster(fmt.Sprintf("%d days", length), "PostGIS", values(runs[0], same), values(runs[1], same), Target{}))
		furthest := 0.0
		for i, percent := range theirs {
			furthest = max(furthest, math.Abs(percent-*ours[i].Percent))
		}
		r.Notes = append(r.Notes, fmt.Sprintf("Largest difference on %d days: %.2g percentage points (edges of PostGIS geography are geodesics).", length, furthest))
	}
	r.Notes = append(r.Notes, fmt.Sprintf("%d zones in all, 60 on a day, %d rows: every day is an epoch of its own, and the days after the last are a gap. Ours: data.Snapshot.Series after loading, with the uncertainty band of each day; "+
		"its target for 769 days is less than 1 s; it took %s. PostGIS: the shares alone.", set.Count, len(ours), duration(spread(runs[0]).Median)))
	r.skip("geopandas, one file at a time", "this row has no script for it")
	return r, nil
}
