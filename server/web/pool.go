package web

import (
	"context"
	"sync/atomic"

	"golang.org/x/sync/semaphore"
)

// Pool is memory for what is under way, in bytes, about. It is safe for
// concurrent use.
type Pool struct {
	limit int64
	free  *semaphore.Weighted
	held  atomic.Int64
}

// NewPool returns a pool of so many bytes.
func NewPool(limit int64) *Pool { return &Pool{limit: limit, free: semaphore.NewWeighted(limit)} }

// Take waits until so many bytes are free, of all that wait in their order; what
// is larger than the pool takes all of it. give gives them back. The error is
// why ctx ended.
func (p *Pool) Take(ctx context.Context, bytes int64) (give func(), err error) {
	bytes = min(bytes, p.limit)
	if err := p.free.Acquire(ctx, bytes); err != nil {
		return nil, context.Cause(ctx)
	}
	p.held.Add(bytes)
	return func() { p.give(bytes) }, nil
}

// take takes bytes that are free, and reports whether they were.
func (p *Pool) take(bytes int64) bool {
	if !p.free.TryAcquire(bytes) {
		return false
	}
	p.held.Add(bytes)
	return true
}

func (p *Pool) give(bytes int64) {
	p.held.Add(-bytes)
	p.free.Release(bytes)
}

// Held is how many bytes are taken, of how many.
func (p *Pool) Held() (held, limit int64) { return p.held.Load(), p.limit }
