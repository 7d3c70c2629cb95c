package tiles_test

import (
	"context"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/tiles"
)

// However many editions were asked for since, a tile of the first is the same.
func TestAnEditionThatWasLetGoIsMadeAgainAlike(t *testing.T) {
	snapshot, _, err := data.Read(context.Background(), gaza.Files)
	if err != nil {
		t.Fatal(err)
	}
	atlas, err := tiles.NewAtlas(context.Background(), snapshot, tiles.Options{})
	if err != nil {
		t.Fatal(err)
	}
	first := data.Edition{Epoch: snapshot.Epochs[0], Basis: "traced"}
	before, err := atlas.Tile(context.Background(), first, 10, 610, 417)
	if err != nil {
		t.Fatal(err)
	}
	for day := range data.Date(40) { // editions that begin on different days of the same epoch
		e := first
		e.Epoch.From += day + 1
		if _, err := atlas.Tile(context.Background(), e, 10, 610, 417); err != nil {
			t.Fatal(err)
		}
	}
	after, err := atlas.Tile(context.Background(), first, 10, 610, 417)
	if err != nil || after.Hash() != before.Hash() {
		t.Errorf("another tile, %v", err)
	}
}

func TestWarmingHoldsTheLowestZooms(t *testing.T) {
	snapshot, _, err := data.Read(context.Background(), gaza.Files)
	if err != nil {
		t.Fatal(err)
	}
	atlas, err := tiles.NewAtlas(context.Background(), snapshot, tiles.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if made, err := atlas.Warm(context.Background(), 32, 0); err != nil || made < 11 || made > 32 {
		t.Errorf("%d tiles, %v", made, err)
	}
}
