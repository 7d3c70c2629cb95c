package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"
	"github.com/demarc-map/demarc/server"
)

// shelf is what serve --store serves from: the store, and a folder that is
// read. They are the same unless the store is a database; then the folder is a
// copy, so that no request waits for the database, and a server that starts
// without it serves what it knew.
type shelf struct {
	from  store.Store
	local *store.Directory
	held  map[string]*data.Snapshot // what was loaded last, by name
}

// openShelf opens the store of serve; where the copy of a database is kept is
// told by copy.
func openShelf(ctx context.Context, where, copy string) (*shelf, error) {
	if !store.IsPostGIS(where) {
		local, err := store.CreateDirectory(where)
		if err != nil {
			return nil, fmt.Errorf("store: %w", err)
		}
		return &shelf{from: local, local: local}, nil
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
	return &shelf{from: from, local: local}, nil
}

func (s *shelf) close() error {
	if s.from == store.Store(s.local) {
		return s.local.Close()
	}
	return errors.Join(s.from.Close(), s.local.Close())
}

// update brings the copy up to date.
func (s *shelf) update(ctx context.Context) error {
	if s.from == store.Store(s.local) {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, copyTimeout)
	defer cancel()
	_, err := s.local.Copy(ctx, s.from)
	return err
}

// copyTimeout bounds one update, of which the next goes on where it ended.
const copyTimeout = time.Minute

// errEmptyShelf means that nothing was published yet.
var errEmptyShelf = errors.New("nothing was published into the store yet")

// load reads what was published last of each dataset; what is held already is
// not read again. Loads take turns.
func (s *shelf) load(ctx context.Context) ([]*data.Snapshot, error) {
	heads, err := s.local.Heads(ctx)
	if err != nil {
		return nil, err
	}
	if len(heads) == 0 {
		return nil, errEmptyShelf
	}
	held := map[string]*data.Snapshot{}
	var all []*data.Snapshot
	for _, id := range slices.Sorted(maps.Keys(heads)) {
		name := heads[id].Snapshot
		snapshot := s.held[name]
		if snapshot == nil {
			if snapshot, err = store.Open(ctx, s.local, name); err != nil {
				return nil, err
			}
		}
		held[name] = snapshot
		all = append(all, snapshot)
	}
	s.held = held
	return all, nil
}

// follow tells on changed when there is something else to serve, until the
// context ends, and the server how it goes.
func (s *shelf) follow(ctx context.Context, web *server.Server, changed chan<- struct{}) {
	var served map[string]store.Entry // told of; the first time what may have been loaded already
	var err error
	for ctx.Err() == nil {
		if err == nil {
			err = s.update(ctx)
		}
		heads, localErr := s.local.Heads(ctx)
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
		err = s.from.Wait(ctx)
	}
}

// loadWith loads the folders and the store.
func (o *serving) loadWith(s *shelf, log *slog.Logger) server.Load {
	return func(ctx context.Context) ([]*data.Snapshot, error) {
		if s == nil {
			return loadSettled(ctx, o.folders, o.embedded)
		}
		if err := s.update(ctx); err != nil {
			log.Warn("the store is away; its copy is served", "error", err)
		}
		all, err := s.load(ctx)
		if err != nil || len(o.folders) == 0 && !o.embedded {
			return all, err
		}
		others, err := loadSettled(ctx, o.folders, o.embedded)
		for _, other := range others {
			if slices.ContainsFunc(all, func(one *data.Snapshot) bool { return one.Dataset.ID == other.Dataset.ID }) {
				err = errors.Join(err, fmt.Errorf("the dataset %q is in the store and in a folder", other.Dataset.ID))
			}
		}
		return append(all, others...), err
	}
}
