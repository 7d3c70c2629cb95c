package server

import (
	"context"
	"net/http"
	"sync/atomic"
)

// gate lets a bounded number of requests work at once and a bounded number
// wait for their turn; who comes beyond that is refused at once, which costs
// nothing, instead of making everybody slow. It is safe for concurrent use.
type gate struct {
	seats   chan struct{} // one held by each request at work or waiting
	working chan struct{} // one held by each request at work
	shed    atomic.Uint64
}

func newGate(working, waiting int) *gate {
	return &gate{seats: make(chan struct{}, working+waiting), working: make(chan struct{}, working)}
}

// errBusy refuses a request beyond the queue.
var errBusy = &problem{status: http.StatusServiceUnavailable, detail: "the server is busy with other requests of this kind",
	header: http.Header{"Retry-After": {"2"}}}

// enter waits for a turn; leave gives it back. The error is errBusy when the
// queue is full, or why ctx ended.
func (g *gate) enter(ctx context.Context) (leave func(), err error) {
	select {
	case g.seats <- struct{}{}:
	default:
		g.shed.Add(1)
		return nil, errBusy
	}
	select {
	case g.working <- struct{}{}:
		return func() { <-g.working; <-g.seats }, nil
	case <-ctx.Done():
		<-g.seats
		return nil, context.Cause(ctx)
	}
}

// behind puts a computation behind the gate.
func (g *gate) behind(compute func(context.Context) (*answer, error)) func(context.Context) (*answer, error) {
	return func(ctx context.Context) (*answer, error) {
		leave, err := g.enter(ctx)
		if err != nil {
			return nil, err
		}
		defer leave()
		return compute(ctx)
	}
}

// heavy is a resource that computes over what a client sent. The whole body is
// here before the request asks for a turn: a slow sender keeps nobody waiting.
func (s *Server) heavy(run resource) resource {
	return func(r *http.Request) (*answer, error) {
		release, err := s.bodies.hold(r)
		defer release()
		if err != nil {
			return nil, err
		}
		leave, err := s.posts.enter(r.Context())
		if err != nil {
			return nil, err
		}
		defer leave()
		return run(r)
	}
}
