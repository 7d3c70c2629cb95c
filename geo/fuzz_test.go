package geo

import (
	"context"
	"encoding/binary"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
)

// FuzzArea gives any coordinates at all to whatever measures: it must refuse
// them, or give a finite area that obeys the laws and that the overlay finds too.
func FuzzArea(f *testing.F) {
	f.Add(coordinateBytes(0, 0, 10, 0, 10, 10, 0, 10))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := coordinatesFrom(data)
		a, err := Area(r)
		if err != nil {
			if a != 0 {
				t.Fatalf("area %v beside error %v", a, err)
			}
			return
		}
		if math.IsNaN(a) || a < 0 || a > 1e15*float64(len(r)+1) {
			t.Fatalf("area %v", a)
		}
		r = openRing(r)
		tolerance := 2e-14*a + 1e-4*(planarPerimeter(r)+float64(len(r)))
		if len(r) > 1 {
			if b := mustArea(t, rotated(r, 1)); math.Abs(a-b) > tolerance {
				t.Fatalf("%v, but %v from the next vertex on", a, b)
			}
		}
		if !ambiguousRing(r) { // as a hole that may be read the other way
			if b := mustArea(t, orb.MultiPolygon{{r, r}}); b > tolerance {
				t.Fatalf("a polygon less itself has the area %v", b)
			}
		}
		over := mustOverlay(t, Options{}, layerOf(r))
		if over.Total() > 5.101e14 {
			t.Fatalf("overlay %v is larger than the Earth", over.Total())
		}
		if len(r) == 3 && math.Abs(over.Total()-a) > tolerance {
			t.Fatalf("a triangle of %v, but %v as an overlay", a, over.Total())
		}
		if x := mustIndex(t, r); len(r) > 0 && len(r) < 50 {
			for _, p := range r {
				if !x.Contains(p) {
					t.Fatalf("vertex %v is not contained", p)
				}
				if _, d, bearing, ok := x.Nearest(p); !ok || !(d <= 1e-6) || !(0 <= bearing && bearing < 360) {
					t.Fatalf("vertex %v: %v m, bearing %v, %v", p, d, bearing, ok)
				}
			}
		}
	})
}

func ambiguousRing(r orb.Ring) bool {
	for i, p := range r {
		if turnBetween(p, r[(i+1)%len(r)]) != 0 {
			return true
		}
	}
	return false
}

func coordinateBytes(values ...float64) (data []byte) {
	for _, v := range values {
		data = binary.LittleEndian.AppendUint64(data, math.Float64bits(v))
	}
	return data
}

func coordinatesFrom(data []byte) (r orb.Ring) {
	for ; len(data) >= 16 && len(r) < 1000; data = data[16:] {
		r = append(r, orb.Point{
			math.Float64frombits(binary.LittleEndian.Uint64(data)),
			math.Float64frombits(binary.LittleEndian.Uint64(data[8:])),
		})
	}
	return r
}

// FuzzOverlay compares with a second method, brute and slow, on rings of few
// places, where vertices and edges often coincide.
func FuzzOverlay(f *testing.F) {
	f.Add([]byte{0, 0, 0, 8, 0, 8, 8, 0, 8, 255, 255, 4, 4, 12, 4, 12, 12, 4, 12})
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) == 0 || len(data) > 120 {
			return
		}
		layers := layersFrom(data)
		opt := Options{planar: true, Workers: 1, FillRule: FillRule(data[0] & 1)}
		got := mustOverlay(t, opt, layers...)
		want := bruteOverlay(layers, opt.FillRule)
		for mask := uint(1); mask < 1<<len(layers); mask++ {
			if math.Abs(got.Of(mask)-want[mask]) > 1e-11 {
				t.Fatalf("combination %b: %v, by brute force %v, of %v", mask, got.Of(mask), want[mask], layers)
			}
		}
		last := len(layers) - 1
		prepared, err := Prepare(layers[:last], opt)
		if err != nil {
			t.Fatal(err)
		}
		part, err := prepared.Overlay(context.Background(), layers[last])
		if err != nil {
			t.Fatal(err)
		}
		for mask := uint(1) << last; mask < 2<<last; mask++ {
			if math.Abs(part.Of(mask)-want[mask]) > 1e-11 {
				t.Fatalf("prepared: combination %b: %v, by brute force %v, of %v", mask, part.Of(mask), want[mask], layers)
			}
		}
	})
}

// layersFrom reads pairs of bytes: a vertex on a grid of 16 × 16, or from 200
// on the end of a ring, hole, polygon or layer. The first byte says how far off
// the grid the vertices are.
func layersFrom(data []byte) []orb.MultiPolygon {
	off := [4]float64{0, 1e-16, 1e-12, 1e-3}[data[0]>>1&3]
	layers := []orb.MultiPolygon{{{{}}}}
	for i := 1; i+1 < len(data); i += 2 {
		x, y := data[i], data[i+1]
		layer := &layers[len(layers)-1]
		polygon := &(*layer)[len(*layer)-1]
		switch {
		case x < 200:
			ring := &(*polygon)[len(*polygon)-1]
			*ring = append(*ring, orb.Point{float64(x%16) + off*float64(x/16), float64(y%16) + off*float64(y/16)})
		case y < 80:
			*polygon = append(*polygon, orb.Ring{})
		case y < 160 || len(layers) == 4:
			*layer = append(*layer, orb.Polygon{{}})
		default:
			layers = append(layers, orb.MultiPolygon{{{}}})
		}
	}
	return layers
}

// bruteOverlay cuts the plane at every vertex and every crossing, and asks in
// the middle of every piece between two edges which layers cover it.
func bruteOverlay(layers []orb.MultiPolygon, rule FillRule) map[uint]float64 {
	type edge struct{ a, b orb.Point }
	var edges []edge
	var xs []float64
	for _, layer := range layers {
		for _, polygon := range layer {
			for _, r := range polygon {
				for i, p := range r {
					q := r[(i+1)%len(r)]
					xs = append(xs, p[0])
					if p[0] > q[0] {
						p, q = q, p
					}
					if p[0] < q[0] {
						edges = append(edges, edge{p, q})
					}
				}
			}
		}
	}
	at := func(e edge, x float64) float64 { return e.a[1] + (e.b[1]-e.a[1])*((x-e.a[0])/(e.b[0]-e.a[0])) }
	for i, e := range edges {
		for _, f := range edges[:i] {
			west, east := max(e.a[0], f.a[0]), min(e.b[0], f.b[0])
			d1, d2 := at(e, west)-at(f, west), at(e, east)-at(f, east)
			if west < east && d1*d2 < 0 {
				xs = append(xs, west+(east-west)*(d1/(d1-d2)))
			}
		}
	}
	slices.Sort(xs)
	areas := map[uint]float64{}
	for i := 1; i < len(xs); i++ {
		middle := xs[i-1] + (xs[i]-xs[i-1])/2
		var ys []float64
		for _, e := range edges {
			if e.a[0] <= xs[i-1] && xs[i] <= e.b[0] {
				ys = append(ys, at(e, middle))
			}
		}
		slices.Sort(ys)
		for j := 1; j < len(ys); j++ {
			if p := (orb.Point{middle, ys[j-1] + (ys[j]-ys[j-1])/2}); ys[j-1] < ys[j] {
				areas[bruteMask(layers, rule, p)] += (xs[i] - xs[i-1]) * (ys[j] - ys[j-1])
			}
		}
	}
	return areas
}

func bruteMask(layers []orb.MultiPolygon, rule FillRule, p orb.Point) (mask uint) {
	for i, layer := range layers {
		for _, polygon := range layer {
			inside, parity := false, 0
			for j, r := range polygon {
				w := windingOf(r, p)
				parity += w
				if j == 0 {
					inside = w != 0
				} else if w != 0 {
					inside = false
				}
			}
			if rule == EvenOdd {
				inside = parity%2 != 0
			}
			if inside {
				mask |= 1 << i
			}
		}
	}
	return mask
}

// windingOf counts the edges above p.
func windingOf(r orb.Ring, p orb.Point) (w int) {
	for i, a := range r {
		b, step := r[(i+1)%len(r)], 1
		if a[0] > b[0] {
			a, b, step = b, a, -1
		}
		if a[0] <= p[0] && p[0] < b[0] && a[1]+(b[1]-a[1])*((p[0]-a[0])/(b[0]-a[0])) > p[1] {
			w += step
		}
	}
	return w
}
