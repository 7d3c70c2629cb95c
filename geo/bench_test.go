package geo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/internal/referee"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"
)

// On a shared machine the time of the processor says more than that of the
// clock: every comparison reports it as cpu-ms/op.
func reportCPU(b *testing.B, before, after time.Duration) {
	b.ReportMetric(float64((after-before).Nanoseconds())/1e6/float64(b.N), "cpu-ms/op")
}

func BenchmarkArea(b *testing.B) {
	for _, n := range []int{10, 1000, 100_000} {
		for _, s := range []struct {
			name   string
			radius float64
		}{{"near polynomial", 0.1}, {"polynomial", 4}, {"series", 20}} {
			r := coast(n, orb.Point{34, 31}, s.radius, 1)
			b.Run(fmt.Sprintf("%s/%d", s.name, n), func(b *testing.B) {
				b.ReportAllocs()
				cpu := ownCPU()
				for b.Loop() {
					if _, err := SignedArea(r); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64((ownCPU()-cpu).Nanoseconds())/float64(b.N*n), "cpu-ns/vertex")
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
	large := scene{"union of 100000", []orb.MultiPolygon{zones(100_000, 1)}}
	for _, s := range append(scenes(), large) {
		b.Run(s.name, func(b *testing.B) {
			b.ReportAllocs()
			cpu := ownCPU()
			for b.Loop() {
				if _, err := Overlay(context.Background(), s.layers, Options{}); err != nil {
					b.Fatal(err)
				}
			}
			reportCPU(b, cpu, ownCPU())
		})
	}
}

func BenchmarkSimplefeatures(b *testing.B) {
	for _, s := range scenes() {
		b.Run(s.name, func(b *testing.B) {
			b.ReportAllocs()
			var inputs []geom.Geometry
			for _, layer := range s.layers {
				for _, p := range layer {
					inputs = append(inputs, simple(orb.MultiPolygon{p}))
				}
			}
			cpu := ownCPU()
			for b.Loop() {
				var err error
				if len(inputs) == 2 {
					_, err = geom.Intersection(inputs[0], inputs[1])
				} else {
					_, err = geom.UnionMany(inputs)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
			reportCPU(b, cpu, ownCPU())
		})
	}
}

// PostGIS measures the same, without the reading and writing of geometries.
func BenchmarkPostGIS(b *testing.B) {
	db := referee.PostGIS(b)
	ctx := context.Background()
	var pid int
	if err := db.QueryRow(ctx, "SELECT pg_backend_pid()").Scan(&pid); err != nil {
		b.Fatal(err)
	}
	for i, s := range scenes() {
		table := fmt.Sprintf("scene%d", i)
		if _, err := db.Exec(ctx, "CREATE TEMPORARY TABLE "+table+" (layer int, g geometry)"); err != nil {
			b.Fatal(err)
		}
		var rows [][]any
		for layer, polygons := range s.layers {
			for _, p := range polygons {
				rows = append(rows, []any{layer, wellKnown(orb.MultiPolygon{p})})
			}
		}
		for _, row := range rows {
			if _, err := db.Exec(ctx, "INSERT INTO "+table+" VALUES ($1, ST_GeomFromText($2, 4326))", row...); err != nil {
				b.Fatal(err)
			}
		}
		query := "SELECT ST_Area(ST_Union(g)) FROM " + table
		if len(s.layers) == 2 {
			query = "SELECT ST_Area(ST_Intersection(a.g, b.g)) FROM " + table + " a, " + table + " b WHERE a.layer = 0 AND b.layer = 1"
		}
		b.Run(s.name, func(b *testing.B) {
			cpu := processCPU(b, pid)
			for b.Loop() {
				if _, err := askPostGIS(b, db, query); err != nil {
					b.Fatal(err)
				}
			}
			reportCPU(b, cpu, processCPU(b, pid))
		})
	}
}

// processCPU reads the time a process has used, in ticks of 10 ms.
func processCPU(b *testing.B, pid int) time.Duration {
	b.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(rest)
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// A polygon of 100 vertices and 2 km over a territory of a million vertices and
// over a hundred thousand zones.
func BenchmarkNear(b *testing.B) {
	territory := coast(1_000_000, orb.Point{34.5, 31.5}, 0.5, 1)
	layers := []orb.MultiPolygon{layerOf(territory), zones(100_000, 1)}
	square := layerOf(coast(100, territory[1000], 0.01, 3))
	measured := func(name string, do func() error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			cpu := ownCPU()
			for b.Loop() {
				if err := do(); err != nil {
					b.Fatal(err)
				}
			}
			reportCPU(b, cpu, ownCPU())
		})
	}
	prepared, err := Prepare(layers, Options{})
	if err != nil {
		b.Fatal(err)
	}
	index, err := NewIndex(orb.Polygon{territory})
	if err != nil {
		b.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(1, 1))
	place := func() orb.Point { return orb.Point{34 + rnd.Float64(), 31 + rnd.Float64()} }
	measured("prepare", func() error { _, err := Prepare(layers, Options{}); return err })
	measured("index", func() error { _, err := NewIndex(orb.Polygon{territory}); return err })
	measured("overlay with prepared", func() error { _, err := prepared.Overlay(context.Background(), square); return err })
	measured("contains", func() error { index.Contains(place()); return nil })
	measured("nearest", func() error { index.Nearest(place()); return nil })
}
