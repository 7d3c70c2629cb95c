package server

import (
	"net/http"

	"github.com/demarc-map/demarc/server/web"
)

// health answers how the server itself is.
type health struct {
	site  *web.Site
	state *state
	build Version
}

// healthz answers 200 while the process runs.
func (h *health) healthz(*http.Request) (*web.Answer, error) {
	return h.site.JSON(web.TypeJSON, web.CacheNone, map[string]any{"status": "ok"})
}
