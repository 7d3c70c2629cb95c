package geo_test

import (
	"context"
	"fmt"
	"log"

	"github.com/paulmach/orb"

	"github.com/demarc-map/demarc/geo"
)

// The Gaza Strip, drawn coarsely with seven vertices (the true one has 365 km²).
func coarseStrip() orb.MultiPolygon {
	return orb.MultiPolygon{{{
		{34.2187, 31.3237}, {34.2670, 31.2166}, {34.3737, 31.2960}, {34.3667, 31.3630},
		{34.5130, 31.5000}, {34.5680, 31.5395}, {34.4902, 31.5961}, {34.2187, 31.3237},
	}}}
}

func ExampleSplit() {
	// The line stops some metres short of both borders.
	line := orb.LineString{{34.4551, 31.5606}, {34.4700, 31.5000}, {34.4925, 31.4812}}
	parts, err := geo.Split(context.Background(), coarseStrip(), line, geo.SplitOptions{ExtendM: 100})
	if err != nil {
		log.Fatal(err)
	}
	left, _ := geo.Area(parts.Left)
	right, _ := geo.Area(parts.Right)
	whole, _ := geo.Area(coarseStrip())
	fmt.Printf("left %.2f %%, right %.2f %%\n", 100*left/whole, 100*right/whole)

	_, err = geo.Split(context.Background(), coarseStrip(), line, geo.SplitOptions{})
	fmt.Println(err)
	// Output:
	// left 17.56 %, right 82.44 %
	// the line never cuts the territory: its ends are 20 m and 30 m from the boundary
}

func ExampleUnion() {
	west := orb.MultiPolygon{{{{34.2, 31.2}, {34.4, 31.2}, {34.4, 31.4}, {34.2, 31.4}, {34.2, 31.2}}}}
	east := orb.MultiPolygon{{{{34.4, 31.2}, {34.6, 31.2}, {34.6, 31.4}, {34.4, 31.4}, {34.4, 31.2}}}}
	both, err := geo.Union(context.Background(), west, east)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(both)
	// Output:
	// [[[[34.2 31.2] [34.4 31.2] [34.6 31.2] [34.6 31.4] [34.4 31.4] [34.2 31.4] [34.2 31.2]]]]
}

func ExampleClean() {
	bowtie := orb.MultiPolygon{{{{34.2, 31.2}, {34.6, 31.6}, {34.6, 31.2}, {34.2, 31.6}, {34.2, 31.2}}}}
	clean, err := geo.Clean(context.Background(), bowtie, geo.NonZero)
	if err != nil {
		log.Fatal(err)
	}
	for _, polygon := range clean {
		fmt.Println(polygon)
	}
	// Output:
	// [[[34.2 31.2] [34.4 31.4] [34.2 31.6] [34.2 31.2]]]
	// [[[34.4 31.4] [34.6 31.2] [34.6 31.6] [34.4 31.4]]]
}

func ExampleFront() {
	held := orb.MultiPolygon{{{{34.40, 31.10}, {34.70, 31.10}, {34.70, 31.70}, {34.45, 31.70}, {34.40, 31.10}}}}
	fronts, err := geo.Front(context.Background(), coarseStrip(), []orb.MultiPolygon{held}, []float64{100})
	if err != nil {
		log.Fatal(err)
	}
	km := geo.Length(fronts[0]) / 1000
	area, _ := geo.Area(coarseStrip())
	fmt.Printf("front of %.1f km: 300 m of accuracy are ±%.1f points\n", km, 100*300*geo.Length(fronts[0])/area)
	// Output:
	// front of 13.4 km: 300 m of accuracy are ±1.0 points
}

func ExampleBuffer() {
	grown, err := geo.Buffer(context.Background(), coarseStrip(), 300)
	if err != nil {
		log.Fatal(err)
	}
	before, _ := geo.Area(coarseStrip())
	after, _ := geo.Area(grown)
	fmt.Printf("%.1f km², %.1f km² with 300 m around it\n", before/1e6, after/1e6)
	// Output:
	// 413.7 km², 447.1 km² with 300 m around it
}
