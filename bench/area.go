package main

import (
	"context"
	"fmt"

	"github.com/demarc-map/demarc/bench/gen"
	"github.com/demarc-map/demarc/geo"

	sphere "github.com/paulmach/orb/geo"
)

// area compares measuring one polygon of 100,000 vertices.
func area(b *Bench) (r Result, err error) {
	set, err := gen.Named("coast-100k", b.seed)
	if err != nil {
		return r, err
	}
	zone := set.Shapes()[0]
	vertices := float64(len(zone[0]) - 1)
	measured := map[string]float64{}
	timed := func(name string, now clock, f func(context.Context) (float64, error)) contestant[float64] {
		return timed(name, now, into(measured, name, f))
	}
	contestants := []contestant[float64]{
		timed("demarc", own(), func(context.Context) (float64, error) { return geo.Area(zone) }),
		timed("orb geo.Area (a sphere)", own(), func(context.Context) (float64, error) { return sphere.Area(zone), nil }),
	}
	if d, err := b.postgis(); err != nil {
		r.skip("PostGIS", err.Error())
	} else {
		table, err := d.table(b.ctx, &set)
		if err != nil {
			return r, err
		}
		contestants = append(contestants, timed("PostGIS ST_Area(geography)", d.clock(), func(ctx context.Context) (float64, error) {
			return d.number(ctx, "SELECT ST_Area(shape::geography) FROM "+table)
		}))
	}
	runs, err := contest(b, contestants)
	if err != nil {
		return r, err
	}
	detail := Table{Head: []string{"", "time a vertex", "km²"}}
	for i, c := range contestants {
		if i > 0 {
			r.Figures = append(r.Figures, faster("100,000 vertices", c.name, values(runs[0], same), values(runs[i], same), Target{}))
		}
		detail.Lines = append(detail.Lines, []string{c.name, duration(spread(values(runs[i], same)).Median / vertices), fmt.Sprintf("%.6f", measured[c.name]/1e6)})
	}
	r.Tables = append(r.Tables, detail)
	return r, nil
}
