package web

import (
	"bytes"
	"io"
	"net/http"
	"strings"

	"golang.org/x/sync/semaphore"
)

// bodies bounds the memory that all request bodies take together. A body
// counts for what has arrived of it, so that many slow senders who announce
// much hold little.
type bodies struct {
	each int64 // bytes of one body
	free *semaphore.Weighted
}

// newBodies bounds one body and all of them together, in bytes; all hold at
// least two of the largest.
func newBodies(each, all int64) *bodies {
	return &bodies{each, semaphore.NewWeighted(max(all, 2*each+2*bodyChunk))}
}

// bodyChunk is what is reserved at a time.
const bodyChunk = 64 << 10

// hold reads the body of a request into memory and puts it in its place.
// release, which is never nil, gives the memory back. The error is
// http.MaxBytesError beyond the limit for one body, ErrBusy beyond the limit
// for all, and 415 for a compressed body, which is never unpacked.
func (b *bodies) hold(r *http.Request) (release func(), err error) {
	if limit := b.each; r.ContentLength > limit {
		return func() {}, &http.MaxBytesError{Limit: limit}
	}
	held := int64(0)
	release = func() { b.free.Release(held) }
	if coding := r.Header.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return release, &Problem{Status: http.StatusUnsupportedMediaType, Detail: "a body is sent without Content-Encoding",
			Header: http.Header{"Accept-Encoding": {"identity"}}}
	}
	var text bytes.Buffer
	for {
		if !b.free.TryAcquire(bodyChunk) {
			return release, ErrBusy
		}
		held += bodyChunk
		switch n, err := io.CopyN(&text, r.Body, bodyChunk); {
		case err == io.EOF:
			if n == 0 && held > bodyChunk { // the chunk was not needed
				held -= bodyChunk
				b.free.Release(bodyChunk)
			}
			r.Body = io.NopCloser(&text)
			return release, nil
		case err != nil:
			return release, BadBody(err)
		}
	}
}
