package server

import (
	_ "embed"
	"net/http"
)

// The description of every path (OpenAPI 3.0.3), which tests hold against real
// answers, and which the reference at /docs is made of.
//
//go:embed docs/openapi.json
var description []byte

// openapi answers GET /openapi.json.
func (s *Server) openapi(r *http.Request) (*answer, error) {
	if _, err := s.parameters(r); err != nil {
		return nil, err
	}
	return &answer{contentType: typeJSON, body: s.description, cache: cacheLive}, nil
}

// docs answers GET /docs: the description to read. The page runs no script and
// asks nobody for anything.
func (s *Server) docs(r *http.Request) (*answer, error) {
	if _, err := s.parameters(r); err != nil {
		return nil, err
	}
	return &answer{contentType: "text/html; charset=utf-8", body: s.reference.body, cache: cacheAsk,
		headers: map[string]string{"Content-Security-Policy": s.reference.policy}}, nil
}
