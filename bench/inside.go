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

// insideTargets are by how many times a share in polygons of each radius, in degrees,
// is to be faster: the larger, the more zones lie in a polygon that a ledger need not look at.
var insideTargets = []struct{ radius, atLeast float64 }{{0.05, 10}, {0.2, 20}, {0.8, 40}}

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
	ledgers := data.NewLedgers(1 << 30)
	ways := Table{Title: "The same polygons by each of our ways; who asks first opens cells, and at the smallest radius makes the ledger:", Head: []string{"radius", "asked again", "asked first", "without a ledger"}}
	for _, size := range insideTargets {
		polygons, radius := posted(b, &set, size.radius, 5), size.radius
		var held int
		percents := map[string][]float64{}
		ours := func(name string, share func(context.Context, orb.MultiPolygon) (data.Inside, error)) contestant[float64] {
			return timed(name, own(), func(ctx context.Context) error {
				percents[name], held = nil, 0
				for _, p := range polygons {
					answer, err := share(ctx, orb.MultiPolygon{p})
					if err != nil {
						return err
					}
					percents[name] = append(percents[name], answer.Percent)
					held += len(answer.Features) - 1
				}
				return nil
			})
		}
		query := data.Query{AsOf: day}
		byCells := ours("demarc", func(ctx context.Context, p orb.MultiPolygon) (data.Inside, error) {
			return ledgers.ShareInside(ctx, snapshot, query, p)
		})
		now := own()
		begun := now()
		for _, p := range polygons {
			if _, err := ledgers.ShareInside(b.ctx, snapshot, query, orb.MultiPolygon{p}); err != nil {
				return r, err
			}
		}
		first := now() - begun
		contestants := []contestant[float64]{byCells, ours("demarc, without a ledger", func(ctx context.Context, p orb.MultiPolygon) (data.Inside, error) {
			return snapshot.ShareInside(ctx, query, p)
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
		ways.Lines = append(ways.Lines, []string{fmt.Sprintf("%g°", radius), duration(spread(values(runs[0], same)).Median), duration(first), duration(spread(values(runs[1], same)).Median)})
		if absent != nil {
			continue
		}
		r.Figures = append(r.Figures, faster(fmt.Sprintf("%d polygons of radius %g°, %d zones near each", len(polygons), radius, held/len(polygons)),
			"PostGIS with GiST", values(runs[0], same), values(runs[2], same), Target{AtLeast: size.atLeast}))
		furthest := 0.0
		for i, percent := range percents["theirs"] {
			furthest = max(furthest, math.Abs(percent-percents["demarc"][i]))
		}
		r.Notes = append(r.Notes, fmt.Sprintf("Largest difference at radius %g°: %.2g percentage points (edges of PostGIS geography are geodesics).", radius, furthest))
	}
	r.Tables = append(r.Tables, ways)
	r.Notes = append(r.Notes, fmt.Sprintf("%s; polygons of 64 vertices over the edge of what is held. Ours: data.Ledgers.ShareInside, asked before, with the uncertainty band and the part of the polygon outside the territory, and the ids of the zones; without a ledger data.Snapshot.ShareInside; "+
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
