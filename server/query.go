package server

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"
	"github.com/demarc-map/demarc/server/catalogue"
	"github.com/demarc-map/demarc/server/web"

	"github.com/gorilla/mux"
)

// asker reads from requests what they ask, the same for all resources outside
// /ogc.
type asker struct {
	current *catalogue.Current
	past    *catalogue.Past
	now     func() time.Time
}

// question is what a request asks. Fields beyond loaded are what the method that
// read it says.
type question struct {
	*catalogue.Parameters
	catalogue *catalogue.Catalogue
	loaded    *catalogue.Loaded // of the snapshot that is meant, see pin
	query     data.Query        // as_of, of, party and basis
	edition   data.Edition
	pinned    string // name of the snapshot that is asked about, "" for the present one
}

// nothing refuses any parameter.
func (a *asker) nothing(r *http.Request) error {
	_, err := catalogue.ReadParameters(r, a.now())
	return err
}

// dataset reads the dataset that the path names and the parameters, which must be
// known, and snapshot or as_known, which say what of it is asked about.
func (a *asker) dataset(r *http.Request, known ...string) (*question, error) {
	q, err := a.open(r, mux.Vars(r)["dataset"], known)
	if err != nil {
		return nil, err
	}
	return q, a.pin(r.Context(), q)
}

// question reads what dataset does, and the query.
func (a *asker) question(r *http.Request, known ...string) (*question, error) {
	q, err := a.dataset(r, known...)
	if err != nil {
		return nil, err
	}
	return q, q.read()
}

// edition reads which epoch under which basis of a dataset is asked for. Further
// parameters may be known.
func (a *asker) edition(r *http.Request, dataset string, known ...string) (*question, error) {
	q, err := a.open(r, dataset, append(known, "as_of", "basis"))
	if err != nil {
		return nil, err
	}
	if err := q.read(); err != nil {
		return nil, err
	}
	if err := a.pin(r.Context(), q); err != nil {
		return nil, err
	}
	q.edition, err = q.loaded.Snapshot.Edition(q.query.Basis, q.query.AsOf)
	return q, err
}

// picture reads a question about the dataset named by area, the first when it is
// absent.
func (a *asker) picture(r *http.Request) (*question, error) {
	p, err := catalogue.ReadParameters(r, a.now(), "area", "as_of", "of", "party", "basis", "lang", "snapshot", "as_known")
	if err != nil {
		return nil, err
	}
	q := &question{Parameters: p}
	if err := a.area(q); err != nil {
		return nil, err
	}
	if err := a.pin(r.Context(), q); err != nil {
		return nil, err
	}
	return q, q.read()
}

// page reads a question as picture does from the query of the page, which carries
// more than the server needs.
func (a *asker) page(values url.Values) (*question, error) {
	q := &question{Parameters: &catalogue.Parameters{Parameters: web.Parameters{Values: values}, Today: data.DateOf(a.now())}}
	if err := q.read(); err != nil {
		return nil, err
	}
	return q, a.area(q)
}

// open finds a dataset and reads the parameters.
func (a *asker) open(r *http.Request, dataset string, known []string) (*question, error) {
	q := &question{}
	var err error
	if q.catalogue, err = a.current.Served(); err != nil {
		return nil, err
	}
	if q.loaded, err = q.catalogue.Dataset(dataset); err != nil {
		return nil, err
	}
	q.Parameters, err = catalogue.ReadParameters(r, a.now(), append(slices.Clip(known), "snapshot", "as_known")...)
	return q, err
}

// area finds the dataset that the parameter area names.
func (a *asker) area(q *question) error {
	area, err := q.ID("area")
	if err != nil {
		return err
	}
	if q.catalogue, err = a.current.Served(); err != nil {
		return err
	}
	q.loaded, err = q.catalogue.DatasetOrFirst(area)
	return err
}

// read reads the query.
func (q *question) read() error {
	var err error
	if q.query.AsOf, err = q.Date("as_of"); err != nil {
		return err
	}
	for name, field := range map[string]*string{"of": &q.query.Of, "party": &q.query.Party, "basis": &q.query.Basis} {
		if *field, err = q.ID(name); err != nil {
			return err
		}
	}
	return nil
}

// pin goes from the present snapshot of the dataset to the one that the request
// means: the one it names (snapshot=), or the one that was published by a day or
// moment (as_known=). Besides those that are held for pages opened before a
// reload, any snapshot of the store's history is found, and read when it is
// first asked for.
func (a *asker) pin(ctx context.Context, q *question) error {
	named, known := q.Has("snapshot"), q.Has("as_known")
	if !named && !known {
		return nil
	}
	if named && known {
		return web.BadRequest("snapshot and as_known say the same; give one of them")
	}
	id := q.loaded.Snapshot.Dataset.ID
	history := q.catalogue.History(id)
	q.pinned = q.Get("snapshot")
	if known {
		moment, err := q.Moment("as_known")
		if err != nil {
			return err
		}
		entry, ok := store.KnownAt(history, moment)
		switch {
		case len(history) == 0:
			return web.NotFound("this server keeps no history of %q, so it cannot tell what was known then", id)
		case !ok:
			return &web.Problem{Status: http.StatusNotFound, Detail: "nothing was published by then; the first publication was at " + history[0].At.Format(time.RFC3339),
				Extra: map[string]any{"first_known": history[0].At}}
		}
		q.pinned = entry.Snapshot
	}
	if gone := store.WithdrawnIn(history, q.pinned); gone != nil {
		return &web.Problem{Status: http.StatusGone, Detail: fmt.Sprintf("%v; the current one is %s", gone, q.loaded.Snapshot.Name())}
	}
	if held := q.catalogue.Named(id, q.pinned); held != nil {
		q.loaded = held
		return nil
	}
	if !slices.ContainsFunc(history, func(e store.Entry) bool { return e.Snapshot == q.pinned }) {
		return web.NotFound("that snapshot is not served; the current one is %s", q.loaded.Snapshot.Name())
	}
	var err error
	q.loaded, err = a.past.Snapshot(ctx, q.pinned)
	return err
}

// cache says how long an answer may be kept: one that names its snapshot, and
// does not move with the clock, for ever.
func (q *question) cache() string {
	if !q.Clock && q.Has("snapshot") {
		return web.CacheImmutable
	}
	return web.CacheLive
}

// kept gives a live answer the time that it may be kept.
func (q *question) kept(a *web.Answer, err error) (*web.Answer, error) {
	if err != nil || q.cache() == web.CacheLive {
		return a, err
	}
	pinned := *a
	pinned.Cache = web.CacheImmutable
	return &pinned, nil
}
