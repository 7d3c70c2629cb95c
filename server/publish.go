package server

import (
	"context"
	"net/http"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"
	"github.com/demarc-map/demarc/server/catalogue"
	"github.com/demarc-map/demarc/server/web"

	"github.com/gorilla/mux"
)

// published is what came of a publication, and what is served now.
type published struct {
	store.Outcome
	Reload Reload `json:"reload"`
	repaired
}

// publish answers POST /publish/{dataset}: the body is a tar of the dataset's
// folder, the answer is given when the snapshot is durable and served, and lists
// what was repaired.
func (o *operator) publish() web.Resource {
	return o.publishing(nil, func(ctx context.Context, r *http.Request, dataset string, _ *catalogue.Parameters, p store.Proposal) (store.Outcome, repaired, error) {
		files, err := unpacked(r.Body, o.MaxBytes)
		if err != nil {
			return store.Outcome{}, repaired{}, err
		}
		snapshot, _, err := data.Read(ctx, files)
		if err != nil {
			return store.Outcome{}, repaired{}, err
		}
		if snapshot.Dataset.ID != dataset {
			return store.Outcome{}, repaired{}, &web.Problem{Status: http.StatusUnprocessableEntity, Detail: "the body holds the dataset " + snapshot.Dataset.ID}
		}
		outcome, err := store.Publish(ctx, o.Store, snapshot, p)
		return outcome, repairedOf(snapshot.Repairs), err
	})
}

// rollback answers POST /rollback/{dataset}?to=: an earlier snapshot is published again.
func (o *operator) rollback() web.Resource {
	return o.publishing([]string{"to"}, func(ctx context.Context, _ *http.Request, dataset string, params *catalogue.Parameters, p store.Proposal) (store.Outcome, repaired, error) {
		outcome, err := store.Rollback(ctx, o.Store, dataset, params.Get("to"), p)
		return outcome, repaired{}, err
	})
}

// publishing is a resource that publishes. The author is who the token belongs to.
func (o *operator) publishing(known []string, run func(context.Context, *http.Request, string, *catalogue.Parameters, store.Proposal) (store.Outcome, repaired, error)) web.Resource {
	return func(r *http.Request) (*web.Answer, error) {
		dataset := mux.Vars(r)["dataset"]
		who, err := o.holding(r, dataset)
		if err != nil {
			return nil, err
		}
		if o.Signed {
			return nil, &web.Problem{Status: http.StatusForbidden, Detail: "this server serves only what was signed, which demarc publish --sign does"}
		}
		params, err := catalogue.ReadParameters(r, o.now(), append(known, "note", "confirm")...)
		if err != nil {
			return nil, err
		}
		confirm := params.Get("confirm")
		if params.Has("confirm") && confirm != "true" && confirm != "false" {
			return nil, web.BadRequest("confirm is true or false")
		}
		ctx, cancel := unhurried(r)
		defer cancel()
		outcome, repairs, err := run(ctx, r, dataset, params, store.Proposal{Author: who.name, Note: params.Get("note"), At: o.now(), Confirm: confirm == "true"})
		if err != nil {
			o.log.Warn("a publication was refused", "by", who.name, "dataset", dataset, "error", err)
			return nil, o.worded(err)
		}
		o.log.Info("published", "by", who.name, "dataset", dataset, "entry", outcome.Entry.Number, "snapshot", outcome.Entry.Snapshot, "new", outcome.Published)
		return o.site.JSON(web.TypeJSON, web.CacheNone, published{outcome, o.state.reload(ctx, o.Load), repairs})
	}
}
