package geo

import (
	"fmt"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func TestTheSignOfAZeroLeavesNoTrace(t *testing.T) {
	minus := math.Copysign(0, -1)
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) orb.MultiPolygon {
			r := rectangle(0, 0, float64(rapid.IntRange(1, 3).Draw(t, name+" width")), float64(rapid.IntRange(1, 3).Draw(t, name+" height")))
			r = moved(r, float64(rapid.IntRange(-1, 1).Draw(t, name+" x")), float64(rapid.IntRange(-1, 1).Draw(t, name+" y")), 1)
			for i := range r {
				for axis := range 2 {
					if r[i][axis] == 0 && rapid.Bool().Draw(t, name+" −0") {
						r[i][axis] = minus
					}
				}
			}
			return layerOf(r)
		}
		a, b := draw("a"), draw("b")
		for _, op := range []operation{Union, Intersection, SymmetricDifference} {
			p, q := mustShape(t, op, a, b), mustShape(t, op, b, a)
			if fmt.Sprint(p) != fmt.Sprint(q) {
				t.Fatalf("%v\n%v", p, q)
			}
			for _, r := range ringsOf(p) {
				for _, v := range r {
					if v[0] == 0 && math.Signbit(v[0]) || v[1] == 0 && math.Signbit(v[1]) {
						t.Fatalf("−0 in %v", p)
					}
				}
			}
		}
	})
}

func TestSwappedOperandsThatSpanMoreThanATurnGiveTheSameLandPerhapsATurnAway(t *testing.T) {
	a, b := layerOf(rectangle(170, 0, 190, 10)), layerOf(rectangle(-190, 0, -170, 10))
	p, q := mustShape(t, Intersection, a, b), mustShape(t, Intersection, b, a)
	if p.Bound().Min[0] != 170 || q.Bound().Min[0] != -190 {
		t.Errorf("from %v and from %v", p.Bound().Min[0], q.Bound().Min[0])
	}
	if x, y := mustArea(t, p), mustArea(t, q); x != y {
		t.Errorf("%v m², swapped %v", x, y)
	}
	both := mustOverlay(t, Options{}, p, q)
	if total := both.Total(); math.Abs(both.Of(3)-total) > 1e-12*total {
		t.Errorf("%v m² of %v in common", both.Of(3), total)
	}
}

func TestAPolygonThatItsHoleCoversHasNoArea(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRing(t, "r")
		p := orb.MultiPolygon{{r, reversed(rotated(r, rapid.IntRange(0, len(r)-1).Draw(t, "start")))}}
		if covered := mustOverlay(t, Options{}, p).Total(); covered != 0 {
			t.Fatalf("it covers %v m²", covered)
		}
		if clean, err := Clean(t.Context(), p, NonZero); err != nil || len(clean) != 0 {
			t.Fatalf("cleaned: %v, %v", clean, err)
		}
		law(t, "44 its area is none", mustArea(t, p), ofArea(mustArea(t, r))+ofMeasuring(r))
	})
}
