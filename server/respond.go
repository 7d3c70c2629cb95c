package server

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"net/http"
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
	status      int // 200 when 0; only for bodies that are no data, such as the fallback page
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
type methods struct{ get, post resource }

func (m methods) allow() string {
	if m.post == nil {
		return "GET, HEAD, OPTIONS"
	}
	if m.get == nil {
		return "POST, OPTIONS"
	}
	return "GET, HEAD, POST, OPTIONS"
}

// handle turns the resources of a path into a handler: the only place that
// writes answers, errors and the log.
func (s *Server) handle(m methods) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requestID := rand.Text()[:12]
		header := w.Header()
		header.Set("X-Request-Id", requestID)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Access-Control-Allow-Origin", "*")
		header.Set("Access-Control-Expose-Headers", "ETag, Demarc-Snapshot, Demarc-Epoch, Demarc-Basis")

		var run resource
		switch r.Method {
		case http.MethodGet, http.MethodHead:
			run = m.get
		case http.MethodPost:
			run = m.post
		case http.MethodOptions:
			header.Set("Allow", m.allow())
			header.Set("Access-Control-Allow-Methods", m.allow())
			header.Set("Access-Control-Allow-Headers", "Content-Type")
			header.Set("Access-Control-Max-Age", "86400")
			w.WriteHeader(http.StatusNoContent)
			return
		}
		if run == nil {
			p := &problem{status: http.StatusMethodNotAllowed, detail: "this path takes " + m.allow(), header: http.Header{"Allow": {m.allow()}}}
			p.write(w, r, requestID)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), s.options.Timeout)
		defer cancel()
		r.Body = http.MaxBytesReader(w, r.Body, s.options.MaxBytes)
		begun := time.Now()
		a, err := run(r.WithContext(ctx))
		if err != nil {
			p := problemOf(err)
			if p.status == http.StatusInternalServerError {
				s.options.Log.Error("request failed", "request_id", requestID, "path", r.URL.Path, "error", err)
			}
			p.write(w, r, requestID)
			return
		}
		a.write(w, r)
		s.options.Log.Debug("request", "request_id", requestID, "method", r.Method, "path", r.URL.Path, "duration", time.Since(begun))
	})
}

// write sends the answer in the encoding the client likes best, or 304.
func (a *answer) write(w http.ResponseWriter, r *http.Request) {
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
