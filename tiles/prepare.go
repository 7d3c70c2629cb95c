package tiles

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
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
	layers   []preparedLayer
	features []feature
	parts    []part
	rings    []ring
	vertices []vertex
	keep     []uint8 // the first zoom at which each vertex is kept
	boxes    []box   // the spans of long rings, see spans.go
	tags     tagTable
}

type preparedLayer struct {
	name  string
	begin int // first feature; the layer ends where the next begins
}

// feature is one feature to write: all parts are of its kind.
type feature struct {
	id        uint64
	hasID     bool
	kind      kind
	layer     int32
	tags, end uint32 // range in tagTable.refs
	size      float64
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
	p.tags.init()
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
			sum += float64(parts[i].box.side())
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

// addGeometry adds the parts of kind k of a geometry.
func (p *prepared) addGeometry(g orb.Geometry, k kind) error {
	switch g := g.(type) {
	case nil:
		return nil
	case orb.Collection:
		for _, member := range g {
			if err := p.addGeometry(member, k); err != nil {
				return err
			}
		}
		return nil
	case orb.Bound:
		return p.addGeometry(g.ToPolygon(), k)
	case orb.Ring:
		return p.addGeometry(orb.Polygon{g}, k)
	case orb.Point:
		return p.addGeometry(orb.MultiPoint{g}, k)
	case orb.LineString:
		return p.addGeometry(orb.MultiLineString{g}, k)
	case orb.Polygon:
		return p.addGeometry(orb.MultiPolygon{g}, k)
	case orb.MultiPoint:
		if k != points {
			return nil
		}
		for i := range g {
			if err := p.addPart(k, g[i:i+1]); err != nil {
				return err
			}
		}
	case orb.MultiLineString:
		if k != lines {
			return nil
		}
		for _, line := range g {
			if err := p.addPart(k, line); err != nil {
				return err
			}
		}
	case orb.MultiPolygon:
		if k != polygons {
			return nil
		}
		for _, polygon := range g {
			if err := p.addPolygon(polygon); err != nil {
				return err
			}
		}
	default:
		return fmt.Errorf("geometry %T is unknown", g)
	}
	return nil
}

// addPart adds a point or a line; an empty line adds nothing.
func (p *prepared) addPart(k kind, positions []orb.Point) error {
	first := len(p.rings)
	if err := p.addRing(k, positions); err != nil || len(p.rings) == first {
		return err
	}
	p.parts = append(p.parts, part{box: p.rings[first].box, ring: uint32(first), end: uint32(first + 1)})
	return nil
}

// addPolygon adds a polygon, its exterior wound to positive area and its holes
// to negative area. A polygon whose exterior is empty adds nothing.
func (p *prepared) addPolygon(polygon orb.Polygon) error {
	first := len(p.rings)
	for i, positions := range polygon {
		count := len(p.rings)
		if err := p.addRing(polygons, positions); err != nil {
			return err
		}
		if len(p.rings) == count {
			if i == 0 {
				return nil
			}
			continue
		}
		if r := &p.rings[count]; (r.area < 0) == (i == 0) {
			reverse(p.vertices[r.begin:r.end])
			r.area = -r.area
		}
	}
	if len(p.rings) > first {
		p.parts = append(p.parts, part{box: p.rings[first].box, ring: uint32(first), end: uint32(len(p.rings))})
	}
	return nil
}

// addRing projects a run of positions, without repeated ones; the closing
// position of a ring is dropped. Nothing is added for an empty run.
func (p *prepared) addRing(k kind, positions []orb.Point) error {
	begin := len(p.vertices)
	for _, position := range positions {
		v, err := project(position)
		if err != nil {
			return err
		}
		if n := len(p.vertices); n == begin || p.vertices[n-1] != v {
			p.vertices = append(p.vertices, v)
		}
	}
	if k == polygons {
		for n := len(p.vertices); n > begin+1 && p.vertices[n-1] == p.vertices[begin]; n-- {
			p.vertices = p.vertices[:n-1]
		}
	}
	vs := p.vertices[begin:]
	if len(vs) == 0 {
		return nil
	}
	r := ring{box: boxOf(vs), begin: uint32(begin), end: uint32(len(p.vertices))}
	if k == polygons {
		r.area = area(vs)
	}
	p.rings = append(p.rings, r)
	return nil
}

// area is the signed area of a ring in grid units.
func area(vs []vertex) float64 {
	var sum float64
	for i := range vs {
		a, b, o := vs[i], vs[(i+1)%len(vs)], vs[0]
		sum += float64(int64(a.x-o.x)*int64(b.y-o.y) - int64(b.x-o.x)*int64(a.y-o.y))
	}
	return sum / 2
}

func reverse(vs []vertex) {
	for i, j := 0, len(vs)-1; i < j; i, j = i+1, j-1 {
		vs[i], vs[j] = vs[j], vs[i]
	}
}
