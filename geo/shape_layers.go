package geo

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/demarc-map/demarc/geo/arrange"
)

// layers puts multipolygons into an arrangement so that its coverages tell
// which of them cover a place. A layer covers what it covers in an Overlay.
//
// Valid polygons of a layer share one class: shells count up, holes down. A
// polygon whose rings meet has two classes of its own, one for its shell and
// one for its holes, so that its loops cannot cancel what others cover.
type layers struct {
	rule     FillRule
	n        int
	polygons []layerPolygon
	box      extent
	grid     *grid
	arr      arrange.Arrangement
	checker  arrange.Cleaner
	sides    sides        // of polygons that are valid
	broken   []brokenRing // rings of polygons that are not valid
	window   orb.Ring     // the turn of longitude to which all is confined, if it is
}

// layerPolygon is a polygon as it was read: rings without closing vertices.
type layerPolygon struct {
	layer int
	rings []orb.Ring // its own, then copies of them all moved by whole turns
	as    []role
	box   extent
	own   int // how many rings are no copies
}

// newLayers reads multipolygons, one a layer. Rings that cross the antimeridian
// are unwrapped, and holes follow their shells.
func newLayers(rule FillRule, layersOf ...orb.MultiPolygon) (*layers, error) {
	l := &layers{rule: rule, n: len(layersOf), box: newExtent()}
	l.arr.KeepCollinear = true
	for i, mp := range layersOf {
		for j, polygon := range mp {
			p := layerPolygon{layer: i}
			var err error
			p.box, err = eachRing(polygon, func(ring orb.Ring, shift float64, as role) {
				p.rings = append(p.rings, narrowed(turned(ring, shift), true))
				p.as = append(p.as, as)
			})
			if err != nil {
				return nil, fmt.Errorf("layer %d polygon %d %w", i, j, err)
			}
			p.own = len(p.rings)
			if p.own > 0 {
				l.polygons = append(l.polygons, p)
				l.box.join(p.box)
			}
		}
	}
	if l.box.east-l.box.west > 360 {
		l.unroll()
	}
	return l, nil
}

// windowStep is what the edges of a window are multiples of, in degrees. Such a
// longitude is a point of every grid, and exact in binary: the two edges stay a
// turn apart to the last bit, and no result is wider than that.
const windowStep = 1.0 / 32

// unroll brings everything into one turn of longitude, so that the same place
// on Earth is at the same position: polygons move by whole turns towards the
// first, and what sticks out of the turn around it is added on its other side.
func (l *layers) unroll() {
	first := l.polygons[0].box.middle()
	l.box = newExtent()
	for i := range l.polygons {
		l.polygons[i] = l.polygons[i].turned(l.polygons[i].box.turnTowards(first))
		l.box.join(l.polygons[i].box)
	}
	if l.box.east-l.box.west <= 360 {
		return
	}
	west := math.Round((first-180)/windowStep) * windowStep
	east := west + 360
	for i, p := range l.polygons {
		for _, turn := range [2]float64{-360, 360} {
			if q := p.turned(turn); q.box.west < east && west < q.box.east {
				l.polygons[i].rings = append(l.polygons[i].rings, q.rings...)
				l.polygons[i].as = append(l.polygons[i].as, q.as...)
				l.box.join(q.box)
			}
		}
	}
	l.window = narrowed(orb.Ring{{west, -90}, {east, -90}, {east, 90}, {west, 90}}, true)
	for _, p := range l.window {
		l.box.add(p[0], p[1])
	}
}

func (p layerPolygon) turned(turn float64) layerPolygon {
	rings := make([]orb.Ring, len(p.rings))
	for k, r := range p.rings {
		rings[k] = turned(r, turn)
	}
	p.rings = rings
	p.box.west, p.box.east = p.box.west+turn, p.box.east+turn
	return p
}

// turned returns a path moved by whole turns; one that stays is not copied.
func turned[P ~[]orb.Point](path P, turn float64) P {
	if turn == 0 {
		return path
	}
	moved := make(P, len(path))
	for i, p := range path {
		moved[i] = orb.Point{p[0] + turn, p[1]}
	}
	return moved
}

// place chooses the grid and adds everything that was read to the arrangement.
func (l *layers) place() error {
	var err error
	if l.grid, err = newGrid(l.box); err != nil {
		return err
	}
	vertices := 0
	for _, p := range l.polygons {
		for _, r := range p.rings {
			vertices += len(r)
		}
	}
	l.sides.reset(vertices, l.arr.Together)
	for i := range l.polygons {
		l.polygon(&l.polygons[i])
	}
	for _, s := range l.sides.list {
		if s.weight != 0 {
			l.arr.AddSegment(s.a, s.b, int(s.class), int(s.weight))
			l.grid.expect(s.a)
			l.grid.expect(s.b)
		}
	}
	for _, p := range l.polygons {
		for _, r := range p.rings {
			l.grid.remember(r)
		}
	}
	if l.window != nil {
		edges := l.window.Bound()
		l.grid.forget(edges.Min[0], edges.Max[0]) // what is cut there ends on the very edge
		l.arr.AddRing(l.grid.points(l.window), l.windowClass(), 1)
	}
	return nil
}

// windowClass follows the classes of the layers, and is followed by those of
// broken polygons.
func (l *layers) windowClass() int { return l.n }

func (l *layers) polygon(p *layerPolygon) {
	rings := make([][]arrange.Point, len(p.rings))
	for i, r := range p.rings {
		rings[i] = l.grid.points(r)
	}
	valid := p.as[0] == shell && l.checker.Valid(rings)
	first := len(l.broken)
	for i, r := range rings {
		turn := 1 // counts up for a shell, down for a hole
		if winding(p.rings[i]) == -p.as[i] {
			turn = -1
		}
		switch {
		case valid:
			l.sides.add(r, int32(p.layer), int32(turn))
			continue
		case l.rule == EvenOdd: // all rings count together
			l.arr.AddRing(r, l.brokenClass(first), 1)
		default: // each by itself, so that holes that turn against each other do not cancel
			if i < p.own {
				l.broken = append(l.broken, brokenRing{layer: p.layer, shell: p.as[i] == shell})
			}
			l.arr.AddRing(r, l.brokenClass(first+i%p.own), turn)
		}
		for _, v := range r {
			l.grid.expect(v)
		}
	}
	if !valid && l.rule == EvenOdd {
		l.broken = append(l.broken, brokenRing{layer: p.layer, shell: true})
	}
	for i := first; i < len(l.broken); i++ {
		l.broken[i].end = len(l.broken)
	}
}

// brokenRing is a ring of a polygon that is not valid, which has a class of its own.
type brokenRing struct {
	layer int
	shell bool
	end   int // position after the last ring of the polygon
}

func (l *layers) brokenClass(i int) int { return l.windowClass() + 1 + i }

// covered sets a flag for each layer that covers a place.
func (l *layers) covered(c arrange.Coverage, flags []bool) {
	clear(flags)
	l.eachCovering(c, func(layer int) { flags[layer] = true })
}

// eachCovering calls do for each layer that covers a place, perhaps repeatedly.
func (l *layers) eachCovering(c arrange.Coverage, do func(layer int)) {
	if l.window != nil && c.Of(l.windowClass()) == 0 {
		return
	}
	for i, n := range c {
		class := int(n.Class)
		if class < l.n {
			if n.Winding > 0 {
				do(class)
			}
			continue
		}
		k := class - l.brokenClass(0)
		if k < 0 || !l.broken[k].shell || l.rule == EvenOdd && n.Winding&1 == 0 {
			continue
		}
		// The rings of a polygon follow each other, its shell first.
		if i+1 == len(c) || int(c[i+1].Class) >= l.brokenClass(l.broken[k].end) {
			do(l.broken[k].layer)
		}
	}
}

// region returns the places of which keep, told which layers cover them, says yes.
func (l *layers) region(ctx context.Context, keep func(in []bool) bool) (orb.MultiPolygon, error) {
	in := make([]bool, l.n)
	parts, err := l.solve(ctx, func() ([][]arrange.Polygon, error) {
		return [][]arrange.Polygon{l.arr.Polygons(func(c arrange.Coverage) bool {
			l.covered(c, in)
			return keep(in)
		})}, nil
	})
	if err != nil {
		return nil, err
	}
	return parts[0], nil
}

// solve nodes the arrangement and returns the parts that outline takes from it,
// in degrees. Where the rounding of positions could turn a part invalid, it
// keeps vertices and edges at a distance and tries again.
func (l *layers) solve(ctx context.Context, outline func() ([][]arrange.Polygon, error)) ([]orb.MultiPolygon, error) {
	for {
		if err := l.node(ctx); err != nil {
			return nil, err
		}
		parts, err := outline()
		if err != nil {
			return nil, err
		}
		if !l.grid.faithful(parts...) && !l.arr.Separate {
			l.arr.Separate = true
			continue
		}
		out := make([]orb.MultiPolygon, len(parts))
		for i, part := range parts {
			out[i] = l.grid.write(part)
		}
		return out, nil
	}
}

func (l *layers) node(ctx context.Context) error {
	err := l.arr.Node(ctx)
	if errors.Is(err, arrange.ErrBudget) {
		return fmt.Errorf("%w: %w", ErrBudget, err)
	}
	return err
}
