package geo

import (
	"context"
	"maps"
	"slices"

	"github.com/paulmach/orb"

	"github.com/demarc-map/demarc/geo/arrange"
)

// PartitionPart is what some layers of a Partition cover and no other does.
type PartitionPart struct {
	Layers []int // positions of the layers, ascending; at least one
	Shape  orb.MultiPolygon
}

// Partition returns the geometry of which an [Overlay] gives the areas: for each
// combination of layers that occurs, the places that these and no others
// cover. The parts are disjoint, share borders vertex by vertex, and have none
// inside; each is valid as a Union is, and so are their errors. Parts are in
// the order of their layers: {0}, {0 1}, {1}. Layers whose polygons share
// borders cost little more than their outline.
func Partition(ctx context.Context, of ...orb.MultiPolygon) ([]PartitionPart, error) {
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	l, err := newLayers(NonZero, of...)
	if err != nil {
		return nil, err
	}
	if err := l.place(); err != nil {
		return nil, err
	}
	var found []PartitionPart
	shapes, err := l.solve(ctx, func() (outlines [][]arrange.Polygon, err error) {
		found = l.combinations()
		in := make([]bool, l.n)
		for _, part := range found {
			outlines = append(outlines, l.arr.Polygons(func(c arrange.Coverage) bool {
				l.covered(c, in)
				return slices.Equal(flagged(in), part.Layers)
			}))
		}
		return outlines, context.Cause(ctx)
	})
	if err != nil {
		return nil, err
	}
	for i, shape := range shapes {
		found[i].Shape = shape
	}
	return found, nil
}

// combinations lists the combinations of layers that cover any place, in order.
func (l *layers) combinations() []PartitionPart {
	found := map[string][]int{}
	in, key := make([]bool, l.n), make([]byte, l.n)
	add := func(c arrange.Coverage) {
		l.covered(c, in)
		for i, covers := range in {
			key[i] = 0
			if covers {
				key[i] = 1
			}
		}
		if _, known := found[string(key)]; !known {
			found[string(key)] = flagged(in)
		}
	}
	for _, e := range l.arr.Edges() {
		add(l.arr.Left(e))
		add(l.arr.Right(e))
	}
	var out []PartitionPart
	for _, layers := range slices.SortedFunc(maps.Values(found), slices.Compare[[]int]) {
		if len(layers) > 0 {
			out = append(out, PartitionPart{Layers: layers})
		}
	}
	return out
}

// flagged lists the positions that are set.
func flagged(in []bool) (out []int) {
	for i, set := range in {
		if set {
			out = append(out, i)
		}
	}
	return out
}
