package server

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/demarc-map/demarc/data/store"
	"github.com/demarc-map/demarc/server/web"
)

// AdminOptions are what the operator's listener works with.
type AdminOptions struct {
	Token string // the operator's, who may do everything
	Load  Load

	// Store is published to; when nil there is no publishing. Tokens are those of
	// the people who may, read at each request so that one can be revoked.
	Store    store.Store
	Tokens   func() ([]Token, error)
	MaxBytes int64 // of a dataset that is published, 64 MiB when 0
	Signed   bool  // only what was signed is served, which this door cannot do
}

// operator answers what only the operator and holders of tokens may ask.
type operator struct {
	AdminOptions
	site  *web.Site
	ask   *asker
	state *state
	now   func() time.Time
	log   *slog.Logger
	door  *doorkeeper
}

// holderKey is where a request's context has its holder.
type holderKey struct{}

// holding returns who sent the request, or says that they may not do this.
func (o *operator) holding(r *http.Request, dataset string) (holder, error) {
	who, _ := r.Context().Value(holderKey{}).(holder)
	if !who.operator && (dataset == "" || !who.may(dataset)) {
		o.door.refuses(r, who, "the token is not for this", o.now())
		return who, &web.Problem{Status: http.StatusForbidden, Detail: "the token is not for this"}
	}
	return who, nil
}

// unhurried is the context of work that goes on when who asked for it hangs up.
func unhurried(r *http.Request) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(r.Context()), adminTimeout)
}

// worded words an error of the store for who publishes, when it is about the
// store and not about what was sent; its own words go to the log.
func (o *operator) worded(err error) error {
	problem := &web.Problem{Header: http.Header{"Retry-After": {"60"}}}
	switch {
	case errors.Is(err, store.ErrFull):
		problem.Status, problem.Detail = web.Full.Status(), "the store has no space left; nothing was published"
	case errors.Is(err, store.ErrAway):
		problem.Status, problem.Detail = web.Unavailable.Status(), "the store cannot be reached; whether it was published, its history tells when it is back"
	default:
		return err
	}
	o.log.Error("the store takes nothing", "error", err)
	return problem
}
