package server

import (
	"context"
	"fmt"
	"net/http"

	"github.com/demarc-map/demarc/data"
)

// claims answers GET /v1/{dataset}/claims: published figures, each beside what
// is computed for its own day under each basis.
func (s *Server) claims(r *http.Request) (*answer, error) {
	place, p, err := s.asked(r, "as_of")
	if err != nil {
		return nil, err
	}
	var asOf data.Date
	if p.values.Has("as_of") {
		if asOf, err = p.date("as_of"); err != nil {
			return nil, err
		}
	}
	links := s.links(r, p)
	return p.kept(s.cached(fmt.Sprint("claims ", place.snapshot.Name(), asOf, links), s.figures.behind(func(ctx context.Context) (*answer, error) {
		claims, err := place.snapshot.CheckedClaims(ctx, asOf)
		if err != nil {
			return nil, err
		}
		for i := range claims {
			for j := range claims[i].Computed {
				claims[i].Computed[j].Self = links.to(claims[i].Computed[j].Self)
			}
		}
		return s.figure(place, map[string]any{"dataset": place.snapshot.Dataset.ID, "claims": claims, "method": data.Method, "snapshot": place.snapshot.Name()})
	})))
}

// quality answers GET /v1/{dataset}/quality: what the checks found.
func (s *Server) quality(r *http.Request) (*answer, error) {
	place, p, err := s.asked(r)
	if err != nil {
		return nil, err
	}
	repairs := place.snapshot.Repairs
	return p.kept(s.figure(place, map[string]any{"dataset": place.snapshot.Dataset.ID, "findings": place.snapshot.Quality.Findings,
		"total": place.snapshot.Quality.Total, "repairs": repairs, "snapshot": place.snapshot.Name()}))
}
