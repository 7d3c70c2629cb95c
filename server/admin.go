package server

import (
	"context"
	"net/http"

	"github.com/demarc-map/demarc/server/web"

	"github.com/gorilla/mux"
)

// errNoToken refuses who does not show a token.
var errNoToken = &web.Problem{Status: http.StatusUnauthorized, Detail: "the operator's token is missing or wrong",
	Header: http.Header{"Www-Authenticate": {`Bearer realm="demarc"`}}}

// handler routes the operator's paths. The token of a request is looked at before
// anything else of it.
func (o *operator) handler() http.Handler {
	nothing := o.site.Handler("admin", web.Methods{Get: func(*http.Request) (*web.Answer, error) {
		return nil, web.NotFound("there is nothing here")
	}, Private: true})
	paths := mux.NewRouter()
	paths.SkipClean(true)
	paths.UseEncodedPath()
	handle := func(path string, m web.Methods) { paths.Handle(path, o.site.Handler(path, m)) }
	handle("/reload", web.Methods{Post: o.reload, Private: true})
	handle("/tokens", web.Methods{Get: o.tokens, Private: true})
	if o.Store != nil {
		handle("/publish/{dataset}", web.Methods{Post: o.publish(), Private: true, Bytes: o.MaxBytes})
		handle("/rollback/{dataset}", web.Methods{Post: o.rollback(), Private: true})
		handle("/diff/{dataset}", web.Methods{Get: o.diff(), Private: true})
		handle("/history/{dataset}", web.Methods{Get: o.chain(), Private: true})
	}
	paths.NotFoundHandler = nothing
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var tokens []Token
		var err error
		if o.Tokens != nil {
			tokens, err = o.Tokens()
		}
		now := o.now()
		who := holderOf(r, o.Token, tokens, now)
		because := who.ended
		if who.name == "" {
			because = "no token that is known"
		}
		if err != nil && !who.operator { // nobody is let in on a list that cannot be read, but the operator
			o.log.Error("the tokens cannot be read", "error", err)
			because = "the tokens cannot be read"
		}
		if because != "" {
			o.door.refuses(r, who, because, now)
			w.Header().Set("Connection", "close") // the body is not read, not even to throw it away
			o.site.Handler("admin", web.Methods{Refuse: errNoToken, Private: true}).ServeHTTP(w, r)
			return
		}
		o.door.lets(who, now)
		paths.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), holderKey{}, who)))
	})
}

// reload answers POST /reload.
func (o *operator) reload(r *http.Request) (*web.Answer, error) {
	who, err := o.holding(r, "")
	if err != nil {
		return nil, err
	}
	if err := o.ask.nothing(r); err != nil {
		return nil, err
	}
	ctx, cancel := unhurried(r)
	defer cancel()
	done := o.state.reload(ctx, o.Load)
	o.log.Info("reloaded", "by", who.name, "ok", done.OK)
	a, err := o.site.JSON(web.TypeJSON, web.CacheNone, done)
	if err == nil && !done.OK {
		a.Status = http.StatusUnprocessableEntity
	}
	return a, err
}
