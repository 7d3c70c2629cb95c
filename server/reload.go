package server

import (
	"context"
	"errors"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/carry"
)

// reload loads the datasets and publishes them, all or none: when one is
// refused, what was served before goes on being served and the server tells
// that it is degraded. Attempts take turns.
func (s *state) reload(ctx context.Context, load Load) Reload {
	s.reloading.Lock()
	defer s.reloading.Unlock()
	begun, before := s.now(), s.current.Load()
	var options data.ReadOptions
	if before != nil { // requests come first
		options.Workers = 1
	}
	var snapshots []*data.Snapshot
	err := carry.Caught(func() (err error) {
		if snapshots, err = load(ctx, options); err != nil {
			return err
		}
		return s.publish(ctx, options.Workers, snapshots...)
	})
	if bug := (*carry.Bug)(nil); errors.As(err, &bug) {
		s.bug("loading", bug)
		err = errors.New("a bug ended the loading; the log has it")
	}
	done := Reload{OK: err == nil, At: begun.UTC(), Took: s.now().Sub(begun).Seconds(), Changed: []string{}, Snapshots: s.current.Load().Names()}
	if err != nil && ctx.Err() != nil { // given up, not refused: what is known of the data is what was known before
		done.Error = err.Error()
		return done
	}
	if err != nil {
		done.Faults, done.Error = faults(err), err.Error()
		s.counts.reloads.WithLabelValues("refused").Inc()
		if before != nil { // a first load that fails is the caller's to tell
			s.log.Error("reload refused; what was served before still is", "error", err)
		}
	} else {
		for _, snapshot := range snapshots {
			id := snapshot.Dataset.ID
			if old := before.Find(id); old == nil || old.Snapshot.Name() != snapshot.Name() {
				done.Changed = append(done.Changed, id)
			}
			s.log.Info("loaded", "dataset", id, "snapshot", snapshot.Name())
		}
		s.counts.reloads.WithLabelValues("ok").Inc()
		s.counts.reloaded.Set(float64(begun.Unix()))
	}
	s.lastReload.Store(&done)
	s.tellDegraded()
	return done
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
