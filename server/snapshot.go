package server

import (
	"context"
	"net/http"

	"github.com/demarc-map/demarc/server/web"
)

// snapshot answers GET /v1/{dataset}/snapshot: the canonical bytes whose
// SHA-256 is the snapshot's name.
func (f *facts) snapshot(r *http.Request) (*web.Answer, error) {
	q, err := f.ask.dataset(r)
	if err != nil {
		return nil, err
	}
	return q.kept(f.site.Cached(r.Context(), "snapshot "+q.loaded.Snapshot.Name(), func(context.Context) (*web.Answer, error) {
		text, err := q.loaded.Snapshot.Canonical()
		if err != nil {
			return nil, err
		}
		return &web.Answer{ContentType: web.TypeJSON, Body: f.site.Body(text), Cache: web.CacheLive, Headers: q.loaded.Header()}, nil
	}))
}
