package geo

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/demarc-map/demarc/internal/referee"
)

// drawOnGrid draws rings with corners on a small grid, so that they touch often.
func drawOnGrid(t *rapid.T) orb.MultiPolygon {
	corner := rapid.Custom(func(t *rapid.T) orb.Point {
		return orb.Point{float64(rapid.IntRange(0, 6).Draw(t, "x")), float64(rapid.IntRange(0, 6).Draw(t, "y"))}
	})
	var mp orb.MultiPolygon
	for range rapid.IntRange(1, 2).Draw(t, "polygons") {
		var p orb.Polygon
		for range rapid.IntRange(1, 3).Draw(t, "rings") {
			r := orb.Ring(rapid.SliceOfNDistinct(corner, 3, 6, rapid.ID).Draw(t, "ring"))
			p = append(p, append(r, r[0]))
		}
		mp = append(mp, p)
	}
	return mp
}

// The referee compares all pairs of edges by other formulas. What it says of the
// sides on which rings lie, and how they are wound, is not asked of Flaws.
func TestPolygonsHaveNoFlawWhenTheRefereeFindsNone(t *testing.T) {
	valid, flawed := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		mp := drawOnGrid(t)
		flaws, err := Flaws(t.Context(), mp, 0)
		if err != nil {
			t.Fatal(err)
		}
		want := referee.Valid(mp)
		switch {
		case want == nil && len(flaws) > 0:
			t.Fatalf("%v is valid: %v", mp, flaws)
		case want == nil:
			valid++
		case len(flaws) > 0:
			flawed++
		case !strings.Contains(want.Error(), "wrong") && !strings.Contains(want.Error(), "within") && !strings.Contains(want.Error(), "overlap at"):
			t.Fatalf("%v has no flaw: %v", mp, want)
		}
	})
	if flawed == 0 || valid == 0 && !testing.Short() {
		t.Errorf("%d valid and %d flawed were drawn", valid, flawed)
	}
}

func TestEveryKindOfFlawIsNamed(t *testing.T) {
	box := orb.Ring{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}
	for name, c := range map[string]struct {
		mp   orb.MultiPolygon
		want FlawKind
	}{
		"a hole that touches once":           {orb.MultiPolygon{{box, {{0, 5}, {2, 6}, {2, 4}, {0, 5}}}}, ""},
		"a hole that touches twice":          {orb.MultiPolygon{{box, {{0, 5}, {5, 6}, {10, 5}, {5, 4}, {0, 5}}}}, InteriorCut},
		"a chain of holes from side to side": {orb.MultiPolygon{{box, {{0, 5}, {5, 6}, {5, 4}, {0, 5}}, {{5, 6}, {10, 6}, {8, 5}, {5, 6}}}}, InteriorCut},
		"holes in a ring round an island":    {orb.MultiPolygon{{box, {{4, 4}, {4, 6}, {3, 5}, {4, 4}}, {{4, 6}, {6, 6}, {5, 7}, {4, 6}}, {{6, 6}, {6, 4}, {7, 5}, {6, 6}}, {{6, 4}, {4, 4}, {5, 3}, {6, 4}}}}, InteriorCut},
		"a hole along the shell":             {orb.MultiPolygon{{box, {{0, 2}, {0, 4}, {3, 4}, {3, 2}, {0, 2}}}}, RingsShareEdge},
		"parts side by side":                 {orb.MultiPolygon{{box}, {{{10, 0}, {20, 0}, {20, 10}, {10, 10}, {10, 0}}}}, RingsShareEdge},
		"parts that touch twice":             {orb.MultiPolygon{{box}, {{{10, 0}, {20, 5}, {10, 10}, {15, 5}, {10, 0}}}}, ""},
		"a shell that touches itself":        {orb.MultiPolygon{{{{0, 0}, {10, 0}, {10, 10}, {5, 0}, {0, 10}, {0, 0}}}}, RingMeetsItself},
		"a spike":                            {orb.MultiPolygon{{{{0, 0}, {10, 0}, {15, 0}, {10, 0}, {10, 10}, {0, 0}}}}, RingMeetsItself},
		"edges that cross":                   {orb.MultiPolygon{{{{0, 0}, {10, 10}, {10, 0}, {0, 10}, {0, 0}}}}, EdgesCross},
		"rings that cross at common vertices": {orb.MultiPolygon{{{{0, 0}, {10, 0}, {10, 2}, {10, 8}, {10, 10}, {0, 10}, {0, 0}}},
			{{{8, 1}, {10, 2}, {12, 8}, {10, 8}, {8, 9}, {8, 1}}}}, RingsCrossAtPoint},
	} {
		t.Run(name, func(t *testing.T) {
			flaws, err := Flaws(t.Context(), c.mp, 0)
			if err != nil {
				t.Fatal(err)
			}
			if c.want == "" && len(flaws) > 0 || c.want != "" && (len(flaws) == 0 || flaws[0].Kind != c.want) {
				t.Errorf("%v", flaws)
			}
			place, ring, found := anyCrossing(c.mp)
			if found && (flaws[0].Place != place || flaws[0].Rings[1] != ring) {
				t.Errorf("%v, but comparing all pairs says %v, ring %d", flaws, place, ring)
			}
		})
	}
}

func TestLookingForFlawsEndsWithItsBudgetAndItsContext(t *testing.T) {
	var fan orb.Polygon // triangles that all touch in one point, so that every pair is compared
	for i := range 400 {
		x := float64(i) / 10
		fan = append(fan, orb.Ring{{0, 0}, {x, 80}, {x + .05, 80}, {0, 0}})
	}
	if _, err := Flaws(t.Context(), orb.MultiPolygon{fan}, 10000); !errors.Is(err, ErrBudget) {
		t.Errorf("beyond its budget: %v", err)
	}
	if flaws, err := Flaws(t.Context(), orb.MultiPolygon{fan}, 0); err != nil || len(flaws) > 0 {
		t.Errorf("without a budget: %v %v", flaws, err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	over := errors.New("over")
	cancel(over)
	if _, err := Flaws(ctx, orb.MultiPolygon{fan}, 0); !errors.Is(err, over) {
		t.Errorf("with a context that is over: %v", err)
	}
}
