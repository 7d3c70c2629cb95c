package data

import (
	"slices"
	"sync"
)

// latest holds what was computed for the keys asked for last. It is safe for
// concurrent use; its zero value holds nothing.
type latest[K comparable, V any] struct {
	mu   sync.Mutex
	held []*computed[K, V] // asked for last at the end
}

// computed is what belongs to a key, once somebody has computed it.
type computed[K comparable, V any] struct {
	key   K
	mu    sync.Mutex
	known bool
	value V
}

// of returns what belongs to a key and keeps at most so many. It is computed by
// whoever asks first; who asks meanwhile waits, and computes it when the first gave up.
func (l *latest[K, V]) of(key K, most int, compute func() (V, error)) (V, error) {
	found := l.entry(key, most)
	found.mu.Lock()
	defer found.mu.Unlock()
	if found.known {
		return found.value, nil
	}
	value, err := compute()
	if err != nil {
		var none V
		return none, err
	}
	found.value, found.known = value, true
	return value, nil
}

func (l *latest[K, V]) entry(key K, most int) *computed[K, V] {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := slices.IndexFunc(l.held, func(other *computed[K, V]) bool { return other.key == key })
	found := &computed[K, V]{key: key}
	if i >= 0 {
		found = l.held[i]
		l.held = slices.Delete(l.held, i, i+1)
	}
	if l.held = append(l.held, found); len(l.held) > most {
		l.held = slices.Delete(l.held, 0, 1)
	}
	return found
}
