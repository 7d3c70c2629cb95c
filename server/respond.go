package server

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/demarc-map/demarc/body"
	"github.com/demarc-map/demarc/tiles"
)

// answer is what a resource returns; respond writes it.
type answer struct {
	contentType string
	body        *body.Body  // nil: 204 No Content
	notes       tiles.Notes // of a tile: what it leaves out
	cache       string      // Cache-Control
	headers     map[string]string
	download    bool // may be asked for in parts
	packed      bool // sent as it is, whatever encodings the client takes
	status      int  // 200 when 0; only for bodies that are no data, such as the fallback page
}

// Cache-Control of the kinds of answers.
const (
	cacheImmutable = "public, max-age=31536000, immutable"
	cacheLive      = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
	cacheAsk       = "no-cache" // may be kept, but is asked about each time: the page, which names its own parts
	cacheNone      = "no-store"
)

// resource computes one answer. The request's context carries the deadline.
type resource func(*http.Request) (*answer, error)

// methods are the resources of one path.
type methods struct {
	get, post resource
	refuse    *problem // answer to every request when not nil
	private   bool     // for the operator: no page of another origin may ask
	tile      bool     // its answers are tiles; what they cost is bounded by the store that holds them, and needs no deadline
	repeats   bool     // its answers depend on nothing but a request's spelling
	bytes     int64    // of a body, where it is not the usual limit
	unlimited bool     // asked by the operator's own machinery, so never refused for asking often
}

func (m methods) allow() string {
	if m.post == nil {
		return "GET, HEAD, OPTIONS"
	}
	if m.get == nil {
		return "POST, OPTIONS"
	}
	return "GET, HEAD, POST, OPTIONS"
}

// plainSecurity is the policy of answers that are data: nothing in them may
// run, load or be framed, should a browser ever show them as a page.
const plainSecurity = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// inert sets the policies of data that a browser may show; a tile it cannot.
func inert(header http.Header) {
	header["Content-Security-Policy"] = []string{plainSecurity}
	header["Referrer-Policy"] = []string{"no-referrer"}
}

// levelRequest is the level that requests are logged at.
const levelRequest = slog.LevelDebug

// common are the headers of every answer of a path.
func (m methods) common() http.Header {
	common := http.Header{"X-Content-Type-Options": {"nosniff"}}
	if !m.private {
		common["Access-Control-Allow-Origin"] = []string{"*"}
		common["Access-Control-Expose-Headers"] = []string{"ETag, Content-Range, Content-Disposition, Retry-After, X-Request-Id, Demarc-Snapshot, Demarc-Epoch, Demarc-Basis, Content-Crs"}
	}
	return common
}

// handle turns the resources of a route into a handler: the only place that
// writes answers, errors and the log.
func (s *Server) handle(route string, m methods) http.Handler {
	common, meter := m.common(), s.metrics.meter(route)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun, requestID := time.Now(), rand.Text()[:12]
		asked, plain := s.spelling(r)
		out := &recorder{ResponseWriter: w}
		header := out.Header()
		maps.Copy(header, common)
		if s.options.Log.Enabled(r.Context(), levelRequest) {
			header.Set("X-Request-Id", requestID)
		}
		r.Body = http.MaxBytesReader(w, r.Body, cmp.Or(m.bytes, s.options.MaxBytes))
		sent, reason := s.answerTo(out, r, m, requestID)
		if m.repeats && plain && sent != nil {
			s.repeats.hold(asked, sent, header, meter)
		}
		took := time.Since(begun)
		meter.served(out.status, out.bytes, took)
		level := levelRequest
		if out.status == http.StatusInternalServerError {
			level = slog.LevelError
		}
		if ctx := r.Context(); s.options.Log.Enabled(ctx, level) {
			s.options.Log.Log(ctx, level, "request", "request_id", requestID, "method", clipped(r.Method), "path", clipped(r.URL.Path),
				"route", route, "status", out.status, "bytes", out.bytes, "duration", took, "reason", reason)
		}
	})
}

// answerTo answers one request and returns the reply that was sent, nil when it
// was something else, and why it is an error, nil when it is none. A bug that
// panics costs its own request only.
func (s *Server) answerTo(w http.ResponseWriter, r *http.Request, m methods, requestID string) (sent *reply, reason error) {
	defer func() {
		if bug := recover(); bug != nil {
			sent, reason = nil, fmt.Errorf("panic: %v\n%s", bug, debug.Stack())
			problemOf(reason).write(w, r, requestID)
		}
	}()
	var run resource
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		run = m.get
	case http.MethodPost:
		run = m.post
	case http.MethodOptions:
		if m.private {
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
	var a *answer
	var err error
	switch {
	case m.refuse != nil:
		err = m.refuse
	case run == nil:
		err = &problem{status: http.StatusMethodNotAllowed, detail: "this path takes " + m.allow(), header: http.Header{"Allow": {m.allow()}}}
	case !m.unlimited && !m.private && !s.welcome(r):
		err = errTooOften
	default:
		if !m.private && !m.tile {
			limited, cancel := context.WithTimeout(r.Context(), s.options.Timeout)
			defer cancel()
			r = r.WithContext(limited)
		}
		a, err = run(r)
	}
	if err != nil {
		problemOf(err).write(w, r, requestID)
		return nil, err
	}
	if a.download && r.Method == http.MethodGet && strings.HasPrefix(r.Header.Get("Range"), "bytes=") { // anything else is passed over (RFC 9110, section 14.2)
		a.writeRange(w, r, requestID)
		return nil, nil
	}
	sent = a.reply(r)
	sent.send(w)
	s.metrics.tile(sent.notes)
	return sent, nil
}

// json encodes a value as an answer.
func (s *Server) json(contentType, cache string, v any) (*answer, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // links stay readable; nothing here is put into a page as markup
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	return &answer{contentType: contentType, body: s.coder.Body(text.Bytes()), cache: cache}, nil
}
