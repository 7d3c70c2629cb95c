package server

import (
	"context"
	"net/http"
	"sync"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"
	"github.com/demarc-map/demarc/tiles"

	"github.com/gorilla/mux"
)

// catalogue is one published set of snapshots. It is never changed.
type catalogue struct {
	generation uint64 // no other catalogue of the server has the same
	order      []string
	places     map[string]*place
	earlier    map[string][]*place // by dataset, newest first: for pages that were opened before a reload

	histories map[string][]store.Entry // by dataset, up to what is served
}

// kept is how many earlier snapshots of a dataset are kept.
const kept = 2

// place is a snapshot ready to be asked.
type place struct {
	snapshot *data.Snapshot
	atlas    *tiles.Atlas
	shown    sync.Map // data.Edition → map[string]string, see editionHeaders
}

// warmTiles is how many tiles of the lowest zooms are ready, compressed, when a
// snapshot begins to be served: those that every visitor asks for first.
const warmTiles = 32

// newCatalogue prepares snapshots; one that the catalogue before it still
// holds keeps its prepared tiles.
func newCatalogue(ctx context.Context, generation uint64, encoded *tiles.Store, snapshots []*data.Snapshot, before *catalogue) (*catalogue, error) {
	next := &catalogue{generation: generation, places: map[string]*place{}, earlier: map[string][]*place{}}
	for _, snapshot := range snapshots {
		id := snapshot.Dataset.ID
		next.order = append(next.order, id)
		next.places[id] = before.named(id, snapshot.Name())
		if next.places[id] == nil {
			atlas, err := tiles.NewAtlas(ctx, snapshot, tiles.Options{Store: encoded})
			if err != nil {
				return nil, err
			}
			if _, err := atlas.Warm(ctx, warmTiles); err != nil {
				return nil, err
			}
			next.places[id] = &place{snapshot: snapshot, atlas: atlas}
		}
		for _, old := range before.all(id) {
			if old != next.places[id] && len(next.earlier[id]) < kept {
				next.earlier[id] = append(next.earlier[id], old)
			}
		}
	}
	return next, nil
}

// find returns the place that is served as current, nil when the catalogue is
// nil or lacks it.
func (c *catalogue) find(id string) *place {
	if c == nil {
		return nil
	}
	return c.places[id]
}

// all returns the current place of a dataset and those before it.
func (c *catalogue) all(id string) []*place {
	if c == nil || c.places[id] == nil {
		return nil
	}
	return append([]*place{c.places[id]}, c.earlier[id]...)
}

// named returns a place by the name of its snapshot, nil when it is not held.
func (c *catalogue) named(id, snapshot string) *place {
	for _, p := range c.all(id) {
		if p.snapshot.Name() == snapshot {
			return p
		}
	}
	return nil
}

// served returns the catalogue of the moment; a request asks once, so that its
// answer is all of one snapshot.
func (s *Server) served() (*catalogue, error) {
	if c := s.current.Load(); c != nil {
		return c, nil
	}
	return nil, errNotReady
}

// dated returns the dataset that the path names with the catalogue it is of.
func (s *Server) dated(r *http.Request) (*catalogue, *place, error) {
	c, err := s.served()
	if err != nil {
		return nil, nil, err
	}
	place, err := c.place(mux.Vars(r)["dataset"])
	return c, place, err
}

// place returns a dataset, or says that there is none of that id.
func (c *catalogue) place(id string) (*place, error) {
	if p := c.places[id]; p != nil {
		return p, nil
	}
	return nil, notFound("there is no dataset %q", clipped(id))
}
