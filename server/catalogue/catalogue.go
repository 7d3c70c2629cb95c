package catalogue

import (
	"context"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"
	"github.com/demarc-map/demarc/server/web"
	"github.com/demarc-map/demarc/tiles"
)

// Catalogue is one published set of snapshots. It is never changed.
type Catalogue struct {
	Generation uint64   // no other catalogue of the server has the same
	Order      []string // ids of the datasets, as they were published

	loaded    map[string]*Loaded
	earlier   map[string][]*Loaded     // by dataset, newest first: for pages that were opened before a reload
	histories map[string][]store.Entry // by dataset, up to what is served
	contexts  map[string]*Context      // by dataset; see findContexts
	refused   []string                 // datasets whose context has faults
}

// Options say what a catalogue holds besides the snapshots that are served.
type Options struct {
	Tiles   tiles.Options // of all snapshots, with the store that holds encoded tiles, by content
	Earlier int           // how many earlier snapshots of a dataset are kept
	Warm    int           // tiles of the lowest zooms, which every visitor asks for first, that are ready when a snapshot begins to be served
	Store   store.Store   // has the histories; none when nil
	Context ContextOf     // reads map contexts, each time a catalogue is made; none when nil
}

// New prepares snapshots; one that the catalogue before it, if any, still holds
// keeps its prepared tiles. Workers is how many goroutines it takes, one for each processor when 0.
func New(ctx context.Context, generation uint64, snapshots []*data.Snapshot, before *Catalogue, o Options, workers int) (*Catalogue, error) {
	next := &Catalogue{Generation: generation, loaded: map[string]*Loaded{}, earlier: map[string][]*Loaded{}}
	for _, snapshot := range snapshots {
		id := snapshot.Dataset.ID
		next.Order = append(next.Order, id)
		next.loaded[id] = before.Named(id, snapshot.Name())
		if next.loaded[id] == nil {
			atlas, err := tiles.NewAtlas(ctx, snapshot, o.Tiles)
			if err != nil {
				return nil, err
			}
			if _, err := atlas.Warm(ctx, o.Warm, workers); err != nil {
				return nil, err
			}
			next.loaded[id] = &Loaded{Snapshot: snapshot, Atlas: atlas}
		}
		for _, old := range before.all(id) {
			if old != next.loaded[id] && len(next.earlier[id]) < o.Earlier {
				next.earlier[id] = append(next.earlier[id], old)
			}
		}
	}
	if err := next.findContexts(ctx, snapshots, before, &o); err != nil {
		return nil, err
	}
	var err error
	next.histories, err = histories(ctx, o.Store, snapshots, before)
	return next, err
}

// Find returns the dataset that is served as current, nil when the catalogue is
// nil or lacks it.
func (c *Catalogue) Find(id string) *Loaded {
	if c == nil {
		return nil
	}
	return c.loaded[id]
}

// Dataset returns a dataset, or says that there is none of that id.
func (c *Catalogue) Dataset(id string) (*Loaded, error) {
	if l := c.loaded[id]; l != nil {
		return l, nil
	}
	return nil, web.NotFound("there is no dataset %q", web.Clip(id))
}

// DatasetOrFirst returns a dataset, for an empty id the first.
func (c *Catalogue) DatasetOrFirst(id string) (*Loaded, error) {
	if id == "" && len(c.Order) > 0 {
		id = c.Order[0]
	}
	return c.Dataset(id)
}

// Names maps each dataset to the name of its snapshot; none when the catalogue
// is nil.
func (c *Catalogue) Names() map[string]string {
	names := map[string]string{}
	if c != nil {
		for id, l := range c.loaded {
			names[id] = l.Snapshot.Name()
		}
	}
	return names
}

// ReviewDue is a dataset of which somebody should look for newer evidence.
type ReviewDue struct {
	Dataset     string    `json:"dataset"`
	ReviewedOn  data.Date `json:"reviewed_on"` // the last time somebody did, null when it is not said
	ReviewAfter data.Date `json:"review_after"`
}

// ReviewsDue lists the datasets whose review is due on a day.
func (c *Catalogue) ReviewsDue(today data.Date) []ReviewDue {
	var out []ReviewDue
	for _, id := range c.Order {
		if d := &c.loaded[id].Snapshot.Dataset; d.ReviewDue(today) {
			out = append(out, ReviewDue{id, d.ReviewedOn, d.ReviewAfter})
		}
	}
	return out
}

// all returns the current snapshot of a dataset and those before it.
func (c *Catalogue) all(id string) []*Loaded {
	if c == nil || c.loaded[id] == nil {
		return nil
	}
	return append([]*Loaded{c.loaded[id]}, c.earlier[id]...)
}

// Named returns a dataset by the name of its snapshot, nil when it is not held.
func (c *Catalogue) Named(id, snapshot string) *Loaded {
	for _, l := range c.all(id) {
		if l.Snapshot.Name() == snapshot {
			return l
		}
	}
	return nil
}

// History returns what was published of a dataset up to the snapshot that is
// served, the first entry first; nil when there is no record of it.
func (c *Catalogue) History(id string) []store.Entry { return c.histories[id] }
