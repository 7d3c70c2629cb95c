package arrange_test

import (
	"context"
	"fmt"
	"log"

	"github.com/demarc-map/demarc/geo/arrange"
)

func ExampleCleaner() {
	var c arrange.Cleaner // one for each goroutine, used again and again
	square := [][]arrange.Point{{{X: 0, Y: 0}, {X: 9, Y: 0}, {X: 9, Y: 9}, {X: 0, Y: 9}}}
	bowtie := [][]arrange.Point{{{X: 0, Y: 0}, {X: 4, Y: 4}, {X: 4, Y: 0}, {X: 0, Y: 4}}}
	for _, rings := range [][][]arrange.Point{square, bowtie} {
		if c.Valid(rings) {
			fmt.Println("valid as it is")
			continue
		}
		polygons, err := c.Clean(context.Background(), rings, arrange.NonZero)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(polygons)
	}
	// Output:
	// valid as it is
	// [[[{0 0} {2 2} {0 4}]] [[{2 2} {4 0} {4 4}]]]
}

func ExampleArrangement() {
	const east, west = 0, 1
	var a arrange.Arrangement
	a.AddRing([]arrange.Point{{X: 0, Y: 0}, {X: 6, Y: 0}, {X: 6, Y: 4}, {X: 0, Y: 4}}, west, 1)
	a.AddRing([]arrange.Point{{X: 4, Y: 0}, {X: 9, Y: 0}, {X: 9, Y: 4}, {X: 4, Y: 4}}, east, 1)
	if err := a.Node(context.Background()); err != nil {
		log.Fatal(err)
	}
	fmt.Println("both:", a.Polygons(func(c arrange.Coverage) bool { return c.Of(east) != 0 && c.Of(west) != 0 }))
	fmt.Println("any:", a.Polygons(func(c arrange.Coverage) bool { return len(c) > 0 }))
	// Output:
	// both: [[[{4 0} {6 0} {6 4} {4 4}]]]
	// any: [[[{0 0} {9 0} {9 4} {0 4}]]]
}
