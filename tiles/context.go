package tiles

import (
	"context"
	"maps"
	"math"
	"slices"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/mapcontext"
	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// Tiles of a context are coarse: a vertex is kept for a triangle of at least contextTolerance
// square tile units, a third of a pixel where a tile is drawn at 512 pixels, and the last
// zoom has a unit of 2.4 m at the equator.
const (
	contextTolerance = 20
	contextMaxZoom   = 12
)

// ContextLayer is what the layer of a context is called in tiles: none of an edition's
// has the same name.
func ContextLayer(name string) string { return "context_" + name }

// NewContext prepares the map context of a dataset for tiles. The ranks count from the
// zoom at which the dataset fills a tile, so that a town is as near to the eye as a city
// of a larger place. Places have a tag that says whether they are inside the territory.
func NewContext(ctx context.Context, m *mapcontext.Map, s *data.Snapshot, store *Store) (*Tileset, error) {
	territory, _ := s.TerritoryByID(s.Dataset.Territory)
	shape, err := geo.NewIndex(territory.Shape)
	if err != nil {
		return nil, err
	}
	var all []Layer
	for _, l := range m.Layers {
		layer := Layer{Name: ContextLayer(l.Name)}
		for _, f := range l.Features {
			tags := contextTags(&f)
			if at, ok := f.Geometry.(orb.Point); ok {
				tags = append(tags, Tag{"inside", shape.Contains(at)})
			}
			layer.Features = append(layer.Features, Feature{Geometry: f.Geometry, Tags: tags})
		}
		all = append(all, layer)
	}
	whole := fills(s.Bound())
	when := func(layer string, f *Feature) (uint32, bool) {
		return contextZoom(layer, f.Tags[0].Value.(int), whole), false
	}
	return newTilesetWith(ctx, all, when, Options{MaxZoom: contextMaxZoom, Tolerance: contextTolerance, Store: store})
}

func contextTags(f *mapcontext.Feature) []Tag {
	tags := []Tag{{"rank", f.Rank}}
	if f.Kind != "" {
		tags = append(tags, Tag{"kind", f.Kind})
	}
	for _, lang := range slices.Sorted(maps.Keys(f.Title)) {
		tags = append(tags, Tag{"name_" + lang, f.Title[lang]})
	}
	return tags
}

// contextZoom says from which zoom a rank of a layer is in the tiles, where a dataset
// fills a tile at the zoom whole. Land and borders are in all.
func contextZoom(layer string, rank, whole int) uint32 {
	deeper := map[string][mapcontext.Lowest]int{
		ContextLayer(mapcontext.Builtup): {-2, 0, 1, 2, 3},
		ContextLayer(mapcontext.Water):   {0, 2, 2, 3, 3},
		ContextLayer(mapcontext.Roads):   {-4, 0, 1, 3, 3},
		ContextLayer(mapcontext.Places):  {-4, -1, 2, 3, 3},
	}
	zooms, ok := deeper[layer]
	if !ok {
		return 0
	}
	return uint32(min(max(0, whole+zooms[rank-1]), contextMaxZoom))
}

// fills is the deepest zoom at which a tile is as wide and as high as a box.
func fills(b orb.Bound) int {
	degrees := max(b.Max[0]-b.Min[0], (b.Max[1]-b.Min[1])/math.Cos(b.Center()[1]*math.Pi/180))
	if !(degrees > 0) {
		return contextMaxZoom
	}
	return int(min(max(0, math.Floor(math.Log2(360/degrees))), contextMaxZoom))
}
