package web

import (
	"context"
	"net/netip"
	"sync"
	"sync/atomic"
)

// Gate lets a bounded number of requests work at once and a bounded number
// wait for their turn; a request beyond that is refused at once, which costs
// nothing and keeps the others fast. No client has more than half of the places,
// so that one who asks without end leaves room for others. It is safe for
// concurrent use.
type Gate struct {
	seats   chan struct{} // one held by each request at work or waiting
	working chan struct{} // one held by each request at work
	share   int           // of the seats that one client may hold
	shed    atomic.Uint64

	mu    sync.Mutex
	taken map[netip.Prefix]int // seats, of each client that holds any
}

// NewGate returns a gate for so many requests at work and so many that wait.
func NewGate(working, waiting int) *Gate {
	return &Gate{seats: make(chan struct{}, working+waiting), working: make(chan struct{}, working),
		share: max(1, (working+waiting)/2), taken: map[netip.Prefix]int{}}
}

// Enter waits for a turn; leave gives it back. The error is ErrBusy when the
// queue is full, or the part of it that the client may have, or why ctx ended.
func (g *Gate) Enter(ctx context.Context) (leave func(), err error) {
	client := visitorOf(ctx).client
	if !g.sit(client) {
		g.shed.Add(1)
		return nil, ErrBusy
	}
	select {
	case g.working <- struct{}{}:
		return func() {
			<-g.working
			g.rise(client)
		}, nil
	case <-ctx.Done():
		g.rise(client)
		return nil, context.Cause(ctx)
	}
}

// EnterWith waits for a turn and then for so many bytes of a pool.
func (g *Gate) EnterWith(ctx context.Context, p *Pool, bytes int64) (leave func(), err error) {
	rise, err := g.Enter(ctx)
	if err != nil {
		return nil, err
	}
	give, err := p.Take(ctx, bytes)
	if err != nil {
		rise()
		return nil, err
	}
	return func() {
		give()
		rise()
	}, nil
}

// sit takes a seat for a client, and reports whether there is one for it.
func (g *Gate) sit(client netip.Prefix) bool {
	if client.IsValid() {
		g.mu.Lock()
		defer g.mu.Unlock()
		if g.taken[client] >= g.share {
			return false
		}
	}
	select {
	case g.seats <- struct{}{}:
	default:
		return false
	}
	if client.IsValid() {
		g.taken[client]++
	}
	return true
}

// rise gives the seat of a client back.
func (g *Gate) rise(client netip.Prefix) {
	<-g.seats
	if !client.IsValid() {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.taken[client]--; g.taken[client] == 0 {
		delete(g.taken, client)
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
