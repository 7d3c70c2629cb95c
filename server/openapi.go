package server

import (
	"bytes"
	"context"
	"net/http"

	"github.com/demarc-map/demarc/server/web"
)

// manual answers with what can be asked.
type manual struct {
	site   *web.Site
	ask    *asker
	policy string // that of the page
}

// serverURL is where the description, as it is written, says that the paths are.
var serverURL = []byte(`"url": "/"`)

// openapi answers GET /openapi.json: the description of every path, for
// programs, and where this server has them.
func (m *manual) openapi(r *http.Request) (*web.Answer, error) {
	if err := m.ask.nothing(r); err != nil {
		return nil, err
	}
	base := m.site.Base(r)
	return m.site.Cached(r.Context(), "openapi "+base, func(context.Context) (*web.Answer, error) {
		text := bytes.Replace(description, serverURL, []byte(`"url": "`+base+`"`), 1)
		return &web.Answer{ContentType: web.TypeJSON, Body: m.site.Body(text), Cache: web.CacheLive}, nil
	})
}

// docs answers GET /docs: the description to read. The page runs no script and
// asks nobody for anything.
func (m *manual) docs(r *http.Request) (*web.Answer, error) {
	if err := m.ask.nothing(r); err != nil {
		return nil, err
	}
	return m.site.Cached(r.Context(), "docs", func(context.Context) (*web.Answer, error) {
		text, err := reference()
		return &web.Answer{ContentType: web.TypeHTML, Body: m.site.Body(text), Cache: web.CacheAsk,
			Headers: map[string]string{"Content-Security-Policy": m.policy}}, err
	})
}
