package main

import (
	"context"
	"fmt"
	"os"

	"github.com/demarc-map/demarc/bench/gen"
	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"
)

// share compares the share of a territory under 60 and under 100,000 zones.
func share(b *Bench) (r Result, err error) {
	percents := Table{Title: "The same share by each (edges of PostGIS geography are geodesics, simplefeatures measures on the plane):", Head: []string{"", "", "percent"}}
	for _, name := range pick(b, []string{"strip"}, []string{"strip", "blocks-100k"}) {
		if err := shareOf(b, name, &r, &percents); err != nil {
			return r, err
		}
	}
	r.Tables = append(r.Tables, percents)
	r.Notes = append(r.Notes, "demarc, whole answer: data.Snapshot.Share, whose headline figures, with their front and uncertainty band, were computed when the dataset was read. demarc: geo.Overlay of territory and zones, "+
		"the same question as the SQL, on all processors; on one thread as \"one worker\".",
		"PostGIS: ST_Area(ST_Intersection(territory, ST_Union(zones))::geography) ÷ ST_Area(territory::geography), one process. simplefeatures v0.59.0: UnionMany, Intersection, planar Area.")
	return r, nil
}

func shareOf(b *Bench, name string, r *Result, percents *Table) error {
	set, err := gen.Named(name, b.seed)
	if err != nil {
		return err
	}
	dir, err := b.folder(name)
	if err != nil {
		return err
	}
	snapshot, _, err := data.Read(b.ctx, os.DirFS(dir))
	if err != nil {
		return err
	}
	day, err := data.ParseDate(gen.FirstDay)
	if err != nil {
		return err
	}
	percent := map[string]float64{}
	timed := func(name string, now clock, f func(context.Context) (float64, error)) contestant[float64] {
		return timed(name, now, into(percent, name, f))
	}
	land, zones := orb.MultiPolygon{set.Territory}, set.Shapes()
	overlay := func(workers int) func(context.Context) (float64, error) {
		return func(ctx context.Context) (float64, error) {
			areas, err := geo.Overlay(ctx, []orb.MultiPolygon{land, zones}, geo.Options{Workers: workers})
			return 100 * areas.All(3) / areas.All(1), err
		}
	}
	contestants := []contestant[float64]{
		timed("demarc", own(), overlay(0)),
		timed("demarc, one worker", own(), overlay(1)),
		timed("demarc, whole answer", own(), func(ctx context.Context) (float64, error) {
			share, err := snapshot.Share(ctx, data.Query{AsOf: day})
			return share.Percent, err
		}),
	}
	if d, err := b.postgis(); err != nil {
		r.skip("PostGIS", err.Error())
	} else {
		table, err := d.table(b.ctx, &set)
		if err != nil {
			return err
		}
		sql := fmt.Sprintf(`SELECT 100 * ST_Area(ST_Intersection((SELECT shape FROM %[1]s_land), (SELECT ST_Union(shape) FROM %[1]s))::geography)
			/ ST_Area((SELECT shape FROM %[1]s_land)::geography)`, table)
		contestants = append(contestants, timed("PostGIS", d.clock(), func(ctx context.Context) (float64, error) { return d.number(ctx, sql) }))
	}
	simple, simpleLand, err := simpleGeometries(zones, set.Territory)
	if err != nil {
		return err
	}
	contestants = append(contestants, timed("simplefeatures v0.59.0", own(), func(context.Context) (float64, error) {
		held, err := geom.UnionMany(simple)
		if err != nil {
			return 0, err
		}
		inside, err := geom.Intersection(held, simpleLand)
		return 100 * inside.Area() / simpleLand.Area(), err
	}))
	runs, err := contest(b, contestants)
	if err != nil {
		return err
	}
	what := fmt.Sprintf("%s, %d zones", name, set.Count)
	for i, c := range contestants {
		target := Target{}
		if i > 2 {
			target.AtLeast = 20
		}
		if i > 0 {
			r.Figures = append(r.Figures, faster(what, c.name, values(runs[0], same), values(runs[i], same), target))
		}
		percents.Lines = append(percents.Lines, []string{what, c.name, fmt.Sprintf("%.9f", percent[c.name])})
	}
	return nil
}

// simpleGeometries turns polygons into those of simplefeatures.
func simpleGeometries(zones orb.MultiPolygon, land orb.Polygon) (all []geom.Geometry, territory geom.Geometry, err error) {
	for _, p := range zones {
		all = append(all, simplePolygon(p))
	}
	return all, simplePolygon(land), nil
}

func simplePolygon(p orb.Polygon) geom.Geometry {
	var rings []geom.LineString
	for _, ring := range p {
		flat := make([]float64, 0, 2*len(ring))
		for _, at := range ring {
			flat = append(flat, at[0], at[1])
		}
		rings = append(rings, geom.NewLineString(geom.NewSequence(flat, geom.DimXY)))
	}
	return geom.NewPolygon(rings).AsGeometry()
}
