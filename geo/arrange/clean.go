package arrange

import "context"

// Rule says which windings are inside.
type Rule uint8

const (
	// NonZero keeps what any ring winds round, net of opposite windings.
	NonZero Rule = iota
	// EvenOdd keeps what an odd number of rings winds round.
	EvenOdd
	// Positive keeps what counter-clockwise rings wind round more often than
	// clockwise ones: loops that turn the wrong way vanish.
	Positive
)

// Inside reports whether a winding is inside.
func (r Rule) Inside(winding int) bool {
	switch r {
	case EvenOdd:
		return winding&1 != 0
	case Positive:
		return winding > 0
	default:
		return winding != 0
	}
}

// Cleaner makes valid polygons of rings. The zero value is ready to use; it
// keeps its memory from one call to the next, so use one for each goroutine.
type Cleaner struct {
	// Arrangement does the work; its options may be set.
	Arrangement Arrangement
	simple      simple
}

// Clean returns the region that the rings cover by the rule, as valid polygons
// (see Arrangement.Polygons). Rings may cross, touch, repeat and be open or
// closed; what has no area vanishes. The errors are those of Arrangement.Node.
func (c *Cleaner) Clean(ctx context.Context, rings [][]Point, rule Rule) ([]Polygon, error) {
	a := &c.Arrangement
	a.Reset()
	for _, r := range rings {
		a.AddRing(r, 0, 1)
	}
	if err := a.Node(ctx); err != nil {
		return nil, err
	}
	return a.Polygons(func(cover Coverage) bool { return rule.Inside(cover.Of(0)) }), nil
}

// Valid reports whether the rings, a shell and its holes in any direction, are
// certainly a valid polygon that Clean (EvenOdd) would only rewind: no two
// segments meet except neighbours in a ring, at their common end, and the
// holes lie side by side within the shell. It costs a fraction of Clean. False
// does not prove the opposite: holes that touch at a point are valid and are
// not recognised. Rings may repeat their first point at the end.
func (c *Cleaner) Valid(rings [][]Point) bool { return c.simple.polygon(rings) }

// Clean is Cleaner.Clean for a single use.
func Clean(ctx context.Context, rings [][]Point, rule Rule) ([]Polygon, error) {
	var c Cleaner
	return c.Clean(ctx, rings, rule)
}
