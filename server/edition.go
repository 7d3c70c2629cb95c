package server

import (
	"net/http"

	"github.com/demarc-map/demarc/data"
)

// edition reads as_of, basis and snapshot from a request for tiles: which epoch
// under which basis, and how long the answer may be kept. The place is the one
// of the snapshot that the request means, see asKnown. Further parameters may be
// known to the resource.
func (s *Server) edition(r *http.Request, dataset string, known ...string) (*place, data.Edition, string, error) {
	current, err := s.served()
	if err != nil {
		return nil, data.Edition{}, "", err
	}
	p, err := current.place(dataset)
	if err != nil {
		return nil, data.Edition{}, "", err
	}
	params, err := s.parameters(r, append(known, "as_of", "basis", "snapshot", "as_known")...)
	if err != nil {
		return nil, data.Edition{}, "", err
	}
	query, err := params.query()
	if err != nil {
		return nil, data.Edition{}, "", err
	}
	cache := cacheLive
	if p, err = s.asKnown(r.Context(), current, p, params); err != nil {
		return nil, data.Edition{}, "", err
	}
	if params.values.Has("snapshot") && !params.clock {
		cache = cacheImmutable
	}
	e, err := p.snapshot.Edition(query.Basis, query.AsOf)
	return p, e, cache, err
}

// editionHeaders say what a tile shows. They are made once an edition and only read.
func editionHeaders(e data.Edition, p *place) map[string]string {
	if made, ok := p.shown.Load(e); ok {
		return made.(map[string]string)
	}
	made, _ := p.shown.LoadOrStore(e, map[string]string{"Demarc-Snapshot": p.snapshot.Name(), "Demarc-Epoch": e.Epoch.String(), "Demarc-Basis": e.Basis})
	return made.(map[string]string)
}
