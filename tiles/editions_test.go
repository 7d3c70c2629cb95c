package tiles

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/gaza"
)

// walked returns the embedded dataset, and n editions of it that are like its first.
func walked(t testing.TB, n int) (*data.Snapshot, []data.Edition) {
	t.Helper()
	s, _, err := data.Read(context.Background(), gaza.Files)
	if err != nil {
		t.Fatal(err)
	}
	all := make([]data.Edition, n)
	for i := range all {
		all[i] = data.Edition{Epoch: s.Epochs[0], Basis: "traced"}
		all[i].Epoch.From += data.Date(i)
	}
	return s, all
}

func TestHoweverManyAskAnEditionIsMadeOnceAndAdmittedFirst(t *testing.T) {
	s, all := walked(t, 1)
	var admitted, left atomic.Int64
	atlas, err := NewAtlas(t.Context(), s, Options{Admit: func(_ context.Context, bytes int64) (func(), error) {
		if bytes <= 0 {
			t.Errorf("it is said to take %d bytes", bytes)
		}
		admitted.Add(1)
		return func() { left.Add(1) }, nil
	}})
	if err != nil || admitted.Load() != 0 {
		t.Fatalf("the first edition is admitted %d times, %v", admitted.Load(), err)
	}
	var asked sync.WaitGroup
	for range 40 {
		asked.Go(func() {
			if _, err := atlas.Tile(t.Context(), all[0], 10, 610, 417); err != nil {
				t.Error(err)
			}
		})
	}
	asked.Wait()
	if admitted.Load() != 1 || left.Load() != 1 {
		t.Errorf("admitted %d times, left %d times", admitted.Load(), left.Load())
	}
	if _, err := atlas.Tile(t.Context(), data.Edition{Epoch: all[0].Epoch, Basis: "line-cut"}, 30, 0, 0); !errors.Is(err, ErrOutside) || admitted.Load() != 1 {
		t.Errorf("for a tile that there is not, an edition is made: %v", err)
	}
}

func TestAnEditionThatIsNotAdmittedIsNotMade(t *testing.T) {
	s, all := walked(t, 1)
	full := errors.New("full")
	atlas, err := NewAtlas(t.Context(), s, Options{Lazy: true, Admit: func(context.Context, int64) (func(), error) { return nil, full }})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := atlas.Tile(t.Context(), all[0], 10, 610, 417); !errors.Is(err, full) {
		t.Errorf("%v", err)
	}
}

func TestMakingAnEditionEndsWhenNobodyWaitsForIt(t *testing.T) {
	s, all := walked(t, 1)
	synctest.Test(t, func(t *testing.T) {
		ended := false
		atlas, err := NewAtlas(t.Context(), s, Options{Lazy: true, Admit: func(ctx context.Context, _ int64) (func(), error) {
			<-ctx.Done()
			ended = true
			return nil, context.Cause(ctx)
		}})
		if err != nil {
			t.Fatal(err)
		}
		ctx, leave := context.WithCancel(t.Context())
		go func() { _, _ = atlas.Tile(ctx, all[0], 10, 610, 417) }()
		synctest.Wait()
		if ended {
			t.Error("it ends while somebody waits")
		}
		leave()
		if synctest.Wait(); !ended {
			t.Error("it goes on for nobody")
		}
	})
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := newTileset(ended, sampleLayers(), nil, Options{MaxZoom: 16, Extent: 4096, Tolerance: 1}, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("a tileset is made for nobody: %v", err)
	}
}

func TestEditionsAreHeldByTheirBytesAndTheirTilesOutliveThem(t *testing.T) {
	s, all := walked(t, 20)
	store := NewStore(0)
	atlas, err := NewAtlas(t.Context(), s, Options{Store: store, Lazy: true})
	if err != nil {
		t.Fatal(err)
	}
	first, err := atlas.edition(t.Context(), all[0])
	if err != nil {
		t.Fatal(err)
	}
	one := first.bytes()
	if cost := atlas.cost(all[0]); cost < one {
		t.Errorf("an edition of %d bytes is said to take %d while it is made", one, cost)
	}
	tile, err := first.Tile(t.Context(), 10, 610, 417)
	if err != nil || tile == nil {
		t.Fatal(tile, err)
	}
	store.HoldEditions(3 * one)
	for _, e := range all {
		if _, err := atlas.edition(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		if held, limit := store.EditionsHeld(); held <= 0 || held > limit {
			t.Fatalf("%d of %d bytes are held", held, limit)
		}
	}
	again, err := atlas.edition(t.Context(), all[0])
	if err != nil || again == first {
		t.Fatalf("the first edition is held, %v", err)
	}
	if same, err := again.Tile(t.Context(), 10, 610, 417); err != nil || same != tile {
		t.Errorf("the tile of an edition that was let go is made anew, %v", err)
	}
}
