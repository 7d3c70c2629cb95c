package server

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"demarc/tiles"
)

// answer is what a resource returns; respond writes it.
type answer struct {
	contentType string
	body        *tiles.Body // nil: 204 No Content
	cache       string      // Cache-Control
	headers     map[string]string
	download    bool // may be asked for in parts
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
	held      bool     // what it computes is bounded by the store that holds it, and needs no deadline
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

// handle turns the resources of a route into a handler: the only place that
// writes answers, errors and the log.
func (s *Server) handle(route string, m methods) http.Handler {
	common := http.Header{"X-Content-Type-Options": {"nosniff"}, "Referrer-Policy": {"no-referrer"}, "Content-Security-Policy": {plainSecurity}}
	if !m.private {
		common.Set("Access-Control-Allow-Origin", "*")
		common.Set("Access-Control-Expose-Headers", "ETag, Content-Range, Content-Disposition, Retry-After, X-Request-Id, Demarc-Snapshot, Demarc-Epoch, Demarc-Basis")
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun, requestID := time.Now(), rand.Text()[:12]
		out := &recorder{ResponseWriter: w}
		header := out.Header()
		maps.Copy(header, common)
		header.Set("X-Request-Id", requestID)
		r.Body = http.MaxBytesReader(w, r.Body, s.options.MaxBytes)
		reason := s.answerTo(out, r, m, requestID)
		took := time.Since(begun)
		s.metrics.served(route, out.status, out.bytes, took)
		level := slog.LevelDebug
		if out.status == http.StatusInternalServerError {
			level = slog.LevelError
		}
		if ctx := r.Context(); s.options.Log.Enabled(ctx, level) {
			s.options.Log.Log(ctx, level, "request", "request_id", requestID, "method", clipped(r.Method), "path", clipped(r.URL.Path),
				"route", route, "status", out.status, "bytes", out.bytes, "duration", took, "reason", reason)
		}
	})
}

// answerTo writes the answer to one request and returns why it is an error,
// nil when it is none. A bug that panics costs its own request only.
func (s *Server) answerTo(w http.ResponseWriter, r *http.Request, m methods, requestID string) (reason error) {
	defer func() {
		if bug := recover(); bug != nil {
			reason = fmt.Errorf("panic: %v\n%s", bug, debug.Stack())
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
		header.Set("Allow", m.allow())
		header.Set("Access-Control-Allow-Methods", m.allow())
		header.Set("Access-Control-Allow-Headers", "Content-Type, If-None-Match, If-Range, Range")
		header.Set("Access-Control-Max-Age", "86400")
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	var a *answer
	var err error
	switch {
	case m.refuse != nil:
		err = m.refuse
	case run == nil:
		err = &problem{status: http.StatusMethodNotAllowed, detail: "this path takes " + m.allow(), header: http.Header{"Allow": {m.allow()}}}
	case !m.unlimited && !m.private && !s.rates.allow(s.client(r)):
		err = errTooOften
	default:
		if !m.private && !m.held {
			limited, cancel := context.WithTimeout(r.Context(), s.options.Timeout)
			defer cancel()
			r = r.WithContext(limited)
		}
		a, err = run(r)
	}
	if err != nil {
		problemOf(err).write(w, r, requestID)
		return err
	}
	a.write(w, r, requestID)
	return nil
}

// write sends the answer in the encoding the client likes best, or 304.
func (a *answer) write(w http.ResponseWriter, r *http.Request, requestID string) {
	header := w.Header()
	header.Set("Cache-Control", a.cache)
	header.Set("Vary", "Accept-Encoding")
	for name, value := range a.headers {
		header.Set(name, value)
	}
	if a.body == nil {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if a.download {
		header.Set("Accept-Ranges", "bytes")
		if strings.HasPrefix(r.Header.Get("Range"), "bytes=") && r.Method == http.MethodGet { // anything else is passed over (RFC 9110, section 14.2)
			a.writeRange(w, r, requestID)
			return
		}
	}
	chosen := negotiate(r.Header.Get("Accept-Encoding"), a.body)
	etag := `"` + a.body.Hash() + `"`
	if chosen.name != "" {
		etag = `"` + a.body.Hash() + "-" + chosen.name + `"`
	}
	header.Set("ETag", etag)
	if a.status == 0 && matches(r.Header.Get("If-None-Match"), etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	header.Set("Content-Type", a.contentType)
	header.Set("Content-Length", strconv.Itoa(len(chosen.bytes)))
	if chosen.name != "" {
		header.Set("Content-Encoding", chosen.name)
	}
	if a.status != 0 {
		w.WriteHeader(a.status)
	}
	if r.Method != http.MethodHead {
		_, _ = w.Write(chosen.bytes) // a client that has gone away needs no answer
	}
}

// matches compares an If-None-Match header weakly (RFC 9110, section 13.1.2):
// a list of tags, each perhaps marked W/, or *.
func matches(header, etag string) bool {
	if strings.TrimSpace(header) == "*" {
		return true
	}
	for tag := range strings.SplitSeq(header, ",") {
		if strings.TrimPrefix(strings.TrimSpace(tag), "W/") == etag {
			return true
		}
	}
	return false
}

// json encodes a value as an answer.
func (s *Server) json(contentType, cache string, v any) (*answer, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // links stay readable; nothing here is put into a page as markup
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	return &answer{contentType: contentType, body: s.store.Body(text.Bytes()), cache: cache}, nil
}
