package geo

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// ErrReach is the error of a distance that is not a number, or as long as the way
// round a pole.
var ErrReach = errors.New("distance out of reach")

// bufferStep is the longest arc, in radians, that Buffer draws as one chord. Chords
// have their ends on the circle, so at most 1−cos(bufferStep/2) = 0.12 % of the
// distance is missing.
const bufferStep = math.Pi / 32

// Buffer returns the places within as many metres of what a multipolygon covers.
// With a negative distance it returns the places covered that are farther than
// that from its boundary. The result is as described at Union; nil and 0 metres
// give what [Clean] gives.
//
// Distances are measured on the plane that touches the ellipsoid at each vertex:
// for a distance of r they are exact to about r/R·tan(latitude) of themselves,
// R being the radius of the Earth, such as 1e-4 for 1 km at 31°. Corners are
// rounded with chords of at most 5.6°, inside the circle by 0.12 % at most.
//
// Time and memory grow with the vertices and, where the distance is many times
// the length of the edges, with the square of how many edges it spans.
//
// The error is that of Union, or [ErrReach].
func Buffer(ctx context.Context, mp orb.MultiPolygon, metres float64) (orb.MultiPolygon, error) {
	clean, err := Clean(ctx, mp, NonZero)
	if err != nil || metres == 0 || len(clean) == 0 {
		return clean, err
	}
	b := bufferPieces{metres: math.Abs(metres), outward: metres > 0}
	for _, p := range clean {
		for _, r := range p {
			if err := b.ring(openRing(r)); err != nil {
				return nil, err
			}
		}
	}
	const land, near = 0, 1 // layers
	l, err := newLayers(NonZero, clean, nil)
	if err != nil {
		return nil, err
	}
	for _, piece := range b.pieces {
		for _, p := range piece {
			l.box.add(p[0], p[1])
		}
	}
	if l.box.east-l.box.west > 360 { // pieces must come round to the other side
		if l, err = newLayers(NonZero, clean, b.polygons()); err != nil {
			return nil, err
		}
		b.pieces = nil
	}
	if err := l.place(); err != nil {
		return nil, err
	}
	for _, piece := range b.pieces {
		l.arr.AddRing(l.grid.points(piece), near, 1)
	}
	return l.region(ctx, func(in []bool) bool {
		if b.outward {
			return in[land] || in[near]
		}
		return in[land] && !in[near]
	})
}

// bufferPieces collects convex pieces that together hold every place within so many
// metres of a boundary on one of its sides: a strip along every edge, and
// round every corner that is convex on that side a sector between two strips.
// The nearest place of the boundary is either inside an edge, and then a place
// is in the strip of that edge, or a corner, and then it is in its sector.
type bufferPieces struct {
	metres  float64
	outward bool
	pieces  []orb.Ring
}

// polygons returns the pieces as polygons of one ring each, which any reader
// reads as they are.
func (b *bufferPieces) polygons() orb.MultiPolygon {
	out := make(orb.MultiPolygon, len(b.pieces))
	for i, piece := range b.pieces {
		out[i] = orb.Polygon{narrowed(piece, true)}
	}
	return out
}

// ring adds the pieces of a ring that has the land on its left.
func (b *bufferPieces) ring(r orb.Ring) error {
	n := len(r)
	for i, p := range r {
		before, after := r[(i+n-1)%n], r[(i+1)%n]
		here, err := newTangent(p, b.metres)
		if err != nil {
			return err
		}
		there, err := newTangent(after, b.metres)
		if err != nil {
			return err
		}
		in, out, next := here.heading(before, p), here.heading(p, after), there.heading(p, after)
		if b.outward {
			b.pieces = append(b.pieces, orb.Ring{p, here.offset(out - math.Pi/2), there.offset(next - math.Pi/2), after})
			b.sector(here, in-math.Pi/2, math.Remainder(out-in, 2*math.Pi))
		} else {
			b.pieces = append(b.pieces, orb.Ring{p, after, there.offset(next + math.Pi/2), here.offset(out + math.Pi/2)})
			b.sector(here, out+math.Pi/2, math.Remainder(in-out, 2*math.Pi))
		}
	}
	return nil
}

// sector adds the sector from one angle over a turn to the left, if there is any.
func (b *bufferPieces) sector(at tangent, from, turn float64) {
	if turn <= 0 {
		return
	}
	steps := int(math.Ceil(turn / bufferStep))
	piece := orb.Ring{at.p}
	for i := range steps + 1 {
		piece = append(piece, at.offset(from+turn*float64(i)/float64(steps)))
	}
	b.pieces = append(b.pieces, piece)
}

// tangent is the plane that touches the ellipsoid at p.
type tangent struct {
	p           orb.Point
	east, north float64 // metres in a degree
	metres      float64 // the length of an offset
}

func newTangent(p orb.Point, metres float64) (tangent, error) {
	t := tangent{p: p, metres: metres}
	t.east, t.north = metresPerDegree(p[1])
	if !(metres < 10*t.east) || math.Abs(p[1])+metres/t.north > 90 {
		return t, fmt.Errorf("%g m from [%v %v]: %w", metres, p[0], p[1], ErrReach)
	}
	return t, nil
}

// heading is the angle of an edge from the east, to the left.
func (t tangent) heading(a, b orb.Point) float64 {
	return math.Atan2((b[1]-a[1])*t.north, (b[0]-a[0])*t.east)
}

func (t tangent) offset(angle float64) orb.Point {
	sin, cos := math.Sincos(angle)
	return orb.Point{t.p[0] + t.metres*cos/t.east, t.p[1] + t.metres*sin/t.north}
}
