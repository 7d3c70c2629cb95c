package web

import (
	"context"
	"math"
	"time"

	"github.com/demarc-map/demarc/internal/carry"

	"github.com/maypok86/otter/v2"
)

// Cache keeps computed answers, bounded in bytes. A key names all that its
// answer was computed from, the snapshot first, so a reload never mixes old
// answers with new.
type Cache struct {
	held    *otter.Cache[string, *Answer]
	timeout time.Duration
	awaited carry.Flights[string, *Answer]
}

// NewCache returns a cache of so many bytes, about, that gives each computation
// so much time.
func NewCache(maxBytes uint64, timeout time.Duration) (*Cache, error) {
	held, err := otter.New(&otter.Options[string, *Answer]{
		MaximumWeight: maxBytes,
		Weigher: func(key string, a *Answer) uint32 {
			return uint32(min(512+len(key)+2*len(a.Body.Identity()), math.MaxUint32)) // about, once its compressed forms are made
		},
	})
	if err != nil {
		return nil, err
	}
	return &Cache{held: held, timeout: timeout}, nil
}

// Held is how many bytes are held, of how many.
func (c *Cache) Held() (held, limit int64) {
	return int64(c.held.WeightedSize()), int64(c.held.GetMaximum())
}

// Answer returns the answer held under a key, or computes and holds it. Many
// who ask at once share one computation, so it has the cache's time limit
// rather than the first asker's patience, and of the first asker's context the
// values only. Errors are not held.
func (c *Cache) Answer(asked context.Context, key string, compute func(context.Context) (*Answer, error)) (*Answer, error) {
	if held, ok := c.held.GetIfPresent(key); ok {
		return held, nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(asked), c.timeout)
	defer cancel()
	return c.held.Get(ctx, key, otter.LoaderFunc[string, *Answer](
		func(ctx context.Context, _ string) (*Answer, error) { return compute(ctx) }))
}

// WhileAwaited is as Answer, for what takes much memory: the computation ends when
// nobody waits for it any more.
func (c *Cache) WhileAwaited(asked context.Context, key string, compute func(context.Context) (*Answer, error)) (*Answer, error) {
	if held, ok := c.held.GetIfPresent(key); ok {
		return held, nil
	}
	return c.awaited.Do(asked, key, func(ctx context.Context) (*Answer, error) {
		if held, ok := c.held.GetIfPresent(key); ok { // made a moment ago
			return held, nil
		}
		ctx, cancel := context.WithTimeout(ctx, c.timeout)
		defer cancel()
		a, err := compute(ctx)
		if err == nil {
			c.held.Set(key, a)
		}
		return a, err
	})
}
