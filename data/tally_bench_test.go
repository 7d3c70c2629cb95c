package data_test

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
)

// randomThings are places all over the territory of the embedded dataset and beside it.
func randomThings(n int) []data.Thing {
	random := rand.New(rand.NewPCG(19, 1))
	out := make([]data.Thing, n)
	for i := range out {
		out[i] = data.Thing{Index: i, Geometry: orb.Point{34.2 + 0.37*random.Float64(), 31.21 + 0.39*random.Float64()}}
	}
	return out
}

func BenchmarkTallyOfPoints(b *testing.B) {
	s := embedded()
	day, err := data.ParseDate("2026-10-01")
	if err != nil {
		b.Fatal(err)
	}
	things := randomThings(50_000)
	each := func(*data.TallyThing) error { return nil }
	for _, c := range []struct {
		name string
		q    data.TallyQuery
		each func(*data.TallyThing) error
	}{{"totals", data.TallyQuery{}, nil}, {"totals within 500 m", data.TallyQuery{WithinM: 500}, nil}, {"every thing", data.TallyQuery{}, each}} {
		b.Run(c.name, func(b *testing.B) {
			c.q.AsOf = day
			for b.Loop() {
				if _, err := s.Tally(context.Background(), c.q, listed(things), c.each); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N*len(things))/b.Elapsed().Seconds(), "points/s")
		})
	}
}
