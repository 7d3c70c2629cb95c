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

// appears says from which zoom a feature of a layer is in tiles, and whether it is a
// detail, left out where it is small; nil says that all are in all, and none is.
type appears func(layer string, f *Feature) (first uint32, detail bool)

// thingsZoom is the first zoom of things: there a tile is about 15 km wide where
// people live, and a school is a pixel or two.
const thingsZoom = 11

// detailsOf returns which features of an edition's layers are not in all tiles:
// details, and things.
func detailsOf(layers []Layer) appears {
	count, things := 0, false
	for _, l := range layers {
		things = things || l.Name == data.ThingsSection
		for i := range l.Features {
			if zoneThatCounts(l.Name, &l.Features[i]) {
				count++
			}
		}
	}
	many := count > manyZones
	if !many && !things {
		return nil
	}
	return func(layer string, f *Feature) (uint32, bool) {
		if layer == data.ThingsSection {
			return thingsZoom, false
		}
		return 0, many && zoneThatCounts(layer, f)
	}
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

// setFirstZooms sets the first zoom of each feature and part: that which it was given,
// and for a detail that at which it is large enough.
func (p *prepared) setFirstZooms(o *Options) {
	late := false
	for i := range p.features {
		f := &p.features[i]
		f.first = uint8(max(o.MinZoom, min(uint32(f.first), o.MaxZoom)))
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
