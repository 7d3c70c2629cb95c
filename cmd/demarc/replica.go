package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
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
	last  map[string]*data.Snapshot // the same, by dataset

	damage atomic.Pointer[[]store.Damage] // that the last load met

	witness  *store.Witness
	remember func(context.Context, map[string][]store.Entry) error // how far the histories go
}

// openReplica opens the store of serve; where the copy of a database is kept is
// told by copy.
func openReplica(ctx context.Context, where, copy string) (*replica, error) {
	if !store.IsPostGIS(where) {
		local, err := store.CreateDirectory(where)
		if err != nil {
			return nil, fmt.Errorf("store: %w", err)
		}
		return &replica{from: local, local: local, witness: &store.Witness{}}, nil
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
	return &replica{from: from, local: local, witness: &store.Witness{}}, nil
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

// unanswered is how long a store may keep silent before the server says so: it
// may hang, and may not be away.
const unanswered = 10 * time.Second

// errUnanswered is what it says then.
var errUnanswered = fmt.Errorf("the store has not answered for %v", unanswered)

// errNothingPublished means that nothing was published yet.
var errNothingPublished = errors.New("nothing was published into the store yet")

// errNothingSigned means that nobody who is known signed what was published.
var errNothingSigned = errors.New("nothing in the store was signed by a key of --signed-by")

// load reads of each dataset what was published last and is whole; what is held
// already is not read again. A dataset of which nothing can be read stays as it
// was loaded before, and costs no other one anything. Loads take turns.
func (r *replica) load(ctx context.Context, o data.ReadOptions) ([]*data.Snapshot, error) {
	heads, err := r.local.Heads(ctx)
	if err != nil {
		return nil, err
	}
	damage, err := r.local.Damage(ctx)
	if err != nil {
		return nil, err
	}
	if len(heads)+len(damage) == 0 {
		return nil, errNothingPublished
	}
	held, last := map[string]*data.Snapshot{}, map[string]*data.Snapshot{}
	var all []*data.Snapshot
	for _, id := range slices.Sorted(maps.Keys(heads)) {
		snapshot, met, err := r.newest(ctx, id, o)
		if err != nil {
			return nil, err
		}
		damage = append(damage, met...)
		if snapshot == nil {
			snapshot = r.last[id]
		}
		if snapshot != nil {
			held[snapshot.Name()], last[id] = snapshot, snapshot
			all = append(all, snapshot)
		}
	}
	slices.SortFunc(damage, func(a, b store.Damage) int { return strings.Compare(a.String(), b.String()) })
	damage = slices.Compact(damage) // what may be of any dataset was met with each
	r.damage.Store(&damage)
	if len(all) == 0 {
		return nil, cmp.Or(r.damaged(), errNothingSigned)
	}
	r.held, r.last = held, last
	return all, nil
}

// newest returns the newest snapshot of a dataset that is whole, nil when there
// is none, and the damage that was met on the way.
func (r *replica) newest(ctx context.Context, id string, o data.ReadOptions) (*data.Snapshot, []store.Damage, error) {
	chain, damage, err := r.local.Whole(ctx, id)
	if errors.Is(err, data.ErrTampered) {
		return nil, []store.Damage{{File: "its entries", Dataset: id, Detail: err.Error()}}, nil
	}
	if err != nil {
		return nil, nil, err
	}
	for _, e := range chain {
		if e.Withdraws != "" {
			o.Forget(e.Withdraws)
		}
	}
	tried := map[string]bool{}
	for _, e := range slices.Backward(chain) {
		if tried[e.Snapshot] {
			continue
		}
		if len(r.witness.Keys) > 0 && !e.SignedBy(r.witness.Keys) {
			continue // which distrusted tells
		}
		tried[e.Snapshot] = true
		if snapshot := r.held[e.Snapshot]; snapshot != nil {
			return snapshot, damage, nil
		}
		snapshot, err := store.OpenWith(ctx, r.local, e.Snapshot, o)
		if err == nil {
			return snapshot, damage, nil
		}
		var gone *store.Withdrawn
		if errors.As(err, &gone) {
			continue
		}
		if !errors.Is(err, data.ErrTampered) {
			return nil, nil, err
		}
		damage = append(damage, store.Damage{File: fmt.Sprintf("the snapshot of entry %d", e.Number), Dataset: id, Detail: err.Error()})
	}
	return nil, damage, nil
}

// damaged is what is wrong with the store, nil when nothing is.
func (r *replica) damaged() error {
	if met := r.damage.Load(); met != nil {
		return store.NewDamaged(*met)
	}
	return nil
}

// distrusted holds the histories against what is known of them from elsewhere,
// and remembers how far they go.
func (r *replica) distrusted(ctx context.Context) error {
	chains, err := chainsOf(ctx, r.local)
	if errors.Is(err, data.ErrTampered) {
		return nil // which load tells
	}
	if err != nil {
		return err
	}
	if doubts := r.witness.Doubts(chains); len(doubts) > 0 {
		err = &store.Distrusted{Reasons: doubts}
	}
	r.witness.Marks = store.Raise(r.witness.Marks, chains)
	return errors.Join(err, r.remember(ctx, chains))
}

// again is how often a store that is damaged is read again: somebody may put
// back what was lost without publishing anything.
const again = time.Minute

// updateOrTell updates the copy, and tells the server meanwhile when the store does
// not answer.
func (r *replica) updateOrTell(ctx context.Context, web *server.Server) error {
	done := make(chan struct{})
	told := carry.Go(func() {
		select {
		case <-time.After(unanswered):
			web.Follow(errUnanswered)
		case <-done:
		}
	}, func(bug *carry.Bug) { web.Bug("following the store", bug) })
	err := r.update(ctx)
	close(done)
	<-told
	return err
}

// follow tells on changed when there is something else to serve, until the
// context ends, and the server how it goes.
func (r *replica) follow(ctx context.Context, web *server.Server, changed chan<- struct{}) {
	var served map[string]store.Entry // told of; the first time what may have been loaded already
	var told time.Time
	var err, distrust error
	turn := func() {
		if err == nil {
			err = r.updateOrTell(ctx, web)
		}
		heads, localErr := r.local.Heads(ctx)
		if ctx.Err() != nil {
			return
		}
		if localErr == nil && !maps.Equal(heads, served) {
			distrust = r.distrusted(ctx)
		}
		damaged := r.damaged()
		web.Follow(errors.Join(err, localErr, distrust, damaged, r.local.Room()))
		if localErr == nil && (!maps.Equal(heads, served) || damaged != nil && time.Since(told) > again) {
			served, told = heads, time.Now()
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
