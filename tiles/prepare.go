package tiles

import (
	"fmt"
	"math"
)

// kind is the geometry type of a feature, numbered as in MVT.
type kind uint8

const (
	points   kind = 1
	lines    kind = 2
	polygons kind = 3
)

// prepared is a set of layers on the grid, flat and without pointers, as tiles
// are made from it. Features, parts, rings and vertices are each in the order
// of the layers, so that a range of one is a range of the next.
type prepared struct {
	layers      []preparedLayer
	features    []feature
	parts       []part
	rings       []ring
	vertices    []vertex
	keep        []uint8 // the first zoom at which each vertex is kept
	boxes       []box   // the spans of long rings, see spans.go
	prerendered []prerendered
	commands    []byte // of what is prerendered, see prerender.go
	tags        tagTable
}

type preparedLayer struct {
	name  string
	begin int // first feature; the layer ends where the next begins
}

// feature is one feature to write: all parts are of its kind.
type feature struct {
	id          uint64
	hasID       bool
	kind        kind
	layer       int32
	tags, end   uint32 // range in tagTable.refs
	prerendered uint32 // one more than its number in prepared.prerendered; 0 is none
	size        float64
}

// part is a point, a line, or a polygon with its holes: what tiles are searched for.
type part struct {
	box       box
	feature   uint32
	ring, end uint32 // range of rings; the first of a polygon is its exterior
}

// ring is a run of vertices: a point, a line, or a ring without its closing point.
type ring struct {
	box        box
	begin, end uint32 // range of vertices
	spans      uint32 // where its spans begin in boxes
	area       float64
}

// prepare projects layers. It copies: what it was given is never changed.
func prepare(layers []Layer) (*prepared, error) {
	p := &prepared{}
	total := 0
	for _, l := range layers {
		for i := range l.Features {
			total += positions(l.Features[i].Geometry)
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
			if err := p.addFeature(&l.Features[i], len(p.layers)-1); err != nil {
				return nil, fmt.Errorf("tiles: layer %q: feature %q: %w", l.Name, l.Features[i].ID, err)
			}
		}
	}
	p.tags.keyOf, p.tags.valueOf = nil, nil
	return p, nil
}

// addFeature adds a feature, once for each dimension that its geometry has.
func (p *prepared) addFeature(f *Feature, layer int) error {
	tags, end, err := p.tags.add(f.Tags, layer)
	if err != nil {
		return err
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
			size: p.size(k, p.parts[first:]),
		})
	}
	if len(p.vertices) >= math.MaxUint32 {
		return fmt.Errorf("too many vertices in all")
	}
	return nil
}

// size is what the size budget drops features by, the smallest first: the area
// of polygons, and the square of a line's longer side, in grid units. Points
// have no size and are dropped last.
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

// area is the area of a polygon in grid units.
func (p *prepared) area(polygon *part) float64 {
	var sum float64
	for _, r := range p.rings[polygon.ring:polygon.end] {
		sum += r.area
	}
	return sum
}
