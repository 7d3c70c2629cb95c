package main

import (
	"context"
	"fmt"

	"github.com/demarc-map/demarc/bench/gen"
	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"
)

// union compares uniting overlapping zones: their area, and their geometry.
func union(b *Bench) (r Result, err error) {
	for _, name := range pick(b, []string{"overlap-1k"}, []string{"overlap-1k", "overlap-10k"}) {
		if err := unionOf(b, name, &r); err != nil {
			return r, err
		}
	}
	r.Notes = append(r.Notes, "\"Area\" is geo.Overlay, which needs no geometry; \"geometry\" is geo.Dissolve. Peers make the geometry; measuring it costs them nothing that shows.")
	return r, nil
}

func unionOf(b *Bench, name string, r *Result) error {
	set, err := gen.Named(name, b.seed)
	if err != nil {
		return err
	}
	zones := set.Shapes()
	contestants := []contestant[float64]{
		timed("area", own(), func(ctx context.Context) error {
			_, err := geo.Overlay(ctx, []orb.MultiPolygon{zones}, geo.Options{})
			return err
		}),
		timed("geometry", own(), func(ctx context.Context) error {
			_, err := geo.Dissolve(ctx, zones)
			return err
		}),
	}
	if d, err := b.postgis(); err != nil {
		r.skip("PostGIS", err.Error())
	} else {
		table, err := d.table(b.ctx, &set)
		if err != nil {
			return err
		}
		contestants = append(contestants, timed("PostGIS ST_Union", d.clock(), func(ctx context.Context) error {
			_, err := d.number(ctx, "SELECT ST_Area(ST_Union(shape)) FROM "+table)
			return err
		}))
	}
	simple, _, err := simpleGeometries(zones, set.Territory)
	if err != nil {
		return err
	}
	contestants = append(contestants, timed("simplefeatures v0.59.0 UnionMany", own(), func(context.Context) error {
		_, err := geom.UnionMany(simple)
		return err
	}))
	runs, err := contest(b, contestants)
	if err != nil {
		return err
	}
	for ours, what := range []string{"area", "geometry"} {
		for i := 2; i < len(runs); i++ {
			r.Figures = append(r.Figures, faster(fmt.Sprintf("%s, %d zones", what, set.Count), contestants[i].name, values(runs[ours], same), values(runs[i], same), Target{}))
		}
	}
	return nil
}
