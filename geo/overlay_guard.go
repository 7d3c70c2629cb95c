package geo

import (
	"context"
	"fmt"
	"sync/atomic"
)

// stepsBetweenChecks is how many steps a worker takes between two looks at the
// guard: well under a millisecond.
const stepsBetweenChecks = 4096

// guard stops the workers of one overlay when its context ends or its budget
// is spent. Looking at it costs one atomic load.
type guard struct {
	ctx     context.Context
	release func() bool
	stop    atomic.Bool
	budget  int64 // 0: none
	steps   atomic.Int64
}

func newGuard(ctx context.Context, budget int64) *guard {
	g := &guard{ctx: ctx, budget: budget}
	g.release = context.AfterFunc(ctx, func() { g.stop.Store(true) })
	return g
}

func (g *guard) stopped() bool { return g.stop.Load() }

// spend counts steps taken.
func (g *guard) spend(steps int64) {
	if total := g.steps.Add(steps); g.budget > 0 && total > g.budget {
		g.stop.Store(true)
	}
}

// err says why the work was stopped, if it was. The budget is asked first: the
// number of steps does not depend on time or workers.
func (g *guard) err() error {
	if g.budget > 0 && g.steps.Load() > g.budget {
		return fmt.Errorf("more than %d steps: %w", g.budget, ErrBudget)
	}
	if g.stop.Load() {
		return context.Cause(g.ctx)
	}
	return nil
}
