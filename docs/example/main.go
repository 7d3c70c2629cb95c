// Command figure shows how a program of your own uses demarc as a library: it
// measures a polygon, asks how much of it a party holds, and reads a dataset.
//
//	go run . FOLDER DAY   (such as ../../data/gaza 2026-01-20)
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: figure FOLDER DAY")
	}
	ctx := context.Background()
	if err := measure(ctx); err != nil {
		log.Fatal(err)
	}
	if err := ask(ctx, os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

// measure needs no dataset: shapes are orb's, positions are longitude, latitude
// in degrees, and areas are square metres on the WGS 84 ellipsoid.
func measure(ctx context.Context) error {
	district := orb.Polygon{{{34.2, 31.2}, {34.3, 31.2}, {34.3, 31.3}, {34.2, 31.3}, {34.2, 31.2}}}
	held := orb.Polygon{{{34.25, 31.1}, {34.4, 31.1}, {34.4, 31.4}, {34.25, 31.4}, {34.25, 31.1}}}
	area, err := geo.Area(district)
	if err != nil {
		return err
	}
	fmt.Printf("the district has %.3f km²\n", area/1e6)

	// Overlay measures all combinations of layers in one pass. A layer is a bit.
	const inDistrict, inHeld = 1 << 0, 1 << 1
	areas, err := geo.Overlay(ctx, []orb.MultiPolygon{{district}, {held}}, geo.Options{})
	if err != nil {
		return err
	}
	fmt.Printf("of which %.2f %% is held\n", 100*areas.All(inDistrict|inHeld)/areas.Any(inDistrict))
	return nil
}

// ask reads a dataset folder as the server does and asks for its headline figure.
func ask(ctx context.Context, folder, day string) error {
	// The error of a refused dataset names every fault; the report has repairs too.
	snapshot, _, err := data.Read(ctx, os.DirFS(folder))
	if err != nil {
		return err
	}
	asOf, err := data.ParseDate(day)
	if err != nil {
		return err
	}
	// A snapshot never changes, and any number of goroutines may ask it.
	share, err := snapshot.Share(ctx, data.Query{AsOf: asOf})
	if err != nil {
		return err
	}
	fmt.Printf("%s holds %.3f %% of %s on %s, between %.2f and %.2f %%\n", share.Party, share.Percent, share.Of, share.AsOf,
		share.Uncertainty.PercentLow, share.Uncertainty.PercentHigh)
	fmt.Println("snapshot", share.Snapshot)
	return nil
}
