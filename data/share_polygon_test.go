package data_test

import (
	"context"
	"math"
	"testing"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// A polygon cut along a meridian that is no coordinate of any zone.
func TestTheSharesOfThePartsOfAPolygonAddUpToItsOwn(t *testing.T) {
	ctx := context.Background()
	box := func(west, south, east, north float64) orb.MultiPolygon {
		return orb.MultiPolygon{{{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}}}
	}
	rapid.Check(t, func(t *rapid.T) {
		at := func(name string, low, high float64) float64 { return rapid.Float64Range(low, high).Draw(t, name) }
		west, south := at("west", 34.31, 34.55), at("south", 31.21, 31.45)
		cut, east, north := at("cut", west+0.01, west+0.05), at("east", west+0.06, west+0.2), at("north", south+0.01, south+0.2)
		ask := func(shape orb.MultiPolygon) data.Inside {
			inside, err := embedded().ShareInside(ctx, data.Query{AsOf: data.Date(739636)}, shape)
			if err != nil {
				t.Skip(err)
			}
			return inside
		}
		whole, left, right := ask(box(west, south, east, north)), ask(box(west, south, cut, north)), ask(box(cut, south, east, north))
		for _, figure := range []struct {
			name               string
			whole, left, right float64
		}{
			{"held", whole.HeldKm2, left.HeldKm2, right.HeldKm2}, {"land", whole.TerritoryKm2, left.TerritoryKm2, right.TerritoryKm2},
			{"polygon", whole.PolygonKm2, left.PolygonKm2, right.PolygonKm2}, {"outside", whole.OutsideKm2, left.OutsideKm2, right.OutsideKm2},
		} {
			// An overlay promises 2e-14 of an area; a grid would be off by some 1e-3 m².
			if off := 1e6 * math.Abs(figure.left+figure.right-figure.whole); off > 1e-8+1e6*2e-14*figure.whole {
				t.Fatalf("%s: the parts differ from the whole by %v m²", figure.name, off)
			}
		}
	})
}
