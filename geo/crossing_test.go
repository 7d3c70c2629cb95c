package geo

import (
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// gridRing draws a closed ring on a small grid, where touching is common.
func gridRing(t *rapid.T) orb.Ring {
	points := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) orb.Point {
		return orb.Point{float64(rapid.IntRange(0, 6).Draw(t, "x")), float64(rapid.IntRange(0, 6).Draw(t, "y"))}
	}), 3, 9).Draw(t, "points")
	r := orb.Ring(slices.Compact(points))
	return append(r, r[0])
}

// anyCrossing finds the first proper crossing by comparing all pairs of edges, and the
// ring of the later edge.
func anyCrossing(mp orb.MultiPolygon) (place orb.Point, ring int, found bool) {
	var earlier []segment
	number := 0
	for _, polygon := range mp {
		for _, r := range polygon {
			for i := 1; i < len(r); i++ {
				s := segment{r[i-1], r[i]}
				for _, t := range earlier {
					if place, found := s.cross(t); found {
						return place, number, true
					}
				}
				earlier = append(earlier, s)
			}
			number++
		}
	}
	return orb.Point{}, 0, false
}

func TestASimpleRingCoversItsOwnAreaAndHasNoCrossing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := gridRing(t)
		if !SimpleRing(r) {
			return
		}
		if at, _, crosses := anyCrossing(orb.MultiPolygon{{r}}); crosses {
			t.Fatalf("%v is simple, yet crosses itself at %v", r, at)
		}
		own, err := Area(orb.Polygon{r})
		if err != nil {
			t.Fatal(err)
		}
		covered, err := Overlay(t.Context(), []orb.MultiPolygon{{{r}}}, Options{})
		if err != nil || math.Abs(own-covered.Total()) > 1e-9*own {
			t.Fatalf("%v is simple, yet encloses %v and covers %v (%v)", r, own, covered.Total(), err)
		}
	})
}

// The index must not change what comparing all pairs says.
func TestSimplicityIsTheSameForDensifiedRings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := gridRing(t)
		if len(r) < 4 {
			return
		}
		var dense orb.Ring
		for i := 1; i < len(r); i++ {
			for k := range 16 { // sixteenths of small whole numbers are exact
				f := float64(k) / 16
				dense = append(dense, orb.Point{r[i-1][0] + f*(r[i][0]-r[i-1][0]), r[i-1][1] + f*(r[i][1]-r[i-1][1])})
			}
		}
		dense = append(dense, dense[0])
		if SimpleRing(dense) != SimpleRing(r) {
			t.Fatalf("%v is simple: %v, densified: %v", r, SimpleRing(r), SimpleRing(dense))
		}
	})
}

func TestInRingAgreesWithTheIndex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := gridRing(t)
		if !SimpleRing(r) {
			return
		}
		index, err := NewIndex(orb.Polygon{r})
		if err != nil {
			t.Fatal(err)
		}
		p := orb.Point{float64(rapid.IntRange(-1, 14).Draw(t, "x")) / 2, float64(rapid.IntRange(-1, 14).Draw(t, "y")) / 2}
		if InRing(r, p) != index.Contains(p) {
			t.Fatalf("%v in %v: %v, by the index %v", p, r, InRing(r, p), index.Contains(p))
		}
	})
}
