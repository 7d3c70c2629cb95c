package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/demarc-map/demarc/data"
)

// Copy brings a Directory up to date with another store, so that it can be
// served from while the other is away, and tells whether anything was new.
//
// What is in the Directory already is a witness: a history that does not go on
// from there was rewritten, and is data.ErrTampered. What can be copied of
// other datasets is.
func (d *Directory) Copy(ctx context.Context, from Store) (changed bool, err error) {
	heads, err := from.Heads(ctx)
	if err != nil {
		return false, err
	}
	known, err := d.Heads(ctx)
	if err != nil {
		return false, err
	}
	var wrong []error
	for id := range known {
		if _, there := heads[id]; !there {
			wrong = append(wrong, fmt.Errorf("%s: %w: its history is gone from the store", id, data.ErrTampered))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(heads)) {
		if heads[id] == known[id] {
			continue
		}
		added, err := d.copyDataset(ctx, from, id)
		changed = changed || added
		if err != nil {
			wrong = append(wrong, err)
		}
	}
	return changed, errors.Join(wrong...)
}

func (d *Directory) copyDataset(ctx context.Context, from Store, id string) (changed bool, err error) {
	chain, err := from.History(ctx, id)
	if err != nil {
		return false, err
	}
	for {
		known, err := d.History(ctx, id)
		if err != nil {
			return changed, err
		}
		if n := len(known); n > len(chain) || n > 0 && chain[n-1].ID != known[n-1].ID {
			return changed, fmt.Errorf("%s: %w: the store's history does not go on from entry %d, %s, which was copied before", id, data.ErrTampered, n, known[n-1].ID)
		} else if n == len(chain) {
			return changed, nil
		}
		e := chain[len(known)]
		canonical, err := d.bytesOf(ctx, from, chain, e)
		if err != nil {
			return changed, err
		}
		err = d.append(ctx, e, canonical)
		var busy *Conflict
		switch {
		case errors.As(err, &busy): // another server of this machine copies the same
			if err := pause(ctx, 20*time.Millisecond); err != nil {
				return changed, err
			}
		case err != nil:
			return changed, err
		}
		changed = true
	}
}

// bytesOf finds the bytes of an entry that is to be copied; it returns nil for one
// that has none, or none any more.
func (d *Directory) bytesOf(ctx context.Context, from Store, chain []Entry, e Entry) (func() ([]byte, error), error) {
	if e.Withdraws != "" || WithdrawnIn(chain, e.Snapshot) != nil {
		return nil, nil
	}
	text, err := d.Canonical(ctx, e.Snapshot)
	if errors.Is(err, ErrUnknown) {
		text, err = from.Canonical(ctx, e.Snapshot)
	}
	return func() ([]byte, error) { return text, nil }, err
}
