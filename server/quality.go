package server

import (
	"net/http"

	"github.com/demarc-map/demarc/server/web"
)

// quality answers GET /v1/{dataset}/quality: what the checks found.
func (f *facts) quality(r *http.Request) (*web.Answer, error) {
	q, err := f.ask.dataset(r)
	if err != nil {
		return nil, err
	}
	repairs := q.loaded.Snapshot.Repairs
	return q.kept(q.loaded.Named(f.site.JSON(web.TypeJSON, web.CacheLive, map[string]any{"dataset": q.loaded.Snapshot.Dataset.ID, "findings": q.loaded.Snapshot.Quality.Findings,
		"total": q.loaded.Snapshot.Quality.Total, "repairs": repairs, "snapshot": q.loaded.Snapshot.Name()})))
}
