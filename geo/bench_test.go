package geo

import (
	"context"
	"fmt"
	"testing"

	"github.com/paulmach/orb"
)

func BenchmarkArea(b *testing.B) {
	for _, n := range []int{10, 1000, 100_000} {
		for name, radius := range map[string]float64{"polynomial": 0.1, "series": 20} {
			r := coast(n, orb.Point{34, 31}, radius, 1)
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := SignedArea(r); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/vertex")
			})
		}
	}
}

// scene is what the overlay benchmarks measure, and those of others beside it.
type scene struct {
	name   string
	layers []orb.MultiPolygon
}

func scenes() []scene {
	pair := func(n int) []orb.MultiPolygon {
		return []orb.MultiPolygon{layerOf(coast(n, orb.Point{34, 31}, 0.5, 1)), layerOf(coast(n, orb.Point{34.05, 31.03}, 0.5, 2))}
	}
	return []scene{
		{"pair of 10k", pair(10_000)},
		{"pair of 100k", pair(100_000)},
		{"union of 1024", []orb.MultiPolygon{zones(1024, 1)}},
		{"union of 10000", []orb.MultiPolygon{zones(10_000, 1)}},
	}
}

func BenchmarkOverlay(b *testing.B) {
	for _, s := range scenes() {
		b.Run(s.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Overlay(context.Background(), s.layers, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
