package tiles

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"sync"
	"sync/atomic"

	"github.com/paulmach/orb"

	"github.com/demarc-map/demarc/geo/rtree"
)

// ErrOutside is returned for a tile outside the matrix or the zooms of a tileset.
var ErrOutside = errors.New("tiles: no such tile")

// Tileset makes the tiles of a set of layers. It never changes and is safe for
// concurrent use.
type Tileset struct {
	options  Options
	prepared *prepared
	parts    *rtree.Tree[int32] // of prepared.parts
	set      uint64             // its number in the store
	canvases sync.Pool
	warm     warm
}

// warm holds the tiles made ahead, for as long as the tileset lives.
type warm struct {
	tiles atomic.Pointer[map[address]*Tile]
}

func (w *warm) held(at address) (*Tile, bool) {
	tiles := w.tiles.Load()
	if tiles == nil {
		return nil, false
	}
	b, ok := (*tiles)[at]
	return b, ok
}

// NewTileset prepares layers for tiles. Nothing of the layers is kept or changed.
// The errors name the layer and the feature, or are why ctx ended.
func NewTileset(ctx context.Context, layers []Layer, opt Options) (*Tileset, error) {
	return newTilesetWith(ctx, layers, nil, opt)
}

// newTilesetWith is NewTileset with features that are not in all tiles.
func newTilesetWith(ctx context.Context, layers []Layer, when appears, opt Options) (*Tileset, error) {
	opt, err := opt.withDefaults()
	if err != nil {
		return nil, err
	}
	return newTileset(ctx, layers, when, opt, opt.Store.sets.Add(1))
}

// newTileset is newTilesetWith a number in the store.
func newTileset(ctx context.Context, layers []Layer, when appears, opt Options, set uint64) (*Tileset, error) {
	p, err := prepare(ctx, layers, when)
	if err != nil {
		return nil, err
	}
	p.setFirstZooms(&opt)
	if err := p.simplify(ctx, &opt); err != nil {
		return nil, err
	}
	p.findThin(&opt)
	p.addSpans()
	if err := p.prerender(ctx, &opt); err != nil {
		return nil, err
	}
	return p.tileset(opt, set), nil
}

// tileset makes tiles from what was prepared for options, under a number in the store.
func (p *prepared) tileset(opt Options, set uint64) *Tileset {
	t := &Tileset{options: opt, prepared: p, parts: packParts(p.parts), set: set}
	t.canvases.New = func() any { return newCanvas(p, t.parts, &t.options) }
	return t
}

// Tile returns a tile, or nil when it is empty. Columns x count from the west,
// rows y from the north. The error is ErrOutside, or the context's.
func (t *Tileset) Tile(ctx context.Context, z, x, y uint32) (*Tile, error) {
	if !t.options.has(z, x, y) {
		return nil, outside(z, x, y)
	}
	at := address{z, x, y}
	if b, ok := t.warm.held(at); ok {
		return b, nil
	}
	return t.options.Store.tile(ctx, storeKey{t.set, at}, t)
}

// has reports whether there is such a tile.
func (o *Options) has(z, x, y uint32) bool {
	return z >= o.MinZoom && z <= o.MaxZoom && x>>z == 0 && y>>z == 0
}

func outside(z, x, y uint32) error { return fmt.Errorf("%w: %d/%d/%d", ErrOutside, z, x, y) }

// render makes a tile with one of the canvases.
func (t *Tileset) render(ctx context.Context, at address) (*Tile, error) {
	c := t.canvases.Get().(*canvas)
	tile, err := c.render(ctx, at)
	t.canvases.Put(c) // not one that a panic left half done
	return tile, err
}

// Bounds returns the box of all features in longitude and latitude; the zero
// Bound when there are none.
func (t *Tileset) Bounds() orb.Bound {
	b, ok := t.parts.Bounds()
	if !ok {
		return orb.Bound{}
	}
	southWest, northEast := unproject(b.MinX, b.MaxY), unproject(b.MaxX, b.MinY)
	return orb.Bound{Min: southWest, Max: northEast}
}

// Zooms returns the first and the last zoom.
func (t *Tileset) Zooms() (first, last uint32) { return t.options.MinZoom, t.options.MaxZoom }

// LayerFields says which tags the features of a layer have, and from which zoom it has any.
type LayerFields struct {
	Layer  string
	First  uint32            // the first zoom at which tiles may have any of it
	Fields map[string]string // key to "String", "Number" or "Boolean", as TileJSON wants
}

// Fields returns the fields of each layer, in order.
func (t *Tileset) Fields() []LayerFields {
	var all []LayerFields
	for i, l := range t.prepared.layers {
		fields := map[string]string{}
		if i < len(t.prepared.tags.fields) {
			maps.Copy(fields, t.prepared.tags.fields[i])
		}
		all = append(all, LayerFields{l.name, t.prepared.firstZoom(i, &t.options), fields})
	}
	return all
}

// VectorLayer is one member of vector_layers (TileJSON 3.0.0, section 3.3).
type VectorLayer struct {
	ID      string            `json:"id"`
	Fields  map[string]string `json:"fields"`
	MinZoom uint32            `json:"minzoom"`
	MaxZoom uint32            `json:"maxzoom"`
}

// VectorLayers describes the layers as TileJSON wants it.
func (t *Tileset) VectorLayers() []VectorLayer {
	var out []VectorLayer
	_, last := t.Zooms()
	for _, l := range t.Fields() {
		out = append(out, VectorLayer{l.Layer, l.Fields, l.First, last})
	}
	return out
}
