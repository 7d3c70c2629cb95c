package ledger

import (
	"context"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// kind says what a leaf is, so that a polygon is overlaid with as little as can be.
type kind uint8

const (
	void  kind = iota // no land
	free              // all land, nothing held
	full              // all land, all held
	mixed             // anything else, or a front runs along its border
)

// leaf is what is known of a cell that is not split.
type leaf struct {
	Sums
	kind  kind
	held  orb.MultiPolygon // what is held, as outline has it, and land near it; of a mixed leaf
	land  orb.MultiPolygon // nil when all of the cell is land
	front []stretch
}

// noise is what of a cell an area is taken for none below; some roundings.
const noise = 1e-15

func newLeaf(ctx context.Context, st *stock, near *surroundings) (*leaf, error) {
	shapes, accuracies := near.shapes(st)
	held := outline(shapes)
	land := geo.Cropped(near.land, near.beyond)
	areas, err := geo.Overlay(ctx, []orb.MultiPolygon{{near.box.ToPolygon()}, land, held}, geo.Options{Workers: 1})
	if err != nil {
		return nil, err
	}
	const box, inLand, inZone = 0b001, 0b010, 0b100
	out := &leaf{}
	out.LandM2, out.HeldM2, out.OutsideM2 = areas.All(box|inLand), areas.All(box|inLand|inZone), areas.Of(box)+areas.Of(box|inZone)
	if out.LandM2 == 0 {
		return out, nil
	}
	if edgesIn(held, near.box) > 0 {
		if out.front, err = frontOf(ctx, near, shapes, accuracies); err != nil {
			return nil, err
		}
		for _, s := range out.front {
			out.Sums = out.plus(front(s.lengthM, s.accuracyM))
		}
	}
	whole, tiny := areas.All(box), noise*areas.All(box)
	switch allLand := out.OutsideM2 <= tiny; {
	case allLand && len(out.front) == 0 && areas.Of(box|inLand) <= tiny:
		out.kind, out.Sums = full, Sums{LandM2: whole, HeldM2: whole}
	case allLand && len(out.front) == 0 && out.HeldM2 <= tiny:
		out.kind, out.Sums = free, Sums{LandM2: whole}
	default:
		out.kind, out.held = mixed, held
		if !allLand {
			out.land = land
		}
	}
	return out, nil
}

// bytes is about what a leaf weighs.
func (f *leaf) bytes() int64 {
	return 160 + 16*int64(edges(f.held)+edges(f.land)) + bytesAStretch*int64(len(f.front))
}
