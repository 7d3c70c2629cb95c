package server

import (
	"context"
	"errors"
	"time"

	"github.com/demarc-map/demarc/data"
)

// Load reads and checks the snapshots to serve.
type Load func(context.Context) ([]*data.Snapshot, error)

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

// Reload loads the datasets and publishes them, all or none: when one is
// refused, what was served before goes on being served and the server tells
// that it is degraded. Attempts take turns.
func (s *Server) Reload(ctx context.Context, load Load) Reload {
	s.reloading.Lock()
	defer s.reloading.Unlock()
	begun, before := s.options.Now(), s.current.Load()
	if before != nil { // requests come first
		ctx = data.Gently(ctx)
	}
	snapshots, err := load(ctx)
	if err == nil {
		err = s.Publish(ctx, snapshots...)
	}
	done := Reload{OK: err == nil, At: begun.UTC(), Took: s.options.Now().Sub(begun).Seconds(), Changed: []string{}, Snapshots: snapshotNames(s.current.Load())}
	if err != nil && ctx.Err() != nil { // given up, not refused: what is known of the data is what was known before
		done.Error = err.Error()
		return done
	}
	if err != nil {
		done.Faults, done.Error = faults(err), err.Error()
		s.metrics.reloads.WithLabelValues("refused").Inc()
		if before != nil { // a first load that fails is the caller's to tell
			s.options.Log.Error("reload refused; what was served before still is", "error", err)
		}
	} else {
		for _, snapshot := range snapshots {
			id := snapshot.Dataset.ID
			if old := before.find(id); old == nil || old.snapshot.Name() != snapshot.Name() {
				done.Changed = append(done.Changed, id)
			}
			s.options.Log.Info("loaded", "dataset", id, "snapshot", snapshot.Name())
		}
		s.metrics.reloads.WithLabelValues("ok").Inc()
		s.metrics.reloaded.Set(float64(begun.Unix()))
	}
	s.lastReload.Store(&done)
	s.tellDegraded()
	return done
}

// trouble is why the store cannot be followed.
type trouble struct {
	since time.Time
	why   string
}

// Follow tells the server how it goes with following the store: nil, or why it
// cannot. What is served stays; /readyz says degraded.
func (s *Server) Follow(err error) {
	before := s.trouble.Load()
	switch {
	case err == nil && before != nil:
		s.trouble.Store(nil)
		s.options.Log.Info("the store is followed again")
	case err != nil && (before == nil || before.why != err.Error()):
		now := &trouble{since: s.options.Now().UTC(), why: err.Error()}
		if before != nil {
			now.since = before.since
		}
		s.trouble.Store(now)
		s.options.Log.Error("the store cannot be followed; what was served before still is", "error", err)
	}
	s.tellDegraded()
}

// tellDegraded sets the metric.
func (s *Server) tellDegraded() {
	last, degraded := s.lastReload.Load(), 0.0
	if last != nil && !last.OK && s.current.Load() != nil || s.trouble.Load() != nil {
		degraded = 1
	}
	s.metrics.degraded.Set(degraded)
}

// faults collects the data faults in an error and all it is joined from.
func faults(err error) []data.Fault {
	var fault data.Fault
	switch e := err.(type) { //nolint:errorlint // one level at a time: errors.As would stop at the first fault
	case data.Fault:
		return []data.Fault{e}
	case interface{ Unwrap() []error }:
		var all []data.Fault
		for _, part := range e.Unwrap() {
			all = append(all, faults(part)...)
		}
		return all
	case nil:
		return nil
	}
	if errors.As(err, &fault) {
		return faults(errors.Unwrap(err))
	}
	return nil
}
