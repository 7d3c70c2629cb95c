package web

import (
	"context"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
)

// Gate lets a bounded number of requests work at once and a bounded number
// wait for their turn; a request beyond that is refused at once, which costs
// nothing and keeps the others fast. No client has more than half of the places,
// and turns go from client to client, so that who asks once does not wait
// behind all of one who asks without end. It is safe for concurrent use.
type Gate struct {
	works, waits int // how many may, at once
	share        int // of the places that one client may hold
	shed         atomic.Uint64

	mu      sync.Mutex
	working int
	queue   []*waiter // in the order in which they came
	turns   uint64    // that there have been
	clients map[netip.Prefix]*guest
}

// guest is a client that holds places.
type guest struct {
	places, working int
	turn            uint64 // its last one, 0 for none yet
}

// waiter is a request that waits for its turn.
type waiter struct {
	*guest
	turn chan struct{} // closed when it has come
}

// NewGate returns a gate for so many requests at work and so many that wait.
func NewGate(working, waiting int) *Gate {
	return &Gate{works: working, waits: waiting, share: max(1, (working+waiting)/2), clients: map[netip.Prefix]*guest{}}
}

// Enter waits for a turn; leave gives it back. The error is ErrBusy when the
// queue is full, or the part of it that the client may have, or why ctx ended.
func (g *Gate) Enter(ctx context.Context) (leave func(), err error) {
	client := visitorOf(ctx).client
	w := g.sit(client)
	if w == nil {
		g.shed.Add(1)
		return nil, ErrBusy
	}
	select {
	case <-w.turn:
		return func() { g.rise(client, w) }, nil
	case <-ctx.Done():
		g.rise(client, w)
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

// sit takes a place for a client, nil where there is none for it.
func (g *Gate) sit(client netip.Prefix) *waiter {
	g.mu.Lock()
	defer g.mu.Unlock()
	of := g.clients[client]
	if of == nil {
		of = &guest{}
	}
	if client.IsValid() && of.places >= g.share || g.working+len(g.queue) >= g.works+g.waits {
		return nil
	}
	g.clients[client] = of
	of.places++
	w := &waiter{of, make(chan struct{})}
	g.queue = append(g.queue, w)
	g.call()
	return w
}

// rise gives a place back, from work or from the queue.
func (g *Gate) rise(client netip.Prefix, w *waiter) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if i := slices.Index(g.queue, w); i >= 0 {
		g.queue = slices.Delete(g.queue, i, i+1)
	} else {
		g.working--
		w.working--
	}
	if w.places--; w.places == 0 {
		delete(g.clients, client)
	}
	g.call()
}

// call gives turns while there are any: to the client with the least at work, of
// those the one whose last turn is longest ago, of its requests the first.
func (g *Gate) call() {
	for g.working < g.works && len(g.queue) > 0 {
		next := 0
		for i, w := range g.queue {
			if first := g.queue[next]; w.working < first.working || w.working == first.working && w.guest.turn < first.guest.turn {
				next = i
			}
		}
		w := g.queue[next]
		g.queue = slices.Delete(g.queue, next, next+1)
		g.turns++
		g.working++
		w.working++
		w.guest.turn = g.turns
		close(w.turn)
	}
}

// at says how many requests work and how many wait.
func (g *Gate) at() (working, waiting int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.working, len(g.queue)
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
