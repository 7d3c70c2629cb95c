package geo

import (
	"context"
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// BufferLines returns the places within as many metres of lines, on both sides and
// round their ends. A line of one place has a disc; 0 metres give nothing. Its
// exactness, its cost and its errors are those of [Buffer]; a negative distance is
// [ErrReach].
func BufferLines(ctx context.Context, lines orb.MultiLineString, metres float64) (orb.MultiPolygon, error) {
	if !(metres >= 0) {
		return nil, fmt.Errorf("%g m: %w", metres, ErrReach)
	}
	b := bufferPieces{metres: metres, outward: true}
	if metres > 0 {
		for _, line := range lines {
			if err := b.line(line); err != nil {
				return nil, err
			}
		}
	}
	if len(b.pieces) == 0 {
		return nil, nil
	}
	return Clean(ctx, b.polygons(), NonZero)
}

// line adds the pieces of a line: a strip along each edge with the edge in its
// middle, sectors at corners, and a half disc at either end.
func (b *bufferPieces) line(line orb.LineString) error {
	var places []orb.Point // no two that follow each other are one
	for _, p := range line {
		if len(places) == 0 || p != places[len(places)-1] {
			places = append(places, p)
		}
	}
	var in float64
	for i, p := range places {
		here, err := newTangent(p, b.metres)
		if err != nil {
			return err
		}
		if i > 0 {
			in = here.heading(places[i-1], p)
		}
		if i == len(places)-1 {
			if i == 0 { // a line of one place
				b.sector(here, 0, math.Pi)
				in = math.Pi * 3 / 2
			}
			b.sector(here, in-math.Pi/2, math.Pi)
			break
		}
		next := places[i+1]
		there, err := newTangent(next, b.metres)
		if err != nil {
			return err
		}
		out, ahead := here.heading(p, next), there.heading(p, next)
		// With the places themselves as corners nothing is left open between pieces.
		b.pieces = append(b.pieces, orb.Ring{p, here.offset(out - math.Pi/2), there.offset(ahead - math.Pi/2), next, there.offset(ahead + math.Pi/2), here.offset(out + math.Pi/2)})
		if i == 0 {
			b.sector(here, out+math.Pi/2, math.Pi)
			continue
		}
		b.sector(here, in-math.Pi/2, math.Remainder(out-in, 2*math.Pi)) // one of them turns the other way, and is none
		b.sector(here, out+math.Pi/2, math.Remainder(in-out, 2*math.Pi))
	}
	return nil
}
