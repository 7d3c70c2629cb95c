package store

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data"
)

func TestACopyFollowsAndIsAWitness(t *testing.T) {
	ctx := context.Background()
	from, to := opened(t, filepath.Join(quick(t), "a")), opened(t, filepath.Join(quick(t), "b"))
	copied := func(want bool) {
		t.Helper()
		changed, err := to.Copy(ctx, from)
		if err != nil || changed != want {
			t.Fatalf("%v %v", changed, err)
		}
	}
	copied(false)
	published(t, from, version(t, "here", 40), by("ann", 0))
	published(t, from, version(t, "here", 41), by("ann", 1))
	published(t, from, version(t, "there", 50), by("ann", 1))
	copied(true)
	copied(false)
	if _, err := Rollback(ctx, from, "here", "1", by("ann", 2)); err != nil {
		t.Fatal(err)
	}
	copied(true)
	for _, id := range []string{"here", "there"} {
		if got, want := told(t, to, id), told(t, from, id); !slices.Equal(got, want) {
			t.Errorf("%s: %v, not %v", id, got, want)
		}
	}
	if report := sound(t, to); report.Snapshots != 3 {
		t.Errorf("%+v", report)
	}

	// A store that begins anew, and one that ends earlier, are not followed.
	other, shorter := opened(t, filepath.Join(quick(t), "c")), opened(t, filepath.Join(quick(t), "d"))
	published(t, other, version(t, "here", 10), by("eve", 0))
	chain, err := from.History(ctx, "here")
	if err != nil {
		t.Fatal(err)
	}
	if err := shorter.Append(ctx, version(t, "here", 40), chain[0]); err != nil {
		t.Fatal(err)
	}
	for _, rewritten := range []*Directory{other, shorter, opened(t, filepath.Join(quick(t), "e"))} {
		if changed, err := to.Copy(ctx, rewritten); changed || !errors.Is(err, data.ErrTampered) {
			t.Errorf("%v %v", changed, err)
		}
	}
	// So are those that were rewritten and are as long, or longer: from the
	// beginning, or from an entry in the middle on.
	for length := 3; length <= 5; length++ {
		for same := range 2 {
			rewritten := opened(t, filepath.Join(quick(t), "f"))
			published(t, rewritten, version(t, "there", 50), by("ann", 1))
			for n := range length {
				if n < same {
					if err := rewritten.Append(ctx, version(t, "here", 40), chain[0]); err != nil {
						t.Fatal(err)
					}
					continue
				}
				published(t, rewritten, version(t, "here", 40+n), by("eve", n))
			}
			ended, cancel := context.WithTimeout(ctx, 10*time.Second) // what is taken for another server that copies is waited for
			changed, err := to.Copy(ended, rewritten)
			cancel()
			if changed || !errors.Is(err, data.ErrTampered) {
				t.Errorf("%d entries, %d of them the same: %v %v", length, same, changed, err)
			}
		}
	}
	sound(t, to)
}

func TestServersOfOneMachineShareACopy(t *testing.T) {
	path := filepath.Join(quick(t), "copy")
	from := opened(t, filepath.Join(quick(t), "store"))
	for n := range 8 {
		published(t, from, version(t, "here", 40+n%5), by("ann", n))
	}
	var all sync.WaitGroup
	for range 4 {
		to := opened(t, path)
		all.Go(func() {
			if _, err := to.Copy(context.Background(), from); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	to := opened(t, path)
	if got := told(t, to, "here"); len(got) != 8 {
		t.Error(got)
	}
	sound(t, to)
}
