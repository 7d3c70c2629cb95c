package server

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/demarc-map/demarc/data"
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

// trouble is why the store cannot be followed.
type trouble struct {
	since time.Time
	why   string
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
