package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server/web"
)

// changes answers GET /v1/{dataset}/changes: land gained and lost between two
// days, or on one day between two bases, as GeoJSON.
func (f *figures) changes(r *http.Request) (*web.Answer, error) {
	q, err := f.ask.question(r, "of", "party", "from", "to", "basis", "against")
	if err != nil {
		return nil, err
	}
	against, err := q.ID("against")
	if err != nil {
		return nil, err
	}
	from, to, err := q.Span()
	if err != nil {
		return nil, err
	}
	if err := errors.Join(q.ByToday("from", from), q.ByToday("to", to)); err != nil {
		return nil, err
	}
	q.Clock = to == 0
	if q.Clock {
		to = q.Today
	}
	if from == 0 && against != "" {
		from = to
	} else if from == 0 {
		from = q.loaded.Snapshot.FirstDate()
	}
	between := data.ChangesQuery{Of: q.query.Of, Party: q.query.Party, From: from, To: to, Basis: q.query.Basis, Against: against}
	return q.kept(f.site.Cached(r.Context(), fmt.Sprint("changes ", q.loaded.Snapshot.Name(), between), f.heavy.Behind(func(ctx context.Context) (*web.Answer, error) {
		changes, err := q.loaded.Snapshot.Changes(ctx, between)
		if err != nil {
			return nil, err
		}
		return q.loaded.Named(f.site.JSON("application/geo+json", web.CacheLive, changes.GeoJSON()))
	})))
}
