package data_test

import (
	"context"
	"testing"

	"github.com/demarc-map/demarc/data"

	"pgregory.net/rapid"
)

func TestAMeanOfEqualAccuraciesIsThatAccuracyAndAHalfIsFifty(t *testing.T) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		s := place(t, drawZones(t))
		share, err := s.Share(ctx, data.Query{AsOf: data.DateOf(epochStart)})
		if err != nil {
			t.Fatal(err)
		}
		if share.Uncertainty.FrontKm > 0 && share.Uncertainty.AccuracyM != 50 {
			t.Fatalf("the mean of accuracies that are all 50 m is %v", share.Uncertainty.AccuracyM)
		}
		// Half of the width, at any height and in any number of pieces, is half of the land.
		west, zones := 10, []drawnZone{}
		for east := west; east < 25; west = east {
			east = rapid.IntRange(west+1, 25).Draw(t, "east")
			zones = append(zones, drawnZone{rectangle: rectangle{west, 10, east, 40}, basis: "a"})
		}
		if share, err = place(t, zones).Share(ctx, data.Query{AsOf: data.DateOf(epochStart)}); err != nil || share.Percent != 50 {
			t.Fatalf("half is %v %%, %v", share.Percent, err)
		}
	})
}
