package carry

import (
	"context"
	"sync"
)

// Flights let many who ask for the same at once share one computation. Its zero
// value is ready; it is safe for concurrent use.
type Flights[K comparable, V any] struct {
	// GoOn says that a computation goes on when nobody waits for it any more; else
	// its context is cancelled then.
	GoOn bool

	mu    sync.Mutex
	under map[K]*flight[V]
}

// flight is one computation that is under way.
type flight[V any] struct {
	waiting int // how many wait for it
	cancel  context.CancelFunc
	ended   <-chan struct{}

	value V // once it has ended, these three
	err   error
	bug   *Bug
}

// Do returns what compute returns, of a computation that is under way for the
// key or of a new one. Its context has the values of the first asker's, but ends
// only when nobody waits. A panic of the computation is one of each who waits.
// The error may be why ctx ended.
func (f *Flights[K, V]) Do(ctx context.Context, key K, compute func(context.Context) (V, error)) (V, error) {
	shared := f.join(ctx, key, compute)
	select {
	case <-shared.ended:
		if shared.bug != nil {
			panic(shared.bug)
		}
		return shared.value, shared.err
	case <-ctx.Done():
		f.leave(key, shared)
		var none V
		return none, context.Cause(ctx)
	}
}

// join finds or begins the computation of a key.
func (f *Flights[K, V]) join(ctx context.Context, key K, compute func(context.Context) (V, error)) *flight[V] {
	f.mu.Lock()
	defer f.mu.Unlock()
	if shared := f.under[key]; shared != nil {
		shared.waiting++
		return shared
	}
	computing, cancel := context.WithCancel(context.WithoutCancel(ctx))
	shared := &flight[V]{waiting: 1, cancel: cancel}
	if f.under == nil {
		f.under = map[K]*flight[V]{}
	}
	f.under[key] = shared
	shared.ended = Go(func() {
		defer cancel()
		defer f.forget(key, shared)
		shared.value, shared.err = compute(computing)
	}, func(bug *Bug) { shared.bug = bug })
	return shared
}

// leave gives up waiting. The last to leave ends the computation, and who asks
// next begins another.
func (f *Flights[K, V]) leave(key K, shared *flight[V]) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if shared.waiting--; shared.waiting > 0 || f.GoOn {
		return
	}
	if f.under[key] == shared {
		delete(f.under, key)
	}
	shared.cancel()
}

// forget takes a computation that ends off the list.
func (f *Flights[K, V]) forget(key K, shared *flight[V]) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.under[key] == shared {
		delete(f.under, key)
	}
}
