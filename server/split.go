package server

import (
	"net/http"
)

// split answers POST /v1/{dataset}/split: both sides of a territory cut by the
// line in the body.
func (s *Server) split(r *http.Request) (*answer, error) {
	place, p, err := s.asked(r, "of", "extend_m")
	if err != nil {
		return nil, err
	}
	of, err := p.id("of")
	if err != nil {
		return nil, err
	}
	extend := 50.0
	if p.values.Has("extend_m") {
		if extend, err = p.number("extend_m", 0, 1e5); err != nil {
			return nil, err
		}
	}
	line, err := s.line(r)
	if err != nil {
		return nil, err
	}
	sides, err := place.snapshot.Split(r.Context(), of, line, extend)
	if err != nil {
		return nil, err
	}
	return s.posted(place, sides)
}

// shareInside answers POST /v1/{dataset}/share: the share inside the polygons in the body.
func (s *Server) shareInside(r *http.Request) (*answer, error) {
	place, p, query, err := s.question(r, "as_of", "of", "party", "basis")
	if err != nil {
		return nil, err
	}
	polygons, err := s.polygons(r)
	if err != nil {
		return nil, err
	}
	inside, err := place.snapshot.ShareInside(r.Context(), query, polygons)
	if err != nil {
		return nil, err
	}
	inside.Self = s.links(r, p).to(inside.Self) // of the question, to be posted again with the same body; no link leads to the figure
	return s.posted(place, inside)
}

// posted is an answer to what a client sent, which nobody else will ask.
func (s *Server) posted(p *place, v any) (*answer, error) {
	a, err := s.json(typeJSON, cacheNone, v)
	if err != nil {
		return nil, err
	}
	a.headers = snapshotHeader(p)
	return a, nil
}
