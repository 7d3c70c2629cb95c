package archive

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/paulmach/orb"
)

// ending ends a context when it is written to the first time.
type ending struct {
	end   context.CancelFunc
	taken int
}

func (e *ending) Write(b []byte) (int, error) {
	e.end()
	e.taken += len(b)
	return len(b), nil
}

// A file of tiles that are all made already is put together, which a context stops too.
func TestPuttingALargeArchiveTogetherStopsWithItsContext(t *testing.T) {
	j := large(t, 12_000)
	d := &description{minZoom: 12, maxZoom: 12, bound: orb.Bound{Min: orb.Point{-180, -85}, Max: orb.Point{180, 85}}}

	ctx, cancel := context.WithCancel(context.Background())
	w := &ending{end: cancel}
	if err := encodePMTiles(ctx, w, j, d); !errors.Is(err, context.Canceled) || w.taken == 0 {
		t.Errorf("PMTiles: %v after %d bytes", err, w.taken)
	}

	ctx, cancel = context.WithCancel(context.Background())
	defer cancel()
	file := filepath.Join(t.TempDir(), "a.mbtiles")
	go func() {
		for ctx.Err() == nil {
			if _, err := os.Stat(file); err == nil {
				cancel() // it is begun
			}
			time.Sleep(time.Millisecond)
		}
	}()
	if err := writeMBTiles(ctx, file, j, d); !errors.Is(err, context.Canceled) {
		t.Errorf("MBTiles: %v", err)
	}
}
