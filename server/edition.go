package server

import (
	"net/http"

	"demarc/data"
)

// edition reads as_of, basis and snapshot from a request for tiles: which epoch
// under which basis, and how long the answer may be kept.
func (s *Server) edition(r *http.Request, p *place) (data.Edition, string, error) {
	params, err := s.parameters(r, "as_of", "basis", "snapshot")
	if err != nil {
		return data.Edition{}, "", err
	}
	query, err := params.query()
	if err != nil {
		return data.Edition{}, "", err
	}
	cache := cacheLive
	if params.values.Has("snapshot") {
		if params.values.Get("snapshot") != p.snapshot.Name() {
			return data.Edition{}, "", notFound("that snapshot is not served; the current one is %s", p.snapshot.Name())
		}
		if params.values.Has("as_of") { // without a day the answer moves with the clock
			cache = cacheImmutable
		}
	}
	e, err := p.snapshot.Edition(query.Basis, query.AsOf)
	return e, cache, err
}

// editionHeaders say what a tile shows.
func editionHeaders(e data.Edition, p *place) map[string]string {
	return map[string]string{"Demarc-Snapshot": p.snapshot.Name(), "Demarc-Epoch": e.Epoch.String(), "Demarc-Basis": e.Basis}
}
