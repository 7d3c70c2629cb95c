package geo

import (
	"context"
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// Prepared are layers made ready to be overlaid with many small polygons: an
// overlay then touches only the edges near the polygon. It is immutable and
// safe to share.
type Prepared struct {
	set  *edgeSet
	tree edgeTree
	opt  Options
}

// Prepare reads up to MaxLayers−1 layers. The errors are those of [Overlay].
func Prepare(layers []orb.MultiPolygon, opt Options) (*Prepared, error) {
	if len(layers) >= MaxLayers {
		return nil, fmt.Errorf("%d layers and a polygon: %w", len(layers), ErrLayers)
	}
	set, err := readLayers(layers, opt.FillRule, true)
	if err != nil {
		return nil, err
	}
	set.unroll()
	p := &Prepared{set: set, opt: opt}
	p.tree = newEdgeTree(len(set.edges), func(i int) extent { return set.edges[i].extent() })
	return p, nil
}

func (e *overlayEdge) extent() extent {
	return extent{e.x1, min(e.y1, e.y2), e.x2, max(e.y1, e.y2)}
}

// Overlay returns the areas inside a polygon of all combinations of the
// layers, as [Overlay] of the layers with the polygon as one more, last layer
// does: bit i of a mask is layer i, and the bit of the polygon, 1 shifted by
// the number of layers, is set in every one of them.
func (p *Prepared) Overlay(ctx context.Context, polygon orb.MultiPolygon) (Areas, error) {
	if err := context.Cause(ctx); err != nil {
		return Areas{}, err
	}
	last := p.set.layers
	near := newEdgeSet(p.set.rule, last+1, []orb.MultiPolygon{polygon})
	for i, part := range polygon {
		if err := near.addPolygon(part, last); err != nil {
			return Areas{}, fmt.Errorf("polygon %d %w", i, err)
		}
	}
	if len(near.edges) == 0 {
		return Areas{}, nil
	}
	near.alignWith(p.set)
	p.addNear(near)
	areas, err := near.sweep(ctx, p.opt)
	if err != nil {
		return Areas{}, err
	}
	return areas.within(1 << last), nil
}

// alignWith brings the edges into the turn of longitude of another set, and
// makes them relative to the same origin.
func (s *edgeSet) alignWith(t *edgeSet) {
	if !t.box.empty() {
		middle := t.origin[0]
		all := t.box
		all.join(s.box)
		if all.east-all.west > 360 {
			s.moveTowards(middle)
			if s.box.west < middle-180 || s.box.east > middle+180 {
				s.cutAt(middle - 180)
			}
		}
		s.centre(t.origin)
		return
	}
	s.unroll()
}

// addNear makes the extent of the polygon in near the window, and adds the
// prepared edges that reach into it, with the windings at its corner.
func (p *Prepared) addNear(near *edgeSet) {
	e := newExtent()
	for i := range near.edges {
		e.join(near.edges[i].extent())
	}
	v := &window{box: box(e)}
	near.window = v

	rings, polygons := map[int32]int32{}, map[int32]int32{} // numbers in p.set to those in near
	renumber := func(ring int32) int32 {
		if id, known := rings[ring]; known {
			return id
		}
		of := p.set.rings[ring]
		polygon, known := polygons[of.polygon]
		if !known {
			polygon = int32(len(near.polygons))
			polygons[of.polygon] = polygon
			near.polygons = append(near.polygons, setPolygon{layer: p.set.polygons[of.polygon].layer})
		}
		id := int32(len(near.rings))
		rings[ring] = id
		near.rings = append(near.rings, setRing{polygon, of.hole})
		return id
	}
	p.tree.search(e, func(i uint32) bool {
		edge := p.set.edges[i]
		if edge.x1 == edge.x2 && edge.x1 <= e.west {
			return true // the corner is east of it
		}
		edge.ring = renumber(edge.ring)
		near.edges = append(near.edges, edge)
		return true
	})
	// Below the corner, and east of it by as little as can be.
	ray := extent{e.west, math.Inf(-1), e.west, e.south}
	p.tree.search(ray, func(i uint32) bool {
		edge := &p.set.edges[i]
		if edge.x1 <= e.west && e.west < edge.x2 && v.below(edge.y(e.west)) == 1 {
			v.corner = append(v.corner, change{ring: renumber(edge.ring), step: edge.step})
		}
		return true
	})
}

// within keeps the combinations that have all bits of the mask.
func (a Areas) within(mask uint) (kept Areas) {
	for m, m2 := range a.Combinations() {
		if m&mask == mask {
			kept.masks = append(kept.masks, m)
			kept.m2 = append(kept.m2, m2)
		}
	}
	return kept
}
