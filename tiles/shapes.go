package tiles

import (
	"fmt"
	"slices"

	"github.com/paulmach/orb"
)

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
			slices.Reverse(p.vertices[r.begin:r.end])
			r.area = -r.area
		}
	}
	if len(p.rings) > first {
		b := noBox // holes that lie outside, which they must not, count too
		for _, r := range p.rings[first:] {
			b = b.Union(r.box)
		}
		p.parts = append(p.parts, part{box: b, ring: uint32(first), end: uint32(len(p.rings))})
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
