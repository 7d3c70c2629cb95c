package main

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/demarc-map/demarc/bench/gen"
	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"
)

// inside compares the share in polygons that somebody posts, over 100,000 zones.
func inside(b *Bench) (r Result, err error) {
	name := pick(b, "blocks-10k", "blocks-100k")
	set, err := gen.Named(name, b.seed)
	if err != nil {
		return r, err
	}
	snapshot, err := b.snapshot(b.ctx, name)
	if err != nil {
		return r, err
	}
	day, err := data.ParseDate(gen.FirstDay)
	if err != nil {
		return r, err
	}
	d, absent := b.postgis()
	if absent != nil {
		r.skip("PostGIS", absent.Error())
	}
	for _, radius := range []float64{0.05, 0.2, 0.8} { // degrees
		polygons := posted(b, &set, radius, 5)
		var held int
		percents := map[string][]float64{}
		contestants := []contestant[float64]{timed("demarc", own(), func(ctx context.Context) error {
			percents["ours"], held = nil, 0
			for _, p := range polygons {
				answer, err := snapshot.ShareInside(ctx, data.Query{AsOf: day}, orb.MultiPolygon{p})
				if err != nil {
					return err
				}
				percents["ours"] = append(percents["ours"], answer.Percent)
				held += len(answer.Features) - 1
			}
			return nil
		})}
		if absent == nil {
			table, err := d.table(b.ctx, &set)
			if err != nil {
				return r, err
			}
			contestants = append(contestants, timed("PostGIS with GiST", d.clock(), func(ctx context.Context) error {
				percents["theirs"] = nil
				for _, p := range polygons {
					percent, err := d.number(ctx, fmt.Sprintf(`WITH p AS (SELECT ST_Intersection(ST_GeomFromText('%[2]s', 4326), (SELECT shape FROM %[1]s_land)) AS land)
						SELECT 100 * ST_Area(ST_Intersection(land, (SELECT ST_Union(shape) FROM %[1]s WHERE shape && ST_GeomFromText('%[2]s', 4326)))::geography) / ST_Area(land::geography) FROM p`,
						table, wkt.MarshalString(p)))
					if err != nil {
						return err
					}
					percents["theirs"] = append(percents["theirs"], percent)
				}
				return nil
			}))
		}
		runs, err := contest(b, contestants)
		if err != nil {
			return r, err
		}
		if absent != nil {
			continue
		}
		r.Figures = append(r.Figures, faster(fmt.Sprintf("%d polygons of radius %g°, %d zones near each", len(polygons), radius, held/len(polygons)),
			"PostGIS with GiST", values(runs[0], same), values(runs[1], same), Target{AtLeast: 20}))
		furthest := 0.0
		for i, percent := range percents["theirs"] {
			furthest = max(furthest, math.Abs(percent-percents["ours"][i]))
		}
		r.Notes = append(r.Notes, fmt.Sprintf("Largest difference at radius %g°: %.2g percentage points (edges of PostGIS geography are geodesics).", radius, furthest))
	}
	r.Notes = append(r.Notes, fmt.Sprintf("%s; polygons of 64 vertices over the edge of what is held. Ours: data.Snapshot.ShareInside with the uncertainty band and the part of the polygon outside the territory; "+
		"PostGIS: the percentage alone, of the zones that its index finds.", name))
	return r, nil
}

// posted returns jagged polygons of a radius in degrees whose middles lie where
// the zones of a set end and free land begins.
func posted(b *Bench, set *gen.Set, radius float64, count int) []orb.Polygon {
	random := rand.New(rand.NewPCG(b.seed, 2))
	edge, land := set.Shapes().Bound().Max[0], set.Territory.Bound()
	out := make([]orb.Polygon, count)
	for i := range out {
		middle := orb.Point{edge - radius/4, land.Min[1] + (0.2+0.6*random.Float64())*(land.Max[1]-land.Min[1])}
		var ring orb.Ring
		for k := range 64 {
			angle, reach := 2*math.Pi*float64(k)/64, radius*(0.8+0.2*random.Float64())
			ring = append(ring, orb.Point{middle[0] + reach*math.Cos(angle), middle[1] + reach*math.Sin(angle)})
		}
		out[i] = orb.Polygon{append(ring, ring[0])}
	}
	return out
}
