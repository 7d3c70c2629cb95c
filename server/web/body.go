package web

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// bodies bounds the memory that all request bodies take together, and those of
// one client. A body counts for what has arrived of it, so that many slow
// senders who announce much hold little; and where there is no room, the slowest
// of those that are still arriving makes some.
type bodies struct {
	each int64 // bytes of one body
	all  *Pool

	mu       sync.Mutex
	arriving map[*arrival]struct{}
	taken    map[netip.Prefix]int64 // bytes of each client that holds any
}

// arrival is a body that is being read.
type arrival struct {
	*visitor
	begun   time.Time
	held    int64 // bytes of memory
	arrived int64 // bytes of the body
	evicted bool
}

const (
	firstBody = 1 << 10     // bytes that are reserved for a body before any of it has come
	grace     = time.Second // a body that arrives is not called slow before

	// clientBodies is how many clients may fill all the memory for bodies.
	clientBodies = 2
)

// newBodies bounds one body and all of them together, in bytes; all hold at
// least two of the largest, with room to grow.
func newBodies(each, all int64) *bodies {
	return &bodies{each: each, all: NewPool(max(all, 4*(each+1))), arriving: map[*arrival]struct{}{}, taken: map[netip.Prefix]int64{}}
}

// hold reads the body of a request into memory and puts it in its place. size is
// that of the body; release, never nil, gives the memory back. The error is
// http.MaxBytesError beyond the limit for one body, ErrBusy beyond the limit
// for the client or for all, 408 for one that is so slow that it had to make
// room, and 415 for a compressed body, which is never unpacked.
func (b *bodies) hold(r *http.Request) (size int64, release func(), err error) {
	if limit := b.each; r.ContentLength > limit {
		return 0, func() {}, &http.MaxBytesError{Limit: limit}
	}
	if coding := r.Header.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return 0, func() {}, &Problem{Status: http.StatusUnsupportedMediaType, Detail: "a body is sent without Content-Encoding",
			Header: http.Header{"Accept-Encoding": {"identity"}}}
	}
	a := &arrival{visitor: visitorOf(r.Context()), begun: time.Now()}
	b.mu.Lock()
	b.arriving[a] = struct{}{}
	b.mu.Unlock()
	text, err := b.read(r, a)
	b.mu.Lock()
	delete(b.arriving, a)
	b.mu.Unlock()
	if err == nil {
		r.Body = io.NopCloser(bytes.NewReader(text))
	}
	return int64(len(text)), func() { b.give(a, a.held) }, err
}

// read reads a body, into twice the memory whenever what there is is full.
func (b *bodies) read(r *http.Request, a *arrival) ([]byte, error) {
	most := b.each + 1
	if r.ContentLength >= 0 {
		most = r.ContentLength + 1 // the end is found by reading on
	}
	var text []byte
	for size := min(firstBody, most); ; size = min(2*size, most) {
		if !b.take(r.Context(), a, size) {
			return nil, ErrBusy
		}
		grown := make([]byte, len(text), size)
		copy(grown, text)
		if text = grown; size > firstBody {
			b.give(a, a.held-size) // what the copy was made of
		}
		for len(text) < cap(text) {
			n, err := r.Body.Read(text[len(text):cap(text)])
			text = text[:len(text)+n]
			switch {
			case b.came(a, n):
				return nil, errSlowest
			case err == io.EOF:
				return text, nil
			case err != nil:
				return nil, BadBody(err)
			}
		}
		if size == most {
			return nil, &http.MaxBytesError{Limit: b.each}
		}
	}
}

// errSlowest ends a body that made room for others.
var errSlowest = &Problem{Status: http.StatusRequestTimeout, Detail: "the body arrived too slowly, and others needed its place"}

// came counts bytes that have arrived, and reports whether the body has to go.
func (b *bodies) came(a *arrival, n int) (evicted bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	a.arrived += int64(n)
	return a.evicted
}

// take takes memory for a body, and reports whether it got any: of what is free,
// else of what the slowest gives up, unless that is the body itself.
func (b *bodies) take(ctx context.Context, a *arrival, n int64) bool {
	for waited := time.Duration(0); ; waited += pause {
		full := b.takeFree(a, n)
		if full == nobody {
			return true
		}
		if waited >= grace || !b.evictFor(a, full) {
			return false
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return false
		}
	}
}

// pause is how long memory that is given up takes to be there.
const pause = 20 * time.Millisecond

// full says whose memory for bodies is used up.
type full int

const (
	nobody full = iota
	client      // all that the client may have
	everybody
)

// takeFree takes memory that is free.
func (b *bodies) takeFree(a *arrival, n int64) full {
	b.mu.Lock()
	defer b.mu.Unlock()
	if a.client.IsValid() && b.taken[a.client]+n > b.all.limit/clientBodies {
		return client
	}
	if !b.all.take(n) {
		return everybody
	}
	a.held += n
	if a.client.IsValid() {
		b.taken[a.client] += n
	}
	return nobody
}

// evictFor ends the slowest body that arrives, of the same client where that has
// all that it may have, and reports whether room is to be expected.
func (b *bodies) evictFor(a *arrival, full full) bool {
	now := time.Now()
	b.mu.Lock()
	defer b.mu.Unlock()
	var slowest *arrival
	for other := range b.arriving {
		if full == client && other.client != a.client {
			continue
		}
		if other.evicted {
			return true // it is about to go
		}
		if other == a || now.Sub(other.begun) < grace {
			continue
		}
		if slowest == nil || other.rate(now) < slowest.rate(now) {
			slowest = other
		}
	}
	if slowest == nil || now.Sub(a.begun) >= grace && a.rate(now) <= slowest.rate(now) {
		return false
	}
	slowest.evicted = true
	slowest.hangUp()
	return true
}

// rate is how many bytes arrived a second.
func (a *arrival) rate(now time.Time) float64 { return float64(a.arrived) / now.Sub(a.begun).Seconds() }

// give gives memory of a body back.
func (b *bodies) give(a *arrival, n int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	a.held -= n
	b.all.give(n)
	if a.client.IsValid() {
		if b.taken[a.client] -= n; b.taken[a.client] == 0 {
			delete(b.taken, a.client)
		}
	}
}
