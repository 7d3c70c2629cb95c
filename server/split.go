package server

import (
	"net/http"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server/web"
)

// split answers POST /v1/{dataset}/split: both sides of a territory cut by the
// line in the body.
func (p *posted) split(r *http.Request) (*web.Answer, error) {
	q, err := p.ask.dataset(r, "of", "extend_m")
	if err != nil {
		return nil, err
	}
	of, err := q.ID("of")
	if err != nil {
		return nil, err
	}
	extend := 50.0
	if q.Has("extend_m") {
		if extend, err = q.Number("extend_m", 0, 1e5); err != nil {
			return nil, err
		}
	}
	line, repairs, err := p.line(r)
	if err != nil {
		return nil, err
	}
	sides, err := q.loaded.Snapshot.Split(r.Context(), of, line, extend)
	if err != nil {
		return nil, err
	}
	return p.once(q.loaded, struct {
		data.Sides
		repaired
	}{sides, repairs})
}
