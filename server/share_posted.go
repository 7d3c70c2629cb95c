package server

import (
	"net/http"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server/web"
)

// share answers POST /v1/{dataset}/share: the share inside the polygons in the body.
func (p *posted) share(r *http.Request) (*web.Answer, error) {
	q, err := p.ask.question(r, "as_of", "of", "party", "basis")
	if err != nil {
		return nil, err
	}
	polygons, repairs, err := p.polygons(r)
	if err != nil {
		return nil, err
	}
	inside, err := p.ledgers.ShareInside(r.Context(), q.loaded.Snapshot, q.query, polygons)
	if err != nil {
		return nil, err
	}
	inside.Self = links{p.site.Base(r), q.pinned}.to(SharePath(&inside.Share)) // of the question, to be posted again with the same body; no link leads to the figure
	return p.once(q.loaded, struct {
		data.Inside
		repaired
	}{inside, repairs})
}
