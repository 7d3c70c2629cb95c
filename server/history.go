package server

import (
	"net/http"

	"github.com/demarc-map/demarc/data/store"
	"github.com/demarc-map/demarc/server/web"

	"github.com/gorilla/mux"
)

// history answers GET /v1/{dataset}/history: what was published when and by
// whom, each entry chained to the one before it.
func (f *facts) history(r *http.Request) (*web.Answer, error) {
	if err := f.ask.nothing(r); err != nil {
		return nil, err
	}
	current, err := f.ask.current.Served()
	if err != nil {
		return nil, err
	}
	l, err := current.Dataset(mux.Vars(r)["dataset"])
	if err != nil {
		return nil, err
	}
	id := l.Snapshot.Dataset.ID
	entries := current.History(id)
	if entries == nil {
		entries = []store.Entry{}
	}
	return l.Named(f.site.JSON(web.TypeJSON, web.CacheLive, map[string]any{"dataset": id, "entries": entries, "snapshot": l.Snapshot.Name()}))
}
