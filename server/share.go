package server

import (
	"context"
	"fmt"
	"net/http"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server/web"
)

// share answers GET /v1/{dataset}/share: one share.
func (f *figures) share(r *http.Request) (*web.Answer, error) {
	q, err := f.ask.question(r, "as_of", "of", "party", "basis")
	if err != nil {
		return nil, err
	}
	links := links{f.site.Base(r), q.pinned}
	return q.kept(f.site.Cached(r.Context(), fmt.Sprint("share ", q.loaded.Snapshot.Name(), q.query, links), f.gate.Behind(func(ctx context.Context) (*web.Answer, error) {
		share, err := q.loaded.Snapshot.Share(ctx, q.query)
		if err != nil {
			return nil, err
		}
		return f.live(q.loaded, links.share(share))
	})))
}

// shares answers GET /v1/{dataset}/shares: every territory and district under every basis.
func (f *figures) shares(r *http.Request) (*web.Answer, error) {
	q, err := f.ask.question(r, "as_of", "party")
	if err != nil {
		return nil, err
	}
	links := links{f.site.Base(r), q.pinned}
	return q.kept(f.site.Cached(r.Context(), fmt.Sprint("shares ", q.loaded.Snapshot.Name(), q.query, links), f.gate.Behind(func(ctx context.Context) (*web.Answer, error) {
		all, err := q.loaded.Snapshot.Shares(ctx, q.query.Party, q.query.AsOf)
		if err != nil {
			return nil, err
		}
		for i := range all {
			all[i] = links.share(all[i])
		}
		epoch, _ := q.loaded.Snapshot.EpochOf(q.query.AsOf) // of the whole dataset; each share has that of its reading
		return f.live(q.loaded, map[string]any{"dataset": all[0].Dataset, "party": all[0].Party, "as_of": q.query.AsOf,
			"epoch": epoch, "shares": all, "method": data.Method, "snapshot": q.loaded.Snapshot.Name()})
	})))
}
