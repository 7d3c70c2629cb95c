package server

import (
	"context"
	"net/http"
	"time"

	"github.com/demarc-map/demarc/data/store"

	"github.com/gorilla/mux"
)

// Desk is what the operator's door works with.
type Desk struct {
	Token string // the operator's, who may do everything
	Load  Load

	// Store is published to; when nil there is no publishing. Tokens are those of
	// the people who may, read at each request so that one can be revoked.
	Store    store.Store
	Tokens   func() ([]Token, error)
	MaxBytes int64 // of a dataset that is published, 64 MiB when 0
}

// Admin answers what only the operator may ask, for a listener of its own:
// POST /reload loads the datasets again and answers with a Reload, 422 when it
// was refused; POST /publish/{dataset}, POST /rollback/{dataset}, GET
// /diff/{dataset} and GET /history/{dataset} are also for those with a token
// for the dataset. Each request carries its token as "Authorization: Bearer …",
// which is looked at before anything else of the request.
func (s *Server) Admin(d Desk) http.Handler {
	if d.MaxBytes == 0 {
		d.MaxBytes = 64 << 20
	}
	nothing := s.handle("admin", methods{get: func(*http.Request) (*answer, error) {
		return nil, notFound("there is nothing here")
	}, private: true})
	paths := mux.NewRouter()
	paths.SkipClean(true)
	paths.UseEncodedPath()
	handle := func(path string, m methods) { paths.Handle(path, s.handle(path, m)) }
	handle("/reload", methods{post: s.reload(d), private: true})
	if d.Store != nil {
		handle("/publish/{dataset}", methods{post: s.publish(d), private: true, bytes: d.MaxBytes})
		handle("/rollback/{dataset}", methods{post: s.rollback(d), private: true})
		handle("/diff/{dataset}", methods{get: s.diff(d), private: true})
		handle("/history/{dataset}", methods{get: s.chain(d), private: true})
	}
	paths.NotFoundHandler = nothing
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var tokens []Token
		var err error
		if d.Tokens != nil {
			tokens, err = d.Tokens()
		}
		who, known := holderOf(r, d.Token, tokens)
		if err != nil { // nobody is let in on a list that cannot be read, but the operator
			s.options.Log.Error("the tokens cannot be read", "error", err)
			known = known && who.operator
		}
		if !known {
			w.Header().Set("Connection", "close") // the body is not read, not even to throw it away
			s.handle("admin", methods{refuse: errNoToken, private: true}).ServeHTTP(w, r)
			return
		}
		paths.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), holderKey{}, who)))
	})
}

// holderKey is where a request's context has its holder.
type holderKey struct{}

// holding returns who sent the request, or says that they may not do this.
func holding(r *http.Request, dataset string) (holder, error) {
	who, _ := r.Context().Value(holderKey{}).(holder)
	if !who.operator && (dataset == "" || !who.may(dataset)) {
		return who, &problem{status: http.StatusForbidden, detail: "the token is not for this"}
	}
	return who, nil
}

// reload answers POST /reload.
func (s *Server) reload(d Desk) resource {
	return func(r *http.Request) (*answer, error) {
		if _, err := holding(r, ""); err != nil {
			return nil, err
		}
		if _, err := s.parameters(r); err != nil {
			return nil, err
		}
		ctx, cancel := unhurried(r)
		defer cancel()
		done := s.Reload(ctx, d.Load)
		a, err := s.json(typeJSON, cacheNone, done)
		if err == nil && !done.OK {
			a.status = http.StatusUnprocessableEntity
		}
		return a, err
	}
}

// unhurried is the context of work that goes on when who asked for it hangs up.
func unhurried(r *http.Request) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(r.Context()), reloadTimeout)
}

// reloadTimeout bounds what the operator asks for.
const reloadTimeout = 10 * time.Minute

// errNoToken refuses who does not show a token.
var errNoToken = &problem{status: http.StatusUnauthorized, detail: "the operator's token is missing or wrong",
	header: http.Header{"Www-Authenticate": {`Bearer realm="demarc"`}}}
