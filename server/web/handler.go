package web

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"runtime/debug"
	"strings"
	"time"
)

// Handler turns the resources of a route into a handler: the only place that
// writes answers, errors and the log.
func (s *Site) Handler(route string, m Methods) http.Handler {
	common, meter := m.common(), s.Metrics.meter(route)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun, requestID := time.Now(), rand.Text()[:12]
		asked, plain := s.repeats.spelling(r)
		out := &recorder{ResponseWriter: w}
		header := out.Header()
		maps.Copy(header, common)
		if s.log.Enabled(r.Context(), levelRequest) {
			header.Set("X-Request-Id", requestID)
		}
		// r keeps its body: by it net/http sees that not all was read, and hangs up
		// only when the answer had time to arrive.
		in := visit(r, w, s.Forwarding)
		in.Body = http.MaxBytesReader(w, r.Body, cmp.Or(m.Bytes, s.maxBytes))
		sent, reason := s.answerTo(out, in, m, requestID)
		if m.Repeats && plain && sent != nil {
			s.repeats.hold(asked, sent, header, meter)
		}
		took := time.Since(begun)
		meter.served(out.status, out.bytes, took)
		level := levelRequest
		if out.status == http.StatusInternalServerError {
			level = slog.LevelError
		}
		if ctx := r.Context(); s.log.Enabled(ctx, level) {
			s.log.Log(ctx, level, "request", "request_id", requestID, "method", Clip(r.Method), "path", Clip(r.URL.Path),
				"route", route, "status", out.status, "bytes", out.bytes, "duration", took, "reason", reason)
		}
	})
}

// answerTo answers one request and returns the reply that was sent, nil when it
// was something else, and why it is an error, nil when it is none. A bug that
// panics costs its own request only.
func (s *Site) answerTo(w http.ResponseWriter, r *http.Request, m Methods, requestID string) (sent *reply, reason error) {
	defer func() {
		if bug := recover(); bug != nil {
			s.Metrics.bugs.Inc()
			sent, reason = nil, fmt.Errorf("panic: %v\n%s", bug, debug.Stack())
			s.problemOf(reason).write(w, r, requestID)
		}
	}()
	var run Resource
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		run = m.Get
	case http.MethodPost:
		run = m.Post
	case http.MethodOptions:
		if m.Private {
			break
		}
		header := w.Header()
		inert(header)
		header.Set("Allow", m.allow())
		header.Set("Access-Control-Allow-Methods", m.allow())
		header.Set("Access-Control-Allow-Headers", "Content-Type, If-None-Match, If-Range, Range")
		header.Set("Access-Control-Max-Age", "86400")
		w.WriteHeader(http.StatusNoContent)
		return nil, nil
	}
	var a *Answer
	var err error
	switch {
	case m.Refuse != nil:
		err = m.Refuse
	case run == nil:
		err = &Problem{Status: http.StatusMethodNotAllowed, Detail: "this path takes " + m.allow(), Header: http.Header{"Allow": {m.allow()}}}
	case !m.Unlimited && !m.Private && !s.rates.admits(visitorOf(r.Context()).client):
		err = errTooOften
	default:
		if !m.Private && !m.NoDeadline {
			limited, cancel := context.WithTimeout(r.Context(), s.timeout)
			defer cancel()
			r = r.WithContext(limited)
		}
		a, err = run(r)
	}
	if err != nil {
		s.problemOf(err).write(w, r, requestID)
		return nil, err
	}
	if a.Download && r.Method == http.MethodGet && strings.HasPrefix(r.Header.Get("Range"), "bytes=") { // anything else is passed over (RFC 9110, section 14.2)
		a.writeRange(w, r, requestID)
		return nil, nil
	}
	sent = a.reply(r)
	sent.send(w)
	return sent, nil
}

// problemOf words an error for a client. The text of an error without a class
// stays in the log.
func (s *Site) problemOf(err error) *Problem {
	var known *Problem
	if errors.As(err, &known) {
		return known
	}
	var large *http.MaxBytesError
	var telling interface{ ErrorClass() string }
	switch class, members := s.classify(err); {
	case errors.As(err, &large):
		return &Problem{Status: TooLarge.Status(), Detail: fmt.Sprintf("the body is larger than %d bytes", large.Limit)}
	case class != "":
		return &Problem{Status: class.Status(), Detail: err.Error(), Extra: members}
	case errors.As(err, &telling):
		return &Problem{Status: Class(telling.ErrorClass()).Status(), Detail: err.Error()}
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return &Problem{Status: Unavailable.Status(), Detail: "the answer took longer than the server allows",
			Header: http.Header{"Retry-After": {"10"}}}
	}
	return &Problem{Status: Internal.Status()}
}
