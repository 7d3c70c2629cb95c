package server

import (
	"net/http"

	"github.com/demarc-map/demarc/server/web"
)

// version answers with the build and the snapshots it serves.
func (h *health) version(*http.Request) (*web.Answer, error) {
	v := map[string]any{"build": h.build, "snapshots": h.state.current.Load().Names()}
	if last := h.state.lastReload.Load(); last != nil {
		v["last_reload"] = map[string]any{"at": last.At, "ok": last.OK}
	}
	return h.site.JSON(web.TypeJSON, web.CacheNone, v)
}
