package geo_test

import (
	"context"
	"fmt"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// The Gaza Strip in eleven corners, after OCHA's boundary.
var strip = orb.Ring{
	{34.451, 31.543}, {34.343, 31.431}, {34.219, 31.324}, {34.268, 31.220}, {34.374, 31.306}, {34.366, 31.362},
	{34.381, 31.389}, {34.480, 31.478}, {34.547, 31.513}, {34.568, 31.542}, {34.491, 31.595},
}

func ExampleArea() {
	area, err := geo.Area(orb.Polygon{strip})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.3f km²\n", area/1e6)
	// Output: 364.626 km²
}

// Taveuni, an island of Fiji, lies on both sides of the antimeridian. Cut at
// 180, running on past it, or neither: it is the same island.
func ExampleArea_antimeridian() {
	cut := orb.MultiPolygon{
		{{{179.83, -16.95}, {180, -16.99}, {180, -16.71}}},
		{{{-180, -16.99}, {-179.86, -16.80}, {-180, -16.71}}},
	}
	past := orb.Ring{{179.83, -16.95}, {180, -16.99}, {180.14, -16.80}, {180, -16.71}}
	uncut := orb.Ring{{179.83, -16.95}, {180, -16.99}, {-179.86, -16.80}, {180, -16.71}}
	for _, g := range []orb.Geometry{cut, past, uncut} {
		area, err := geo.Area(g)
		fmt.Printf("%.3f km² %v\n", area/1e6, err)
	}
	// Output:
	// 511.825 km² <nil>
	// 511.825 km² <nil>
	// 511.825 km² <nil>
}

// A satellite's footprint round the South Pole has no inside that could be told.
func ExampleArea_pole() {
	_, err := geo.Area(orb.Ring{{-150, -70}, {-30, -70}, {90, -70}, {150, -70}})
	fmt.Println(err)
	// Output:
	// ring 0 [150 -70]: ring winds round a pole without closing over it
}

func ExampleOverlay() {
	north := orb.Polygon{{{34.3, 31.45}, {34.7, 31.45}, {34.7, 31.7}, {34.3, 31.7}}}
	east := orb.Polygon{{{34.4, 31.2}, {34.7, 31.2}, {34.7, 31.7}, {34.4, 31.7}}}
	areas, err := geo.Overlay(context.Background(), []orb.MultiPolygon{
		{{strip}},     // layer 0, bit 1
		{north, east}, // layer 1, bit 2: the two overlap, which counts once
	}, geo.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	held, territory := areas.All(1|2), areas.All(1)
	fmt.Printf("held %.3f km² of %.3f km²: %.3f %%\n", held/1e6, territory/1e6, 100*held/territory)
	fmt.Printf("free %.3f km²\n", areas.Of(1)/1e6)
	// Output:
	// held 147.621 km² of 364.626 km²: 40.485 %
	// free 217.005 km²
}

func ExamplePrepared_Overlay() {
	territory, err := geo.Prepare([]orb.MultiPolygon{{{strip}}}, geo.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	// A square on the coast at Gaza City.
	square := orb.MultiPolygon{{{{34.42, 31.52}, {34.45, 31.52}, {34.45, 31.55}, {34.42, 31.55}}}}
	areas, err := territory.Overlay(context.Background(), square)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.3f km² inside, %.3f km² outside\n", areas.Of(1|2)/1e6, areas.Of(2)/1e6)
	// Output:
	// 2.449 km² inside, 7.028 km² outside
}

func ExampleDistance() {
	erez, keremShalom := orb.Point{34.5464, 31.5592}, orb.Point{34.2842, 31.2283}
	fmt.Printf("%.3f km\n", geo.Distance(erez, keremShalom)/1e3)
	// Output:
	// 44.362 km
}

func ExampleLength() {
	boundary := geo.Length(strip) // closed, though its first vertex is not repeated
	coast := geo.Length(orb.LineString{strip[10], strip[0], strip[1], strip[2]})
	fmt.Printf("%.3f km, of which %.3f km of coast\n", boundary/1e3, coast/1e3)
	// Output:
	// 109.896 km, of which 39.743 km of coast
}

func ExampleIndex_Nearest() {
	index, err := geo.NewIndex(orb.Polygon{strip})
	if err != nil {
		fmt.Println(err)
		return
	}
	gazaCity := orb.Point{34.4668, 31.5017}
	place, metres, bearing, _ := index.Nearest(gazaCity)
	fmt.Printf("inside: %v; %.0f m to the boundary at %.5f %.5f, bearing %.1f°\n",
		index.Contains(gazaCity), metres, place[0], place[1], bearing)
	// Output:
	// inside: true; 2897 m to the boundary at 34.48267 31.47939, bearing 148.6°
}
