package data_test

import (
	"context"
	"math"
	"slices"
	"sync"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/internal/drawn"
	"github.com/demarc-map/demarc/internal/referee"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func TestHeldLandIsByCombinationOfPartiesWhatTheOverlayMeasures(t *testing.T) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		s, _, err := data.Read(ctx, drawn.Dataset(t))
		if err != nil {
			t.Fatal(err)
		}
		e := data.Edition{Epoch: rapid.SampledFrom(s.Epochs).Draw(t, "epoch"), Basis: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "basis")}
		basis, _ := s.BasisByID(e.Basis)
		layers := make([]orb.MultiPolygon, len(s.Dataset.Parties))
		for _, z := range s.Zones {
			if z.Basis == e.Basis && z.Valid.Contains(e.Epoch.From) && basis.HoldsBy(z.Status) {
				k := slices.IndexFunc(s.Dataset.Parties, func(p data.Party) bool { return p.ID == z.Party })
				layers[k] = append(layers[k], z.Shape...)
			}
		}
		areas, err := geo.Overlay(ctx, layers, geo.Options{})
		if err != nil {
			t.Fatal(err)
		}
		lands, err := s.HeldLand(ctx, e)
		if err != nil {
			t.Fatal(err)
		}
		var sum float64
		for _, land := range lands {
			if err := referee.Valid(land.Shape); err != nil {
				t.Fatalf("%v: %v", land.Parties, err)
			}
			mask := uint(0)
			for _, party := range land.Parties {
				mask |= 1 << slices.IndexFunc(s.Dataset.Parties, func(p data.Party) bool { return p.ID == party })
			}
			got, err := geo.Area(land.Shape)
			if err != nil {
				t.Fatal(err)
			}
			if d := math.Abs(got - areas.Of(mask)); d > landTolerance {
				t.Fatalf("%v hold %g m², %g off the overlay", land.Parties, got, d)
			}
			sum += got
		}
		if d := math.Abs(sum - areas.Total()); d > landTolerance {
			t.Fatalf("%g m² are held in all, %g off the overlay", sum, d)
		}
	})
}

// landTolerance is more than crossings move on the grid: 0.1 mm along borders of
// some hundred kilometres, in square metres.
const landTolerance = 100

func TestHeldLandIsComputedOnceHoweverManyAskAndOneMayGiveUp(t *testing.T) {
	s := embedded()
	e, err := s.Edition("", date(t, "2026-01-20"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, _ = s.HeldLand(ctx, e) // whatever it answers, the next one is answered
	answers := make([][]data.Land, 8)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() { answers[i], _ = s.HeldLand(context.Background(), e) })
	}
	all.Wait()
	for _, land := range answers {
		if len(land) == 0 || &land[0] != &answers[0][0] {
			t.Fatal("held land is missing, or was computed more than once")
		}
	}
}
