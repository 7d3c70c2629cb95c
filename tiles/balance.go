package tiles

import (
	"cmp"
	"math"
	"slices"

	"github.com/demarc-map/demarc/data"
)

// Held land is to be painted as large as it is, at low zooms too, where what
// rounding the vertices to tile units gives and takes is several per cent of it.
// So its arcs are balanced, zoom by zoom: of the vertices kept, those nearest to
// the middle between two units go to the farther one as long as that brings the
// arc closer to leaving as much land on each side as it should, simplification
// included. No vertex moves by as much as a unit, and both sides of an arc agree.

// balancedArea is the area of held land, in square tile units, from which
// rounding makes no difference that matters.
const balancedArea = 1 << 20

// move is a vertex that is not rounded to the nearest unit at a zoom: by how many
// units it goes aside from there.
type move struct {
	vertex uint32
	dx, dy int8
}

// newBalancer returns a balancer for the zooms at which held land is small.
func newBalancer(p *prepared, o *Options) balancer {
	sum := 0.0
	for i := range p.parts {
		if p.held(&p.parts[i]) {
			sum += p.area(&p.parts[i])
		}
	}
	var b balancer
	for z := uint32(0); sum > 0 && z < o.MaxZoom && math.Ldexp(sum, -2*o.shift(z)) < balancedArea; z++ {
		b.shifts = append(b.shifts, o.shift(z))
	}
	b.moves = make([][]move, len(b.shifts))
	return b
}

// result returns the moves of each zoom, in the order of the vertices.
func (b *balancer) result() [][]move {
	for _, moves := range b.moves {
		slices.SortFunc(moves, func(a, b move) int { return cmp.Compare(a.vertex, b.vertex) })
	}
	return b.moves
}

// held reports whether a part is held land.
func (p *prepared) held(part *part) bool {
	f := &p.features[part.feature]
	return f.kind == polygons && p.layers[f.layer].name == data.HeldLayer
}

// balancer balances arcs, with memory kept from one to the next.
type balancer struct {
	shifts []int    // by zoom, of those that are balanced: see Options.shift; 0 is no such zoom
	first  uint32   // number of the first vertex of the ring
	moves  [][]move // by zoom

	kept  []uint32 // vertices of the arc
	path  []vertex // where they are, in tile units
	aside []aside
	moved []move
}

// aside is a way for a vertex to go to the farther unit, along x or y.
type aside struct {
	at    int   // in the path
	dx    int32 // one of both is 1 or −1, the other 0
	dy    int32
	extra int64 // how much farther that is, in grid units
}

// arc balances an arc at every zoom, once it is known from which zoom each vertex is kept.
func (b *balancer) arc(arc []uint32, vs []vertex, keep []uint8) {
	for z, shift := range b.shifts {
		if shift == 0 {
			continue
		}
		b.kept = b.kept[:0]
		for _, i := range arc {
			if int(keep[i]) <= z {
				b.kept = append(b.kept, i)
			}
		}
		if len(b.kept) > 2 {
			b.atZoom(z, shift, arc, vs)
		}
	}
}

func (b *balancer) atZoom(z, shift int, arc []uint32, vs []vertex) {
	half := int32(1) << shift >> 1
	b.path, b.aside = b.path[:0], b.aside[:0]
	for k, i := range b.kept {
		v := vs[i]
		at := vertex{(v.x + half) >> shift, (v.y + half) >> shift}
		b.path = append(b.path, at)
		if k == 0 || k == len(b.kept)-1 {
			continue
		}
		if r := v.x - at.x<<shift; r != 0 {
			b.aside = append(b.aside, aside{k, sign(r), 0, int64(2*half) - 2*int64(max(r, -r))})
		}
		if r := v.y - at.y<<shift; r != 0 {
			b.aside = append(b.aside, aside{k, 0, sign(r), int64(2*half) - 2*int64(max(r, -r))})
		}
	}
	slices.SortFunc(b.aside, func(a, b aside) int {
		return cmp.Or(cmp.Compare(a.extra, b.extra), cmp.Compare(a.at, b.at), cmp.Compare(b.dx, a.dx), cmp.Compare(b.dy, a.dy))
	})
	due := b.between(shift, arc, vs)
	b.moved = append(b.moved[:0], make([]move, len(b.path))...)
	for _, a := range b.aside {
		before, after := b.path[a.at-1], b.path[a.at+1]
		gives := (int64(a.dx)*int64(after.y-before.y) - int64(a.dy)*int64(after.x-before.x)) << (2 * shift)
		if rest := due - gives; max(rest, -rest) < max(due, -due) {
			due = rest
			b.path[a.at].x += a.dx
			b.path[a.at].y += a.dy
			b.moved[a.at].dx += int8(a.dx)
			b.moved[a.at].dy += int8(a.dy)
		}
	}
	for k, m := range b.moved {
		if m != (move{}) {
			m.vertex = b.first + b.kept[k]
			b.moves[z] = append(b.moves[z], m)
		}
	}
}

// between returns twice the area that lies between an arc and its path: positive
// when the path leaves too little on one side. The sums are exact as long as the
// result is below 2⁶³, whatever the products come to.
func (b *balancer) between(shift int, arc []uint32, vs []vertex) int64 {
	o := vs[arc[0]]
	var sum int64
	last := o
	for _, i := range arc[1:] {
		sum += cross(o, last, vs[i])
		last = vs[i]
	}
	grid := func(p vertex) vertex { return vertex{p.x << shift, p.y << shift} }
	for _, p := range slices.Backward(b.path) {
		sum += cross(o, last, grid(p))
		last = grid(p)
	}
	return sum
}

// cross is twice the area of a triangle, positive when it turns clockwise on the screen.
func cross(o, a, b vertex) int64 {
	return int64(a.x-o.x)*int64(b.y-o.y) - int64(b.x-o.x)*int64(a.y-o.y)
}

func sign(v int32) int32 { return int32(cmp.Compare(v, 0)) }
