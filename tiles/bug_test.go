package tiles

import (
	"context"
	"testing"

	"github.com/demarc-map/demarc/internal/carry"
)

func TestAPanicWhileTilesAreWarmedIsThatOfWhoWarmsAndSpoilsNoOtherTile(t *testing.T) {
	set, err := NewTileset(t.Context(), sampleLayers(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	whole := set.canvases.New
	set.canvases.New = func() any { return (*canvas)(nil) }
	if carry.Recover(func() { _, _ = set.Warm(context.Background(), 1000, 2) }) == nil {
		t.Error("tiles were made on no canvas")
	}
	set.canvases.New = whole
	if n, err := set.Warm(context.Background(), 1000, 2); err != nil || n == 0 {
		t.Errorf("after the panic: %d tiles, %v", n, err)
	}
}
