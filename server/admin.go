package server

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"
	"time"
)

// Admin answers what only the operator may ask, for a listener of its own:
// POST /reload loads the datasets again and answers with a Reload, 422 when it
// was refused. Each request carries the token as "Authorization: Bearer …"; it
// is compared in constant time, before anything else of the request is looked at.
func (s *Server) Admin(token string, load Load) http.Handler {
	want := sha256.Sum256([]byte(token)) // equal lengths, so that comparing tells nothing about the length
	reload := func(r *http.Request) (*answer, error) {
		if _, err := s.parameters(r); err != nil {
			return nil, err
		}
		// Who hangs up does not stop a reload half way.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), reloadTimeout)
		defer cancel()
		done := s.Reload(ctx, load)
		a, err := s.json(typeJSON, cacheNone, done)
		if err == nil && !done.OK {
			a.status = http.StatusUnprocessableEntity
		}
		return a, err
	}
	paths := http.NewServeMux()
	paths.Handle("/reload", s.handle("/reload", methods{post: reload, private: true}))
	paths.Handle("/", s.handle("admin", methods{get: func(*http.Request) (*answer, error) {
		return nil, notFound("there is nothing here")
	}, private: true}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		scheme, given, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		got := sha256.Sum256([]byte(given))
		if subtle.ConstantTimeCompare(got[:], want[:]) != 1 || !strings.EqualFold(scheme, "Bearer") || token == "" {
			w.Header().Set("Connection", "close") // the body is not read, not even to throw it away
			s.handle("admin", methods{refuse: errNoToken, private: true}).ServeHTTP(w, r)
			return
		}
		paths.ServeHTTP(w, r)
	})
}

// reloadTimeout bounds a reload that the operator asks for.
const reloadTimeout = 10 * time.Minute

// errNoToken refuses who does not show the operator's token.
var errNoToken = &problem{status: http.StatusUnauthorized, detail: "the operator's token is missing or wrong",
	header: http.Header{"Www-Authenticate": {`Bearer realm="demarc"`}}}
