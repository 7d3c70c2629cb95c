package web

import (
	"net/http"
	"time"
)

const (
	chunk = 64 << 10 // bytes that are written before a client gets more time

	// chunkTime is how long a client may take for each chunk: a slow one gets the
	// whole of a file, one that takes nothing is cut off.
	chunkTime = 30 * time.Second
)

// patient writes to a client that may be slow. The first chunk has the time that
// every answer has.
type patient struct {
	http.ResponseWriter
	sent int64
}

func (w *patient) Write(b []byte) (n int, err error) {
	for len(b) > 0 && err == nil {
		if w.sent >= chunk {
			_ = http.NewResponseController(w.ResponseWriter).SetWriteDeadline(time.Now().Add(chunkTime)) // where there is none, nothing cuts it off
		}
		var written int
		written, err = w.ResponseWriter.Write(b[:min(len(b), chunk)])
		n, b, w.sent = n+written, b[written:], w.sent+int64(written)
	}
	return n, err
}
