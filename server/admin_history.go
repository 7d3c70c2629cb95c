package server

import (
	"net/http"

	"github.com/demarc-map/demarc/data/store"
	"github.com/demarc-map/demarc/server/catalogue"
	"github.com/demarc-map/demarc/server/web"

	"github.com/gorilla/mux"
)

// diff answers GET /diff/{dataset}?from=&to=: what changed between two entries.
func (o *operator) diff() web.Resource {
	return o.looking([]string{"from", "to"}, func(r *http.Request, chain []store.Entry, p *catalogue.Parameters) (any, error) {
		return store.Diff(r.Context(), o.Store, chain, p.Get("from"), p.Get("to"))
	})
}

// chain answers GET /history/{dataset}: the store's entries, also of a dataset
// that this server does not serve.
func (o *operator) chain() web.Resource {
	return o.looking(nil, func(_ *http.Request, chain []store.Entry, _ *catalogue.Parameters) (any, error) {
		return map[string]any{"dataset": chain[0].Dataset, "entries": chain}, nil
	})
}

// looking is a resource that reads the store.
func (o *operator) looking(known []string, look func(*http.Request, []store.Entry, *catalogue.Parameters) (any, error)) web.Resource {
	return func(r *http.Request) (*web.Answer, error) {
		dataset := mux.Vars(r)["dataset"]
		if _, err := o.holding(r, dataset); err != nil {
			return nil, err
		}
		params, err := catalogue.ReadParameters(r, o.now(), known...)
		if err != nil {
			return nil, err
		}
		chain, _, err := o.Store.Whole(r.Context(), dataset)
		if err != nil {
			return nil, o.worded(err)
		}
		if len(chain) == 0 {
			return nil, web.NotFound("nothing was published of %q", web.Clip(dataset))
		}
		v, err := look(r, chain, params)
		if err != nil {
			return nil, o.worded(err)
		}
		return o.site.JSON(web.TypeJSON, web.CacheNone, v)
	}
}
