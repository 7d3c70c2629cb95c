package archive

import (
	"context"
	"testing"

	"github.com/demarc-map/demarc/internal/carry"
)

func TestAPanicWhileTilesAreMadeIsThatOfWhoWantsTheArchive(t *testing.T) {
	b := batch{tiles: make([]tile, 10)}
	if carry.Recover(func() { _ = b.make(context.Background(), nil, nil, &Options{}) }) == nil {
		t.Error("tiles were made of no atlas")
	}
}
