package tiles

import (
	"math"

	"github.com/demarc-map/demarc/data"
)

// Of a map with very many zones that count, each is a detail: the layer of held
// land shows what they cover at every zoom, and a zone by itself is in the tiles
// of the zooms at which it is as large as a square of detailSide pixels, where a
// tile is drawn at 512 pixels. A smaller one is hardly more than its outline, and
// of larger ones no more than 4,096 that lie beside each other fit into a tile,
// which is what fits into the size budget too. Tiles say how many they leave out.
const (
	manyZones  = 1000 // of a map that has more, zones that count are details
	detailSide = 8
)

// isDetail says which features of a layer are left out where they are small; nil
// says that none is.
type isDetail func(layer string, f *Feature) bool

// detailsOf returns which features of an edition's layers are details.
func detailsOf(layers []Layer) isDetail {
	count := 0
	for _, l := range layers {
		for i := range l.Features {
			if zoneThatCounts(l.Name, &l.Features[i]) {
				count++
			}
		}
	}
	if count <= manyZones {
		return nil
	}
	return zoneThatCounts
}

// zoneThatCounts reports whether a feature is a zone whose land is in the layer of held land.
func zoneThatCounts(layer string, f *Feature) bool {
	if layer != data.ZonesSection {
		return false
	}
	for _, t := range f.Tags {
		if t.Key == "counts" {
			return t.Value == true
		}
	}
	return false
}

// setFirstZooms sets the first zoom of each feature and part.
func (p *prepared) setFirstZooms(o *Options) {
	late := false
	for i := range p.features {
		f := &p.features[i]
		f.first = uint8(max(o.MinZoom, min(p.layers[f.layer].first, o.MaxZoom)))
		late = late || uint32(f.first) > o.MinZoom
		if !f.detail {
			continue
		}
		side := math.Ldexp(float64(detailSide*o.Extent)/512, o.shift(uint32(f.first))) // in grid units
		for ; uint32(f.first) < o.MaxZoom && f.size < side*side; side /= 2 {
			f.first++
		}
		late = late || uint32(f.first) > o.MinZoom
	}
	if !late {
		return
	}
	p.first = make([]uint8, len(p.parts))
	for i := range p.parts {
		p.first[i] = p.features[p.parts[i].feature].first
	}
}

// firstZoom is the first zoom at which tiles may have any feature of a layer that has features.
func (p *prepared) firstZoom(layer int, o *Options) uint32 {
	begin, end := p.layers[layer].begin, len(p.features)
	if layer+1 < len(p.layers) {
		end = p.layers[layer+1].begin
	}
	if begin == end {
		return o.MinZoom
	}
	first := o.MaxZoom
	for i := begin; i < end; i++ {
		first = min(first, uint32(p.features[i].first))
	}
	return first
}
