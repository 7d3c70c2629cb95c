package tiles_test

import (
	"context"
	"fmt"
	"os"

	"github.com/paulmach/orb"

	"github.com/demarc-map/demarc/tiles"
)

func ExampleTileset() {
	zone := orb.Polygon{{{34.2, 31.2}, {34.6, 31.2}, {34.6, 31.6}, {34.2, 31.6}, {34.2, 31.2}}}
	set, err := tiles.NewTileset(context.Background(), []tiles.Layer{{
		Name:     "zones",
		Features: []tiles.Feature{{ID: "zone-1", Geometry: zone, Tags: []tiles.Tag{{Key: "status", Value: "agreed"}}}},
	}}, tiles.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	body, err := set.Tile(context.Background(), 6, 38, 26)
	if err != nil || body == nil { // nil is an empty tile
		fmt.Println(err)
		return
	}
	if err := tiles.Decode(os.Stdout, body.Identity()); err != nil {
		fmt.Println(err)
	}
	// Output:
	// layer zones version 2 extent 4096 features 1
	//   feature 4042577731588855
	//     status = "agreed"
	//     ring area 99231: 328,302 619,302 619,643 328,643 328,302
}
