package server

import (
	"net/http"

	"github.com/demarc-map/demarc/body"
	"github.com/demarc-map/demarc/server/web"
)

// manual answers with what can be asked.
type manual struct {
	ask         *asker
	description *body.Body // of every path, for programs
	reference   reference  // the same for people
}

// openapi answers GET /openapi.json.
func (m *manual) openapi(r *http.Request) (*web.Answer, error) {
	if err := m.ask.nothing(r); err != nil {
		return nil, err
	}
	return &web.Answer{ContentType: web.TypeJSON, Body: m.description, Cache: web.CacheLive}, nil
}

// docs answers GET /docs: the description to read. The page runs no script and
// asks nobody for anything.
func (m *manual) docs(r *http.Request) (*web.Answer, error) {
	if err := m.ask.nothing(r); err != nil {
		return nil, err
	}
	return &web.Answer{ContentType: web.TypeHTML, Body: m.reference.body, Cache: web.CacheAsk,
		Headers: map[string]string{"Content-Security-Policy": m.reference.policy}}, nil
}
