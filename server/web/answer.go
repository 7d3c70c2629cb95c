package web

import "github.com/demarc-map/demarc/body"

// Answer is what a resource returns.
type Answer struct {
	ContentType string
	Body        *body.Body // nil: 204 No Content
	Cache       string     // Cache-Control
	Headers     map[string]string
	Download    bool   // may be asked for in parts
	Packed      bool   // sent as it is, whatever encodings the client takes
	Opaque      bool   // no browser shows it, so it goes without the policies of documents
	Status      int    // 200 when 0; only for bodies that are no data, such as the fallback page
	Sent        func() // called whenever the answer is sent; nil for nothing
}

// Cache-Control of the kinds of answers.
const (
	CacheImmutable = "public, max-age=31536000, immutable"
	CacheLive      = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
	CacheAsk       = "no-cache" // may be kept, but is asked about each time: the page, which names its own parts
	CacheNone      = "no-store"
)

// Content types that several resources answer with.
const (
	TypeJSON = "application/json"
	TypeHTML = "text/html; charset=utf-8"
)
