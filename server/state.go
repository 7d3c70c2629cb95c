package server

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"
	"github.com/demarc-map/demarc/server/catalogue"
)

// Load reads and checks the snapshots to serve.
type Load func(context.Context, data.ReadOptions) ([]*data.Snapshot, error)

// Reload is what came of an attempt to load the datasets.
type Reload struct {
	OK        bool              `json:"ok"`
	At        time.Time         `json:"at"`
	Took      float64           `json:"took_seconds"`
	Changed   []string          `json:"changed"`          // datasets that are new or have a new snapshot
	Snapshots map[string]string `json:"snapshots"`        // what is served now
	Faults    []data.Fault      `json:"faults,omitempty"` // why it was refused, where the reason is in the data
	Error     string            `json:"error,omitempty"`
}

// trouble is what is wrong with the store.
type trouble struct {
	since time.Time
	err   error
}

// told is what /readyz says of it: where it is, and no more of its words.
func (t *trouble) told() map[string]any {
	out := map[string]any{"since": t.since}
	var damaged *store.Damaged
	var distrusted *store.Distrusted
	var said []string
	if errors.As(t.err, &damaged) {
		named := []map[string]string{}
		for _, d := range damaged.All[:min(len(damaged.All), 20)] {
			named = append(named, map[string]string{"file": d.File, "dataset": d.Dataset})
		}
		out["damaged"] = named
		said = append(said, "the store is damaged; the newest whole entry of each dataset is served")
	}
	if errors.As(t.err, &distrusted) {
		said = append(said, "a history is not the one that was signed, expected or seen before")
	}
	if errors.Is(t.err, store.ErrFull) {
		said = append(said, "the store has no space left, so that nothing can be published")
	}
	if len(said) == 0 {
		said = append(said, "the store cannot be followed; what was served before still is")
	}
	out["detail"] = strings.Join(said, "; ")
	return out
}

// state is what is served and how it came to be. It is safe for concurrent use.
type state struct {
	current     *catalogue.Current
	generations atomic.Uint64 // of catalogues
	holds       catalogue.Options
	now         func() time.Time
	log         *slog.Logger
	counts      *counts
	bug         func(during string, bug error)

	reloading  sync.Mutex // held by the reload that is under way
	lastReload atomic.Pointer[Reload]
	trouble    atomic.Pointer[trouble] // with the store
}

// publish makes the snapshots the ones that are served, all at once.
func (s *state) publish(ctx context.Context, workers int, snapshots ...*data.Snapshot) error {
	next, err := catalogue.New(ctx, s.generations.Add(1), snapshots, s.current.Load(), s.holds, workers)
	if err != nil {
		return err
	}
	s.current.Store(next)
	s.counts.served(data.DateOf(s.now()), snapshots)
	return nil
}

// tellDegraded sets the metric.
func (s *state) tellDegraded() {
	last, degraded := s.lastReload.Load(), 0.0
	if last != nil && !last.OK && s.current.Load() != nil || s.trouble.Load() != nil {
		degraded = 1
	}
	s.counts.degraded.Set(degraded)
}
