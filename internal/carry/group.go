package carry

import (
	"context"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// Group waits for workers of which each may fail, as errgroup.Group does; a
// worker that panics ends the others too, and its panic is that of Wait.
type Group struct {
	workers *errgroup.Group
	bug     atomic.Pointer[Bug] // the first
}

// NewGroup returns a group, and a context for its workers that ends at the first
// error or panic and when Wait returns.
func NewGroup(ctx context.Context) (*Group, context.Context) {
	workers, ctx := errgroup.WithContext(ctx)
	return &Group{workers: workers}, ctx
}

// SetLimit bounds how many workers run at once. It comes before Go.
func (g *Group) SetLimit(n int) { g.workers.SetLimit(n) }

// Go starts a worker, once there are fewer than the limit.
func (g *Group) Go(work func() error) {
	g.workers.Go(func() error {
		var err error
		if bug := Recover(func() { err = work() }); bug != nil {
			g.bug.CompareAndSwap(nil, bug)
			return bug
		}
		return err
	})
}

// Wait waits for all workers and returns the first error. It panics with the Bug
// of a worker, whatever else failed.
func (g *Group) Wait() error {
	err := g.workers.Wait()
	if bug := g.bug.Load(); bug != nil {
		panic(bug)
	}
	return err
}
