package server

import (
	"context"
	"fmt"
	"net/http"

	"github.com/demarc-map/demarc/data"
)

// share answers GET /v1/{dataset}/share: one share.
func (s *Server) share(r *http.Request) (*answer, error) {
	place, p, query, err := s.question(r, "as_of", "of", "party", "basis")
	if err != nil {
		return nil, err
	}
	links := s.links(r, p)
	return p.kept(s.cached(fmt.Sprint("share ", place.snapshot.Name(), query, links), s.figures.behind(func(ctx context.Context) (*answer, error) {
		share, err := place.snapshot.Share(ctx, query)
		if err != nil {
			return nil, err
		}
		return s.figure(place, links.share(share))
	})))
}

// shares answers GET /v1/{dataset}/shares: every territory and district under every basis.
func (s *Server) shares(r *http.Request) (*answer, error) {
	place, p, query, err := s.question(r, "as_of", "party")
	if err != nil {
		return nil, err
	}
	links := s.links(r, p)
	return p.kept(s.cached(fmt.Sprint("shares ", place.snapshot.Name(), query, links), s.figures.behind(func(ctx context.Context) (*answer, error) {
		all, err := place.snapshot.Shares(ctx, query.Party, query.AsOf)
		if err != nil {
			return nil, err
		}
		for i := range all {
			all[i] = links.share(all[i])
		}
		return s.figure(place, map[string]any{"dataset": all[0].Dataset, "party": all[0].Party, "as_of": query.AsOf,
			"epoch": all[0].Epoch, "shares": all, "method": data.Method, "snapshot": place.snapshot.Name()})
	})))
}

// figure is a live answer that carries its snapshot in a header too.
func (s *Server) figure(p *place, v any) (*answer, error) {
	a, err := s.json(typeJSON, cacheLive, v)
	if err != nil {
		return nil, err
	}
	a.headers = snapshotHeader(p)
	return a, nil
}
