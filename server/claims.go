package server

import (
	"context"
	"fmt"
	"net/http"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server/web"
)

// claims answers GET /v1/{dataset}/claims: published figures, each beside what
// is computed for its own day under each basis.
func (f *figures) claims(r *http.Request) (*web.Answer, error) {
	q, err := f.ask.dataset(r, "as_of")
	if err != nil {
		return nil, err
	}
	var asOf data.Date
	if q.Has("as_of") {
		if asOf, err = q.Date("as_of"); err != nil {
			return nil, err
		}
	}
	links := links{f.site.Base(r), q.pinned}
	return q.kept(f.site.Cached(r.Context(), fmt.Sprint("claims ", q.loaded.Snapshot.Name(), asOf, links), f.gate.Behind(func(ctx context.Context) (*web.Answer, error) {
		claims, err := q.loaded.Snapshot.CheckedClaims(ctx, asOf)
		if err != nil {
			return nil, err
		}
		for i := range claims {
			c := &claims[i]
			for j := range c.Computed {
				c.Computed[j].Self = links.to(sharePath(q.loaded.Snapshot.Dataset.ID, c.Of, c.Party, c.Computed[j].Basis, c.FigureDay()))
			}
		}
		return f.live(q.loaded, map[string]any{"dataset": q.loaded.Snapshot.Dataset.ID, "claims": claims, "method": data.Method, "snapshot": q.loaded.Snapshot.Name()})
	})))
}
