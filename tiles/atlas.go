package tiles

import (
	"context"
	"iter"
	"sync"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/carry"
)

// Atlas holds the tiles of one snapshot: for each edition of the map a
// tileset, made when it is first asked for, once however many ask, and only for
// as long as somebody waits for it. It is safe for concurrent use.
type Atlas struct {
	snapshot *data.Snapshot
	options  Options
	first    *Tileset // of the newest edition, held for good; nil with Options.Lazy
	number   uint64   // in the store
	firstOf  data.Edition
	fixed    int64 // see cost
	making   carry.Flights[data.Edition, *Tileset]
	mu       sync.Mutex
	sets     map[data.Edition]uint64 // their numbers in the store, which outlive the tilesets: so do their tiles
}

// NewAtlas returns the atlas of a snapshot; tiles that are equal between its
// editions, or between atlases that share options.Store, are held once. The
// edition of the newest epoch under the default basis is prepared at once,
// unless options.Lazy says otherwise.
func NewAtlas(ctx context.Context, snapshot *data.Snapshot, options Options) (*Atlas, error) {
	options, err := options.withDefaults()
	if err != nil {
		return nil, err
	}
	a := &Atlas{snapshot: snapshot, options: options, number: options.Store.atlases.Add(1), fixed: fixedCost(snapshot), sets: map[data.Edition]uint64{}}
	if !options.Lazy {
		a.firstOf = a.newest()
		if a.first, err = a.prepareFirst(ctx, a.firstOf); err != nil {
			return nil, err
		}
	}
	return a, ctx.Err()
}

// Holding returns an atlas of the same snapshot that has an edition ready, which is
// made where it is not held, and keeps it for as long as it is used itself: who holds
// memory needs to wait for none to make an edition.
func (a *Atlas) Holding(ctx context.Context, e data.Edition) (*Atlas, error) {
	tileset, err := a.edition(ctx, e)
	if err != nil {
		return nil, err
	}
	return &Atlas{snapshot: a.snapshot, options: a.options, number: a.options.Store.atlases.Add(1), first: tileset, firstOf: e, fixed: a.fixed, sets: map[data.Edition]uint64{}}, nil
}

// Tile returns an encoded tile of an edition, nil when it is empty, and
// ErrOutside when there is no such tile.
func (a *Atlas) Tile(ctx context.Context, e data.Edition, z, x, y uint32) (*Tile, error) {
	if !a.options.has(z, x, y) { // before an edition is made for it
		return nil, outside(z, x, y)
	}
	tileset, err := a.edition(ctx, e)
	if err != nil {
		return nil, err
	}
	return tileset.Tile(ctx, z, x, y)
}

// Covered gives the tiles of a zoom that may show anything of an edition, as
// Tileset.Covered does.
func (a *Atlas) Covered(ctx context.Context, e data.Edition, z uint32) (iter.Seq2[uint32, uint32], error) {
	tileset, err := a.edition(ctx, e)
	if err != nil {
		return nil, err
	}
	return tileset.Covered(z), nil
}

// Snapshot returns the snapshot that the tiles show.
func (a *Atlas) Snapshot() *data.Snapshot { return a.snapshot }

// Zooms returns the lowest and highest zoom that are answered.
func (a *Atlas) Zooms() (low, high uint32) { return a.options.MinZoom, a.options.MaxZoom }

// VectorLayers describes the layers of an edition as TileJSON wants it.
func (a *Atlas) VectorLayers(ctx context.Context, e data.Edition) ([]VectorLayer, error) {
	tileset, err := a.edition(ctx, e)
	if err != nil {
		return nil, err
	}
	return tileset.VectorLayers(), nil
}

// Warm makes up to limit tiles of the lowest zooms of the newest edition under
// the default basis ahead, as Tileset.Warm does.
func (a *Atlas) Warm(ctx context.Context, limit, workers int) (int, error) {
	tileset, err := a.edition(ctx, a.newest())
	if err != nil {
		return 0, err
	}
	return tileset.Warm(ctx, limit, workers)
}

func (a *Atlas) newest() data.Edition {
	return data.Edition{Epoch: a.snapshot.Epochs[len(a.snapshot.Epochs)-1], Basis: a.snapshot.Dataset.Basis}
}

// edition returns the tileset of an edition, which is made where it is not held.
func (a *Atlas) edition(ctx context.Context, e data.Edition) (*Tileset, error) {
	if a.first != nil && e == a.firstOf {
		return a.first, nil
	}
	held, key := &a.options.Store.editions, editionKey{a.number, e}
	if t := held.get(key); t != nil {
		return t, nil
	}
	return a.making.Do(ctx, e, func(ctx context.Context) (*Tileset, error) {
		if t := held.get(key); t != nil { // made a moment ago
			return t, nil
		}
		if a.options.Admit != nil {
			leave, err := a.options.Admit(ctx, a.cost(e))
			if err != nil {
				return nil, err
			}
			defer leave()
		}
		t, err := a.prepare(ctx, e)
		if err == nil {
			held.put(key, t)
		}
		return t, err
	})
}

// prepare makes the tileset of an edition.
func (a *Atlas) prepare(ctx context.Context, e data.Edition) (*Tileset, error) {
	all, err := layers(ctx, a.snapshot, e)
	if err != nil {
		return nil, err
	}
	return newTileset(ctx, all, detailsOf(all), a.options, a.set(e))
}

// set is the number of an edition's tiles in the store.
func (a *Atlas) set(e data.Edition) uint64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.sets[e] == 0 {
		a.sets[e] = a.options.Store.sets.Add(1)
	}
	return a.sets[e]
}

// layers turns the sections of an edition into layers, properties into tags,
// and adds the layer of held land after the territories.
func layers(ctx context.Context, s *data.Snapshot, e data.Edition) ([]Layer, error) {
	var out []Layer
	for _, section := range s.Sections(e) {
		layer := Layer{Name: section.Name}
		for _, item := range section.Items {
			var tags []Tag
			for _, key := range item.Keys() {
				tags = append(tags, Tag{key, item.Properties[key]})
			}
			layer.Features = append(layer.Features, Feature{ID: item.ID, Geometry: item.Shape, Tags: tags})
		}
		out = append(out, layer)
		if section.Name == data.TerritoriesSection {
			held, err := heldLayer(ctx, s, e)
			if err != nil {
				return nil, err
			}
			out = append(out, held)
		}
	}
	return out, nil
}
