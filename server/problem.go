package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"
	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/geo/arrange"
	"github.com/demarc-map/demarc/tiles"
)

// problem is an error with the status and words a client sees (RFC 9457).
type problem struct {
	status int
	detail string
	extra  map[string]any // further members, such as first_date
	header http.Header
}

func (p *problem) Error() string { return p.detail }

func badRequest(format string, args ...any) error {
	return &problem{status: http.StatusBadRequest, detail: fmt.Sprintf(format, args...)}
}

func notFound(format string, args ...any) error {
	return &problem{status: http.StatusNotFound, detail: fmt.Sprintf(format, args...)}
}

var errNotReady = &problem{status: http.StatusServiceUnavailable, detail: "no dataset has been loaded yet",
	header: http.Header{"Retry-After": {"5"}}}

// badBody tells why a body could not be read: too large, too slow, or cut off.
func badBody(err error) error {
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return err
	case errors.Is(err, os.ErrDeadlineExceeded):
		return &problem{status: http.StatusRequestTimeout, detail: "the body arrived too slowly"}
	}
	return badRequest("the body ends before its end")
}

// problemOf is the one table from errors to statuses. Errors that are not in
// it are the server's own fault; their text stays in the log.
func problemOf(err error) *problem {
	var known *problem
	var gap *data.NotMapped
	var fault data.Fault
	var large *http.MaxBytesError
	var conflict *store.Conflict
	var unconfirmed *store.Unconfirmed
	switch {
	case errors.Is(err, data.ErrTampered): // the store's fault, whatever it says about the data
		return &problem{status: http.StatusInternalServerError}
	case errors.As(err, &known):
		return known
	case errors.As(err, &gap):
		p := &problem{status: http.StatusNotFound, detail: gap.Error(), extra: map[string]any{"basis": gap.Basis}}
		if gap.First != 0 {
			p.extra["first_date"] = gap.First
		}
		return p
	case errors.As(err, &conflict):
		return &problem{status: http.StatusConflict, detail: err.Error()}
	case errors.As(err, &unconfirmed):
		return &problem{status: http.StatusUnprocessableEntity, detail: err.Error(), extra: map[string]any{"reasons": unconfirmed.Reasons, "difference": unconfirmed.Difference}}
	case errors.Is(err, store.ErrProposal):
		return &problem{status: http.StatusBadRequest, detail: err.Error()}
	case errors.Is(err, store.ErrUnknown):
		return &problem{status: http.StatusNotFound, detail: err.Error()}
	case errors.As(err, &large):
		return &problem{status: http.StatusRequestEntityTooLarge, detail: fmt.Sprintf("the body is larger than %d bytes", large.Limit)}
	case errors.Is(err, data.ErrTooLarge):
		return &problem{status: http.StatusRequestEntityTooLarge, detail: err.Error()}
	case errors.As(err, &fault):
		return &problem{status: statusOf(fault), detail: err.Error(), extra: map[string]any{"rule": fault.Rule, "place": fault.Place}}
	case errors.Is(err, data.ErrOutside), errors.Is(err, geo.ErrNoCut), errors.Is(err, geo.ErrSelfCrossing), errors.Is(err, geo.ErrDegenerateLine),
		errors.Is(err, geo.ErrCoordinate), errors.Is(err, geo.ErrPole), errors.Is(err, geo.ErrWide),
		errors.Is(err, geo.ErrBudget), errors.Is(err, arrange.ErrBudget):
		return &problem{status: http.StatusUnprocessableEntity, detail: err.Error()}
	case errors.Is(err, data.ErrUnknown):
		return &problem{status: http.StatusNotFound, detail: err.Error()}
	case errors.Is(err, tiles.ErrOutside):
		return &problem{status: http.StatusNotFound, detail: err.Error()}
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return &problem{status: http.StatusServiceUnavailable, detail: "the answer took longer than the server allows",
			header: http.Header{"Retry-After": {"10"}}}
	}
	return &problem{status: http.StatusInternalServerError}
}

// statusOf tells a text that cannot be read from a geometry that cannot be measured.
func statusOf(f data.Fault) int {
	switch f.Rule {
	case "json", "duplicate-member", "case-folded-member", "mixed-members", "too-deep", "wrong-type", "missing-member", "position", "empty":
		return http.StatusBadRequest
	}
	return http.StatusUnprocessableEntity
}

// write sends the problem as application/problem+json with the request id.
func (p *problem) write(w http.ResponseWriter, r *http.Request, requestID string) {
	detail := p.detail
	if p.status == http.StatusInternalServerError {
		detail = "the server failed; its log has the reason under this request id"
	}
	members := map[string]any{"type": "about:blank", "title": http.StatusText(p.status), "status": p.status,
		"detail": detail, "request_id": requestID}
	for name, v := range p.extra {
		members[name] = v
	}
	body, err := json.Marshal(members)
	if err != nil {
		body = []byte(`{"type":"about:blank","title":"Internal Server Error","status":500}`)
	}
	for name, values := range p.header {
		w.Header()[name] = values
	}
	inert(w.Header())
	w.Header().Set("X-Request-Id", requestID)
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Length", fmt.Sprint(len(body)))
	w.WriteHeader(p.status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // a client that has gone away needs no answer
	}
}
