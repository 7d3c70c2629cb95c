package server

import (
	"net/http"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server/web"
)

// readyz answers 200 once a good snapshot is served, 503 before. When the last
// reload was refused the status is degraded and the faults are named; their
// words, which may be about data not published yet, stay with the operator. A
// dataset whose review is due is named, which changes
// no status, and so is one whose map context has faults.
func (h *health) readyz(*http.Request) (*web.Answer, error) {
	current, err := h.state.current.Served()
	if err != nil {
		return nil, err
	}
	ready := map[string]any{"status": "ready", "snapshots": current.Names()}
	if last := h.state.lastReload.Load(); last != nil && !last.OK {
		ready["status"], ready["refused_at"] = "degraded", last.At
		ready["detail"] = "the last reload was refused; what was served before still is"
		named := []map[string]string{}
		for _, f := range last.Faults[:min(len(last.Faults), 20)] {
			named = append(named, map[string]string{"file": f.File, "feature": f.Feature, "rule": f.Rule})
		}
		ready["faults"] = named
	}
	if t := h.state.trouble.Load(); t != nil {
		ready["status"], ready["store"] = "degraded", t.told()
	}
	if refused := current.ContextsRefused(); len(refused) > 0 {
		ready["context_refused"] = refused
	}
	if due := current.ReviewsDue(data.DateOf(h.state.now())); len(due) > 0 {
		ready["review_due"] = due
		if ready["detail"] == nil {
			ready["detail"] = "somebody should look for newer evidence; what is served is as last mapped"
		}
	}
	return h.site.JSON(web.TypeJSON, web.CacheNone, ready)
}
