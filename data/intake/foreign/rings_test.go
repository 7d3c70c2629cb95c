package foreign

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/demarc-map/demarc/internal/referee"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// nestedRings draws rings that do not cross: each is in a cell of its parent's, some
// touch what they are in at a corner. It returns the number of the ring around each.
func nestedRings(t *rapid.T) (rings []orb.Ring, around []int) {
	type cell struct {
		box    orb.Bound
		parent int
	}
	free := []cell{{orb.Bound{Max: orb.Point{64, 64}}, -1}}
	for range rapid.IntRange(1, 12).Draw(t, "rings") {
		i := rapid.IntRange(0, len(free)-1).Draw(t, "cell")
		c := free[i]
		free = slices.Delete(free, i, i+1)
		r := ringIn(c.box, rapid.IntRange(0, 3).Draw(t, "shape"))
		rings, around = append(rings, r), append(around, c.parent)
		inner := innerBox(c.box)
		middle := orb.Point{(inner.Min[0] + inner.Max[0]) / 2, (inner.Min[1] + inner.Max[1]) / 2}
		for _, corner := range []orb.Point{inner.Min, inner.Max, {inner.Min[0], inner.Max[1]}, {inner.Max[0], inner.Min[1]}} {
			free = append(free, cell{corner.Bound().Union(middle.Bound()), len(rings) - 1})
		}
	}
	return rings, around
}

// innerBox is what every ring of ringIn has inside.
func innerBox(b orb.Bound) orb.Bound {
	w, h := (b.Max[0]-b.Min[0])/4, (b.Max[1]-b.Min[1])/4
	return orb.Bound{Min: orb.Point{b.Min[0] + w, b.Min[1] + h}, Max: orb.Point{b.Max[0] - w, b.Max[1] - h}}
}

// ringIn is a ring in a box, counter-clockwise, that touches the box with its corners.
func ringIn(b orb.Bound, shape int) orb.Ring {
	in := innerBox(b)
	x0, y0, x1, y1 := b.Min[0], b.Min[1], b.Max[0], b.Max[1]
	switch shape {
	case 0: // a box
		return orb.Ring{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}
	case 1: // a diamond
		return orb.Ring{{(x0 + x1) / 2, y0}, {x1, (y0 + y1) / 2}, {(x0 + x1) / 2, y1}, {x0, (y0 + y1) / 2}, {(x0 + x1) / 2, y0}}
	case 2: // one with a corner
		return orb.Ring{{x0, y0}, {in.Max[0], in.Min[1]}, {in.Max[0], in.Max[1]}, {in.Min[0], in.Max[1]}, {x0, y0}}
	}
	return orb.Ring{in.Min, {in.Max[0], in.Min[1]}, in.Max, {in.Min[0], in.Max[1]}, in.Min}
}

// canonical writes a polygon as text, whichever vertex its rings begin at and in
// whichever order its holes are.
func canonical(mp orb.MultiPolygon) []string {
	var all []string
	for _, p := range mp {
		var holes []string
		for _, r := range p[1:] {
			holes = append(holes, fmt.Sprint(fromLowest(r)))
		}
		slices.Sort(holes)
		all = append(all, fmt.Sprint(fromLowest(p[0]), holes))
	}
	slices.Sort(all)
	return all
}

func fromLowest(r orb.Ring) []orb.Point {
	open := slices.Clone(r[:len(r)-1])
	at := 0
	for i, p := range open {
		if cmp.Or(cmp.Compare(p[0], open[at][0]), cmp.Compare(p[1], open[at][1])) < 0 {
			at = i
		}
	}
	return append(open[at:len(open):len(open)], open[:at]...)
}

// scattered are rings in another order and beginning elsewhere, those of an even depth
// clockwise when esri, else counter-clockwise; the others the other way.
func scattered(t *rapid.T, rings []orb.Ring, around []int, esri bool) []orb.Ring {
	depth := depths(around)
	var all []orb.Ring
	for i, r := range rings {
		open := slices.Clone(r[:len(r)-1])
		start := rapid.IntRange(0, len(open)-1).Draw(t, "start")
		turned := orb.Ring(append(open[start:len(open):len(open)], open[:start]...))
		turned = append(turned, turned[0])
		if (depth[i]%2 == 0) == esri {
			turned.Reverse()
		}
		all = append(all, turned)
	}
	return rapid.Permutation(all).Draw(t, "order")
}

func TestShellsAndHolesAreFoundInAnyOrderOfTheRings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rings, around := nestedRings(t)
		depth := depths(around)
		var want orb.MultiPolygon
		number := map[int]int{}
		for i, r := range rings {
			if depth[i]%2 == 0 {
				number[i] = len(want)
				want = append(want, orb.Polygon{r})
			}
		}
		for i, r := range rings {
			if depth[i]%2 == 1 {
				hole := slices.Clone(r)
				hole.Reverse()
				want[number[around[i]]] = append(want[number[around[i]]], hole)
			}
		}
		got, doubt := fromRings(scattered(t, rings, around, true))
		if doubt != "" || !slices.Equal(canonical(got), canonical(want)) {
			t.Fatalf("%s\n%v\n%v", doubt, canonical(got), canonical(want))
		}
		if len(rings) < 2 {
			return
		}
		got, doubt = fromRings(scattered(t, rings, around, false))
		if doubt == "" || !slices.Equal(canonical(got), canonical(want)) {
			t.Fatalf("the other way round: %s\n%v\n%v", doubt, canonical(got), canonical(want))
		}
	})
}

func TestAHoleInNoShellIsAShellAndIsTold(t *testing.T) {
	shell, hole, far := ringIn(orb.Bound{Max: orb.Point{8, 8}}, 0), ringIn(orb.Bound{Min: orb.Point{2, 2}, Max: orb.Point{3, 3}}, 0), ringIn(orb.Bound{Min: orb.Point{20, 2}, Max: orb.Point{30, 3}}, 0)
	shell.Reverse()
	got, doubt := fromRings([]orb.Ring{far, hole, shell})
	if len(got) != 2 || len(got[0]) != 1 || len(got[1]) != 2 || doubt == "" {
		t.Error(got, doubt)
	}
}

// Rings that cross have no order, so that any answer will do that is one.
func TestAnyRingsAtAllBecomePolygons(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(rapid.Float64Range(0, 4), rapid.SampledFrom([]float64{0, 1, 2, 3, 4, math.NaN(), math.Inf(1), -1e308, 5e-324}))
		var rings []orb.Ring
		size := 0
		for range rapid.IntRange(0, 8).Draw(t, "rings") {
			var r orb.Ring
			for range rapid.IntRange(0, 8).Draw(t, "points") {
				r = append(r, orb.Point{value.Draw(t, "x"), value.Draw(t, "y")})
			}
			rings = append(rings, r)
			size += len(r)
		}
		got, _ := fromRings(rings)
		for _, p := range got {
			for _, r := range p {
				size -= len(r)
			}
		}
		if size != 0 {
			t.Fatal("vertices were lost or came twice")
		}
	})
}

func TestManyRingsInEachOtherTakeTheTimeOfTheirNumber(t *testing.T) {
	referee.Figures(t)
	const n = 100_000 // a step for each pair of them would take minutes
	rings := make([]orb.Ring, n)
	for i := range rings {
		r := float64(n-i) / n
		rings[i] = orb.Ring{{r, 0}, {0, r}, {-r, 0}, {0, -r}, {r, 0}}
		if i%2 == 0 {
			rings[i].Reverse()
		}
	}
	began := time.Now()
	got, doubt := fromRings(rings)
	if took := time.Since(began); len(got) != n/2 || doubt != "" || took > 30*time.Second {
		t.Error(len(got), doubt, took)
	}
}
