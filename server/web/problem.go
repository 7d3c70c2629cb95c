package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
)

// Problem is an error with the status and words a client sees (RFC 9457).
type Problem struct {
	Status int
	Detail string
	Extra  map[string]any // further members, such as first_date
	Header http.Header
}

// Error is the detail.
func (p *Problem) Error() string { return p.Detail }

// BadRequest is a problem with status 400.
func BadRequest(format string, args ...any) error {
	return &Problem{Status: http.StatusBadRequest, Detail: fmt.Sprintf(format, args...)}
}

// NotFound is a problem with status 404.
func NotFound(format string, args ...any) error {
	return &Problem{Status: http.StatusNotFound, Detail: fmt.Sprintf(format, args...)}
}

// ErrBusy refuses a request beyond the queue.
var ErrBusy = &Problem{Status: http.StatusServiceUnavailable, Detail: "the server is busy with other requests of this kind",
	Header: http.Header{"Retry-After": {"2"}}}

// BadBody tells why a body could not be read: too large, too slow, or cut off.
func BadBody(err error) error {
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return err
	case errors.Is(err, os.ErrDeadlineExceeded):
		return &Problem{Status: http.StatusRequestTimeout, Detail: "the body arrived too slowly"}
	}
	return BadRequest("the body ends before its end")
}

// write sends the problem as application/problem+json with the request id.
func (p *Problem) write(w http.ResponseWriter, r *http.Request, requestID string) {
	detail := p.Detail
	if p.Status == http.StatusInternalServerError {
		detail = "the server failed; its log has the reason under this request id"
	}
	members := map[string]any{"type": "about:blank", "title": http.StatusText(p.Status), "status": p.Status,
		"detail": detail, "request_id": requestID}
	for name, v := range p.Extra {
		members[name] = v
	}
	body, err := json.Marshal(members)
	if err != nil {
		body = []byte(`{"type":"about:blank","title":"Internal Server Error","status":500}`)
	}
	for name, values := range p.Header {
		w.Header()[name] = values
	}
	inert(w.Header())
	w.Header().Set("X-Request-Id", requestID)
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Length", fmt.Sprint(len(body)))
	w.WriteHeader(p.Status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // a client that has gone away needs no answer
	}
}
