package ledger

import (
	"context"
	"math"
	"slices"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// scene is land with zones on it, and a place to ask about.
type scene struct {
	land  orb.MultiPolygon
	zones []Zone
}

// drawStar draws a ring round a place that crosses itself nowhere.
func drawStar(t *rapid.T, name string, at orb.Point, radius float64) orb.Ring {
	n := rapid.IntRange(3, 24).Draw(t, name+" corners")
	ring := make(orb.Ring, 0, n+1)
	for i := range n {
		angle, reach := 2*math.Pi*float64(i)/float64(n), radius*rapid.Float64Range(0.2, 1).Draw(t, name)
		ring = append(ring, orb.Point{at[0] + reach*math.Cos(angle), at[1] + reach*math.Sin(angle)})
	}
	return append(ring, ring[0])
}

// scaled is a ring made smaller about a place.
func scaled(r orb.Ring, at orb.Point, by float64) orb.Ring {
	out := make(orb.Ring, len(r))
	for i, p := range r {
		out[i] = orb.Point{at[0] + by*(p[0]-at[0]), at[1] + by*(p[1]-at[1])}
	}
	return out
}

// level is that of the checkerboard's squares, which are cells, so that zones end on
// the borders of cells; side is their width.
const level, side = 14, float64(1<<(widest-14)) / unit

func square(x, y int) orb.MultiPolygon {
	c := around(orb.Bound{Min: orb.Point{34.5, 31.4}, Max: orb.Point{34.5, 31.4}})
	up := c.level - level
	return boxOf(cell{level, c.x>>up + int32(x), c.y>>up + int32(y)}.bound())
}

// drawScene draws land with a lake, and zones that overlap, have holes, fill squares
// of a checkerboard or meet in one corner.
func drawScene(t *rapid.T) scene {
	exact := square(0, 0).Bound().Min
	at := orb.Point{exact[0] - 0.3*side, exact[1]}
	var s scene
	shell := drawStar(t, "land", at, 6*side)
	s.land = orb.MultiPolygon{{shell, scaled(shell, at, rapid.Float64Range(0.01, 0.15).Draw(t, "lake"))}}
	accuracy := func() float64 { return rapid.SampledFrom([]float64{0, 1, 30, 300}).Draw(t, "accuracy") }
	for range rapid.IntRange(0, 6).Draw(t, "stars") {
		middle := orb.Point{at[0] + side*rapid.Float64Range(-5, 5).Draw(t, "east"), at[1] + side*rapid.Float64Range(-5, 5).Draw(t, "north")}
		ring := drawStar(t, "star", middle, side*rapid.Float64Range(0.5, 4).Draw(t, "radius"))
		star := orb.Polygon{ring}
		if rapid.Bool().Draw(t, "holed") {
			star = append(star, scaled(ring, middle, 0.5))
		}
		if rapid.Bool().Draw(t, "turned") {
			slices.Reverse(star[0])
		}
		s.zones = append(s.zones, Zone{orb.MultiPolygon{star}, accuracy()})
	}
	for range rapid.IntRange(0, 8).Draw(t, "squares") {
		x, y := rapid.IntRange(-4, 3).Draw(t, "x"), rapid.IntRange(-4, 3).Draw(t, "y")
		s.zones = append(s.zones, Zone{square(x, y), accuracy()})
	}
	if rays := rapid.IntRange(0, 40).Draw(t, "rays"); rays > 2 {
		middle := orb.Point{at[0] + 0.4*side, at[1] + 0.7*side}
		for i := range rays {
			a, b := 2*math.Pi*float64(i)/float64(rays), 2*math.Pi*(float64(i)+rapid.Float64Range(0.3, 1).Draw(t, "ray"))/float64(rays)
			s.zones = append(s.zones, Zone{orb.MultiPolygon{{{middle, {middle[0] + side*math.Cos(a), middle[1] + side*math.Sin(a)},
				{middle[0] + side*math.Cos(b), middle[1] + side*math.Sin(b)}, middle}}}, accuracy()})
		}
	}
	return s
}

// drawPosted draws a polygon to ask about: near the land, or a square of cells.
func drawPosted(t *rapid.T, s scene) orb.MultiPolygon {
	middle := s.land.Bound().Center()
	middle = orb.Point{middle[0] + side*rapid.Float64Range(-5, 5).Draw(t, "posted east"), middle[1] + side*rapid.Float64Range(-5, 5).Draw(t, "posted north")}
	switch rapid.IntRange(0, 3).Draw(t, "posted as") {
	case 0:
		c := around(orb.Bound{Min: middle, Max: middle})
		for range 8 + rapid.IntRange(0, 2).Draw(t, "up") {
			c = cell{c.level - 1, c.x >> 1, c.y >> 1}
		}
		return boxOf(c.bound())
	case 1:
		ring := drawStar(t, "posted", middle, side*rapid.Float64Range(0.5, 8).Draw(t, "posted radius"))
		return orb.MultiPolygon{{ring, scaled(ring, middle, 0.6)}}
	}
	return orb.MultiPolygon{{drawStar(t, "posted", middle, side*rapid.Float64Range(0.1, 8).Draw(t, "posted radius"))}}
}

// answer is what a polygon holds without cells: its areas, and the fronts with
// accuracies that are a little less and a little greater, between which a front lies
// whose distances from the border are measured on other planes.
type answer struct {
	Sums
	narrow, wide Sums
}

// direct answers by one overlay of everything and the front of the land in a polygon.
func direct(t rapid.TB, s scene, posted orb.MultiPolygon) answer {
	t.Helper()
	ctx := context.Background()
	var held orb.MultiPolygon
	shapes := make([]orb.MultiPolygon, len(s.zones))
	for i, z := range s.zones {
		shapes[i], held = z.Shape, append(held, z.Shape...)
	}
	areas, err := geo.Overlay(ctx, []orb.MultiPolygon{posted, s.land, held}, geo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	land, err := geo.Intersection(ctx, posted, s.land)
	if err != nil {
		t.Fatal(err)
	}
	fronts := func(by, beyond float64) (out Sums) {
		accuracies := make([]float64, len(s.zones))
		for i, z := range s.zones {
			accuracies[i] = by*z.AccuracyM + beyond
		}
		lines, err := geo.Front(ctx, land, shapes, accuracies)
		if err != nil {
			t.Fatal(err)
		}
		for i := range lines {
			out = out.plus(front(geo.Length(lines[i]), s.zones[i].AccuracyM))
		}
		return out
	}
	return answer{Sums{LandM2: areas.All(0b011), HeldM2: areas.All(0b111), OutsideM2: areas.Of(0b001) + areas.Of(0b101)}, fronts(0.998, 0), fronts(1.002, 1e-5)}
}
