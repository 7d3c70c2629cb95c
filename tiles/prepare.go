package tiles

import (
	"context"
	"fmt"
	"math"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"
)

// prepare projects layers. It copies: what it was given is never changed.
func prepare(ctx context.Context, layers []Layer, when appears) (*prepared, error) {
	p := &prepared{}
	total := 0
	for _, l := range layers {
		for i := range l.Features {
			total += geojson.Positions(l.Features[i].Geometry)
		}
	}
	p.vertices = make([]vertex, 0, total)
	names := map[string]bool{}
	for _, l := range layers {
		if l.Name == "" || l.Name == OmittedLayer || names[l.Name] {
			return nil, fmt.Errorf("tiles: layer name %q is empty, reserved or given twice", l.Name)
		}
		names[l.Name] = true
		p.layers = append(p.layers, preparedLayer{l.Name, len(p.features)})
		for i := range l.Features {
			if err := ended(ctx, i); err != nil {
				return nil, err
			}
			if err := p.addFeature(&l.Features[i], len(p.layers)-1, when); err != nil {
				return nil, fmt.Errorf("tiles: layer %q: feature %q: %w", l.Name, l.Features[i].ID, err)
			}
		}
	}
	p.tags.keyOf, p.tags.valueOf = nil, nil
	return p, nil
}

// ended is why a context ended, looked at now and then: work of many small steps
// is not to go on when nobody waits for it.
func ended(ctx context.Context, step int) error {
	if step%64 != 0 {
		return nil
	}
	return context.Cause(ctx)
}

// addFeature adds a feature, once for each dimension that its geometry has.
func (p *prepared) addFeature(f *Feature, layer int, when appears) error {
	tags, end, err := p.tags.add(f.Tags, layer)
	if err != nil {
		return err
	}
	from, detail := uint32(0), false
	if when != nil {
		from, detail = when(p.layers[layer].name, f)
	}
	for k := points; k <= polygons; k++ {
		first := len(p.parts)
		if err := p.addGeometry(f.Geometry, k); err != nil {
			return err
		}
		if len(p.parts) == first {
			continue
		}
		for i := first; i < len(p.parts); i++ {
			p.parts[i].feature = uint32(len(p.features))
		}
		p.features = append(p.features, feature{
			id: FeatureID(f.ID), hasID: f.ID != "", kind: k, layer: int32(layer), tags: tags, end: end,
			first: uint8(min(from, gridBits)), size: p.size(k, p.parts[first:]), detail: k == polygons && detail,
		})
		if p.layers[layer].name == data.HeldLayer {
			p.features[len(p.features)-1].size = math.Inf(1)
		}
	}
	if len(p.vertices) >= math.MaxUint32 {
		return fmt.Errorf("too many vertices in all")
	}
	return nil
}

// size is what the size budget drops features by, the smallest first: the area
// of polygons, and the square of a line's longer side, in grid units. Points
// and held land have no size and are dropped last.
func (p *prepared) size(k kind, parts []part) float64 {
	var sum float64
	for i := range parts {
		switch k {
		case points:
			return math.Inf(1)
		case lines:
			sum += float64(longerSide(parts[i].box))
		case polygons:
			sum += p.area(&parts[i])
		}
	}
	if k == lines {
		return sum * sum
	}
	return sum
}
