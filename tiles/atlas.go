package tiles

import (
	"context"
	"iter"
	"slices"
	"sync"

	"github.com/demarc-map/demarc/data"
)

// Atlas holds the tiles of one snapshot: for each edition of the map a
// tileset, made when it is first asked for. It is safe for concurrent use.
type Atlas struct {
	snapshot *data.Snapshot
	options  Options
	mu       sync.Mutex
	editions map[data.Edition]func() (*Tileset, error)
	recent   []data.Edition // the keys of editions, asked for last at the end
}

// NewAtlas returns the atlas of a snapshot; tiles that are equal between its
// editions, or between atlases that share options.Store, are held once. The
// edition of the newest epoch under the default basis is prepared at once.
func NewAtlas(ctx context.Context, snapshot *data.Snapshot, options Options) (*Atlas, error) {
	options, err := options.withDefaults()
	if err != nil {
		return nil, err
	}
	a := &Atlas{snapshot: snapshot, options: options, editions: map[data.Edition]func() (*Tileset, error){}}
	if _, err := a.edition(a.newest()); err != nil {
		return nil, err
	}
	return a, ctx.Err()
}

// Tile returns an encoded tile of an edition, nil when it is empty, and
// ErrOutside when there is no such tile.
func (a *Atlas) Tile(ctx context.Context, e data.Edition, z, x, y uint32) (*Tile, error) {
	tileset, err := a.edition(e)
	if err != nil {
		return nil, err
	}
	return tileset.Tile(ctx, z, x, y)
}

// Covered gives the tiles of a zoom that may show anything of an edition, as
// Tileset.Covered does.
func (a *Atlas) Covered(e data.Edition, z uint32) (iter.Seq2[uint32, uint32], error) {
	tileset, err := a.edition(e)
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
func (a *Atlas) VectorLayers(e data.Edition) ([]VectorLayer, error) {
	tileset, err := a.edition(e)
	if err != nil {
		return nil, err
	}
	var out []VectorLayer
	_, high := a.Zooms()
	for _, l := range tileset.Fields() {
		out = append(out, VectorLayer{l.Layer, l.Fields, l.First, high})
	}
	return out, nil
}

// VectorLayer is one member of vector_layers (TileJSON 3.0.0, section 3.3).
type VectorLayer struct {
	ID      string            `json:"id"`
	Fields  map[string]string `json:"fields"`
	MinZoom uint32            `json:"minzoom"`
	MaxZoom uint32            `json:"maxzoom"`
}

// Warm makes up to limit tiles of the lowest zooms of the newest edition under
// the default basis ahead, as Tileset.Warm does.
func (a *Atlas) Warm(ctx context.Context, limit, workers int) (int, error) {
	tileset, err := a.edition(a.newest())
	if err != nil {
		return 0, err
	}
	return tileset.Warm(ctx, limit, workers)
}

func (a *Atlas) newest() data.Edition {
	return data.Edition{Epoch: a.snapshot.Epochs[len(a.snapshot.Epochs)-1], Basis: a.snapshot.Dataset.Basis}
}

// heldEditions is how many editions stay prepared: of a history of hundreds of
// days those asked for last.
const heldEditions = 32

// edition returns the tileset of an edition, made by whoever asks first.
func (a *Atlas) edition(e data.Edition) (*Tileset, error) {
	a.mu.Lock()
	made, ok := a.editions[e]
	if !ok {
		made = sync.OnceValues(func() (*Tileset, error) {
			all, err := layers(a.snapshot, e)
			if err != nil {
				return nil, err
			}
			return newTileset(all, detailsOf(all), a.options)
		})
		a.editions[e] = made
	}
	if n := len(a.recent); n == 0 || a.recent[n-1] != e {
		a.recent = append(slices.DeleteFunc(a.recent, func(other data.Edition) bool { return other == e }), e)
	}
	if len(a.recent) > heldEditions {
		delete(a.editions, a.recent[0])
		a.recent = slices.Delete(a.recent, 0, 1)
	}
	a.mu.Unlock()
	return made()
}

// layers turns the sections of an edition into layers, properties into tags,
// and adds the layer of held land after the territories.
func layers(s *data.Snapshot, e data.Edition) ([]Layer, error) {
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
			held, err := heldLayer(s, e)
			if err != nil {
				return nil, err
			}
			out = append(out, held)
		}
	}
	return out, nil
}
