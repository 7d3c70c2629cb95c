package web

import (
	"context"
	"sync/atomic"
)

// Gate lets a bounded number of requests work at once and a bounded number
// wait for their turn; a request beyond that is refused at once, which costs
// nothing and keeps the others fast. It is safe for concurrent use.
type Gate struct {
	seats   chan struct{} // one held by each request at work or waiting
	working chan struct{} // one held by each request at work
	shed    atomic.Uint64
}

// NewGate returns a gate for so many requests at work and so many that wait.
func NewGate(working, waiting int) *Gate {
	return &Gate{seats: make(chan struct{}, working+waiting), working: make(chan struct{}, working)}
}

// Enter waits for a turn; leave gives it back. The error is ErrBusy when the
// queue is full, or why ctx ended.
func (g *Gate) Enter(ctx context.Context) (leave func(), err error) {
	select {
	case g.seats <- struct{}{}:
	default:
		g.shed.Add(1)
		return nil, ErrBusy
	}
	select {
	case g.working <- struct{}{}:
		return func() { <-g.working; <-g.seats }, nil
	case <-ctx.Done():
		<-g.seats
		return nil, context.Cause(ctx)
	}
}

// Behind puts a computation behind the gate.
func (g *Gate) Behind(compute func(context.Context) (*Answer, error)) func(context.Context) (*Answer, error) {
	return func(ctx context.Context) (*Answer, error) {
		leave, err := g.Enter(ctx)
		if err != nil {
			return nil, err
		}
		defer leave()
		return compute(ctx)
	}
}
