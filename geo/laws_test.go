package geo

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"sync"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

var printLaws = flag.Bool("laws", false, "print the worst |error|/tolerance of every law")

// laws remembers how close each law came to its tolerance.
var laws = struct {
	sync.Mutex
	worst map[string]float64
}{worst: map[string]float64{}}

// law fails the test unless |d| is within its tolerance.
func law(t *rapid.T, name string, d, tolerance float64) {
	t.Helper()
	laws.Lock()
	laws.worst[name] = max(laws.worst[name], math.Abs(d)/tolerance)
	laws.Unlock()
	if !(math.Abs(d) <= tolerance) {
		t.Fatalf("%s: off by %g, tolerance %g", name, d, tolerance)
	}
}

func TestMain(m *testing.M) {
	code := m.Run()
	if flag.Parse(); *printLaws {
		for _, name := range slices.Sorted(maps.Keys(laws.worst)) {
			fmt.Printf("%-56s worst |error|/tolerance %.3g\n", name, laws.worst[name])
		}
	}
	os.Exit(code)
}

const degree2 = 1.2364e10 // square metres of a square degree at the equator, about

// The tolerances of the design: measuring alone, and new vertices that are
// rounded to double.
func ofArea(a float64) float64 { return 2e-14 * math.Abs(a) }
func ofMeasuring(rings ...orb.Ring) float64 {
	return 2e-17 * degree2 * planarPerimeter(rings...)
}
func ofRounding(rings ...orb.Ring) float64 {
	return 8e-15 * degree2 * planarPerimeter(rings...)
}

func planarPerimeter(rings ...orb.Ring) float64 {
	sum := 0.0
	for _, r := range rings {
		for i, p := range r {
			q := r[(i+1)%len(r)]
			sum += math.Hypot(q[0]-p[0], q[1]-p[1])
		}
	}
	return sum
}

// drawStar draws a star-shaped ring, not closed, sometimes on a coarse grid.
func drawStar(t *rapid.T, name string, at orb.Point, radius float64) orb.Ring {
	n := rapid.IntRange(3, 60).Draw(t, name+" vertices")
	phase := rapid.Float64Range(0, 6.28).Draw(t, name+" phase")
	digits := rapid.SampledFrom([]int{0, 7, 6, 5}).Draw(t, name+" digits")
	var r orb.Ring
	for i := range n {
		k := radius * rapid.Float64Range(.2, 1).Draw(t, name+" k")
		sin, cos := math.Sincos(phase + 2*math.Pi*float64(i)/float64(n))
		x, y := at[0]+k*cos, at[1]+k*sin
		if digits > 0 && radius > 1e-3 {
			grid := math.Pow10(digits)
			x, y = math.Round(x*grid)/grid, math.Round(y*grid)/grid
		}
		r = append(r, orb.Point{x, y})
	}
	return r
}

// drawRing draws a ring of 0.1 m to 25 km near Gaza.
func drawRing(t *rapid.T, name string) orb.Ring {
	radius := math.Pow(10, rapid.Float64Range(-6, -.6).Draw(t, name+" size"))
	return drawStar(t, name, orb.Point{
		rapid.Float64Range(34.2, 34.6).Draw(t, name+" lon"),
		rapid.Float64Range(31.2, 31.6).Draw(t, name+" lat"),
	}, radius)
}

// drawNear draws a ring that is likely to overlap another.
func drawNear(t *rapid.T, name string, r orb.Ring) orb.Ring {
	c, radius := middleOf(r)
	k := math.Pow(10, rapid.Float64Range(-1, .5).Draw(t, name+" size"))
	return drawStar(t, name, orb.Point{
		c[0] + radius*rapid.Float64Range(-1, 1).Draw(t, name+" dx"),
		c[1] + radius*rapid.Float64Range(-1, 1).Draw(t, name+" dy"),
	}, radius*k)
}

func middleOf(r orb.Ring) (orb.Point, float64) {
	b := r.Bound()
	return b.Center(), max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]) / 2
}

func mustSigned(t rapid.TB, r orb.Ring) float64 {
	t.Helper()
	a, err := SignedArea(r)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func mustArea(t rapid.TB, g orb.Geometry) float64 {
	t.Helper()
	a, err := Area(g)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func mustOverlay(t rapid.TB, opt Options, layers ...orb.MultiPolygon) Areas {
	t.Helper()
	a, err := Overlay(context.Background(), layers, opt)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// layerOf is a layer of polygons without holes.
func layerOf(rings ...orb.Ring) (layer orb.MultiPolygon) {
	for _, r := range rings {
		layer = append(layer, orb.Polygon{r})
	}
	return layer
}

func moved(r orb.Ring, dx, dy, ky float64) orb.Ring {
	out := slices.Clone(r)
	for i := range out {
		out[i] = orb.Point{out[i][0] + dx, out[i][1]*ky + dy}
	}
	return out
}

func reversed(r orb.Ring) orb.Ring {
	out := slices.Clone(r)
	slices.Reverse(out)
	return out
}

func rotated(r orb.Ring, k int) orb.Ring {
	return append(slices.Clone(r[k:]), r[:k]...)
}

// densified splits every edge into n.
func densified(r orb.Ring, n int) (out orb.Ring) {
	for i, p := range r {
		q := r[(i+1)%len(r)]
		for k := range n {
			f := float64(k) / float64(n)
			out = append(out, orb.Point{p[0] + (q[0]-p[0])*f, p[1] + (q[1]-p[1])*f})
		}
	}
	return out
}

func rectangle(west, south, east, north float64) orb.Ring {
	return orb.Ring{{west, south}, {east, south}, {east, north}, {west, north}}
}
