package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"runtime"

	"github.com/demarc-map/demarc/bench/gen"
	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
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
		"they were computed when the dataset was read. PostGIS: the shares alone. Memory: the heap that the snapshot keeps after a collection, of a process of its own; distinct geometry: 16 bytes for each vertex of each different ring.", set.Count, len(ours)))
	limits, err := seriesLimits(b, dir, name, spread(runs[0]))
	if err != nil {
		return r, err
	}
	r.Figures = append(r.Figures, limits...)
	r.skip("geopandas, one file at a time", "this row has no script for it")
	return r, nil
}

// kept is what a process holds after reading a history.
type kept struct {
	ReadS, HeapB, GeometryB float64
}

// seriesLimits holds the series, and the memory behind it, against their limits.
func seriesLimits(b *Bench, dir, name string, took Spread) ([]Figure, error) {
	few := *b // a load takes long and varies little
	few.runs = min(b.runs, 2)
	runs, err := contest(&few, []contestant[kept]{{"demarc, loading", func(ctx context.Context) (kept, error) { return ask[kept](ctx, "days", dir) }}})
	if err != nil {
		return nil, err
	}
	heap, geometry := values(runs[0], func(v kept) float64 { return v.HeapB }), values(runs[0], func(v kept) float64 { return v.GeometryB })
	load := spread(values(runs[0], func(v kept) float64 { return v.ReadS }))
	return []Figure{
		{What: name + ", all days after loading", Against: "one second", Ratio: took, Meaning: "ours ÷ limit", Ours: duration(took.Median), Peer: "1.00 s", Target: Target{AtMost: 1}},
		{What: name + ", memory kept", Against: "its distinct geometry", Ratio: ratios(heap, geometry), Meaning: "ours ÷ limit",
			Ours: megabytes(spread(heap).Median), Peer: megabytes(spread(geometry).Median), Target: Target{AtMost: 3}},
		{What: name + ", loading", Against: "one second", Ratio: load, Meaning: "ours ÷ limit", Ours: duration(load.Median), Peer: "1.00 s"},
	}, nil
}

// loadDays reads a dataset folder and measures what stays in memory: "days FOLDER".
func loadDays(ctx context.Context, args []string) (any, error) {
	heap := func() float64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc)
	}
	now, before := own(), heap()
	begun := now()
	snapshot, _, err := data.Read(ctx, os.DirFS(args[0]))
	if err != nil {
		return nil, err
	}
	v := kept{ReadS: now() - begun, HeapB: heap() - before}
	seen := map[*orb.Point]bool{} // equal rings share their memory
	for _, z := range snapshot.Zones {
		for _, p := range z.Shape {
			for _, ring := range p {
				if !seen[&ring[0]] {
					seen[&ring[0]] = true
					v.GeometryB += float64(16 * len(ring))
				}
			}
		}
	}
	runtime.KeepAlive(snapshot)
	return v, nil
}
