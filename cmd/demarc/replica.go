package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"
	"github.com/demarc-map/demarc/internal/carry"
	"github.com/demarc-map/demarc/server"
)

// replica is what serve --store serves from: the store, and a folder that is
// read. They are the same unless the store is a database; then the folder is a
// copy, so that no request waits for the database, and a server that starts
// without it serves what it knew.
type replica struct {
	from  store.Store
	local *store.Directory
	held  map[string]*data.Snapshot // what was loaded last, by name
}

// openReplica opens the store of serve; where the copy of a database is kept is
// told by copy.
func openReplica(ctx context.Context, where, copy string) (*replica, error) {
	if !store.IsPostGIS(where) {
		local, err := store.CreateDirectory(where)
		if err != nil {
			return nil, fmt.Errorf("store: %w", err)
		}
		return &replica{from: local, local: local}, nil
	}
	if copy == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return nil, fmt.Errorf("--store-copy names the folder for the copy of the store: %w", err)
		}
		sum := sha256.Sum256([]byte(where))
		copy = filepath.Join(cache, "demarc", "store-"+hex.EncodeToString(sum[:6]))
	}
	from, err := store.OpenPostGIS(ctx, where)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	local, err := store.CreateDirectory(copy)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("--store-copy: %w", err), from.Close())
	}
	return &replica{from: from, local: local}, nil
}

func (r *replica) close() error {
	if r.from == store.Store(r.local) {
		return r.local.Close()
	}
	return errors.Join(r.from.Close(), r.local.Close())
}

// update brings the copy up to date.
func (r *replica) update(ctx context.Context) error {
	if r.from == store.Store(r.local) {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, copyTimeout)
	defer cancel()
	_, err := r.local.Copy(ctx, r.from)
	return err
}

// copyTimeout bounds one update, of which the next goes on where it ended.
const copyTimeout = time.Minute

// errNothingPublished means that nothing was published yet.
var errNothingPublished = errors.New("nothing was published into the store yet")

// load reads what was published last of each dataset; what is held already is
// not read again. Loads take turns.
func (r *replica) load(ctx context.Context, o data.ReadOptions) ([]*data.Snapshot, error) {
	heads, err := r.local.Heads(ctx)
	if err != nil {
		return nil, err
	}
	if len(heads) == 0 {
		return nil, errNothingPublished
	}
	held := map[string]*data.Snapshot{}
	var all []*data.Snapshot
	for _, id := range slices.Sorted(maps.Keys(heads)) {
		name := heads[id].Snapshot
		snapshot := r.held[name]
		if snapshot == nil {
			if snapshot, err = store.OpenWith(ctx, r.local, name, o); err != nil {
				return nil, err
			}
		}
		held[name] = snapshot
		all = append(all, snapshot)
	}
	r.held = held
	return all, nil
}

// follow tells on changed when there is something else to serve, until the
// context ends, and the server how it goes.
func (r *replica) follow(ctx context.Context, web *server.Server, changed chan<- struct{}) {
	var served map[string]store.Entry // told of; the first time what may have been loaded already
	var err error
	turn := func() {
		if err == nil {
			err = r.update(ctx)
		}
		heads, localErr := r.local.Heads(ctx)
		if ctx.Err() != nil {
			return
		}
		web.Follow(errors.Join(err, localErr))
		if localErr == nil && !maps.Equal(heads, served) {
			served = heads
			select {
			case changed <- struct{}{}:
			default: // it is told already
			}
		}
		err = r.from.Wait(ctx)
	}
	for ctx.Err() == nil {
		if bug := carry.Recover(turn); bug != nil {
			web.Bug("following the store", bug)
			web.Follow(errors.New("a bug; the log has it"))
			err = nil
			select {
			case <-time.After(time.Second):
			case <-ctx.Done():
			}
		}
	}
}
