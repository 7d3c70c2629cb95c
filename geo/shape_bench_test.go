package geo

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/peterstace/simplefeatures/geom"

	"github.com/demarc-map/demarc/internal/referee"
)

// wavyRing is a ring of n vertices that wanders, at 7 decimals.
func wavyRing(x, y, radius float64, n int, seed uint64) orb.Ring {
	random := rand.New(rand.NewPCG(seed, 1))
	a, b, c := random.Float64()*6, 5+random.Float64()*20, random.Float64()*6
	r := make(orb.Ring, 0, n+1)
	for i := range n {
		t := 2 * math.Pi * float64(i) / float64(n)
		d := radius * (1 + 0.15*math.Sin(b*t+a) + 0.05*math.Sin(97*t+c) + 0.01*random.Float64())
		r = append(r, orb.Point{math.Round((x+d*math.Cos(t))*1e7) / 1e7, math.Round((y+d*math.Sin(t))*1e7) / 1e7})
	}
	return append(r, r[0])
}

// overlappingZones are discs that overlap some ten deep.
func overlappingZones(n int) []orb.MultiPolygon {
	random := rand.New(rand.NewPCG(7, uint64(n)))
	zones := make([]orb.MultiPolygon, n)
	side := math.Sqrt(float64(n)) * 0.001
	for i := range zones {
		zones[i] = orb.MultiPolygon{{wavyRing(34.3+side*random.Float64(), 31.3+side*random.Float64(), 0.0015, 32, uint64(i))}}
	}
	return zones
}

func simpleFeatures(b testing.TB, g orb.Geometry) geom.Geometry {
	out, err := geom.UnmarshalWKB(wkb.MustMarshal(g), geom.NoValidate{})
	if err != nil {
		b.Fatal(err)
	}
	return out
}

func BenchmarkPair(b *testing.B) {
	for _, n := range []int{100, 10_000, 100_000} {
		p := orb.MultiPolygon{{wavyRing(34.4, 31.4, 0.1, n, 1)}}
		q := orb.MultiPolygon{{wavyRing(34.45, 31.42, 0.1, n, 2)}}
		for _, op := range []struct {
			name string
			op   operation
		}{{"intersection", Intersection}, {"union", Union}} {
			b.Run(fmt.Sprintf("%s/%d/demarc", op.name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := op.op(context.Background(), p, q); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		b.Run(fmt.Sprintf("intersection/%d/simplefeatures", n), func(b *testing.B) {
			s, t := simpleFeatures(b, p), simpleFeatures(b, q)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := geom.Intersection(s, t); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("intersection/%d/postgis", n), func(b *testing.B) {
			postgis(b, `ST_Intersection((SELECT g FROM zones WHERE id=0), (SELECT g FROM zones WHERE id=1))`, p, q)
		})
	}
}

func BenchmarkDissolve(b *testing.B) {
	for _, n := range []int{1024, 10_000} {
		zones := overlappingZones(n)
		b.Run(fmt.Sprintf("%d/demarc", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Dissolve(context.Background(), zones...); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("%d/simplefeatures", n), func(b *testing.B) {
			var all []geom.Geometry
			for _, z := range zones {
				all = append(all, simpleFeatures(b, z))
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := geom.UnionMany(all); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("%d/postgis", n), func(b *testing.B) { postgis(b, `(SELECT ST_Union(g) FROM zones)`, zones...) })
	}
}

// postgis times an expression over zones that are in the server already. The
// answer is counted there, so that none of it is sent.
func postgis(b *testing.B, expression string, zones ...orb.MultiPolygon) {
	conn, ctx := referee.PostGIS(b), context.Background()
	if _, err := conn.Exec(ctx, `CREATE TEMP TABLE IF NOT EXISTS zones (id int, g geometry); TRUNCATE zones`); err != nil {
		b.Fatal(err)
	}
	for i, z := range zones {
		if _, err := conn.Exec(ctx, `INSERT INTO zones VALUES ($1, ST_GeomFromWKB($2))`, i, wkb.MustMarshal(z)); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		var points int
		if err := conn.QueryRow(ctx, `SELECT ST_NPoints(`+expression+`)`).Scan(&points); err != nil {
			b.Fatal(err)
		}
	}
}
