package ledger

import (
	"context"

	"github.com/demarc-map/demarc/internal/carry"
)

// manyLeaves is of how many leaves, by its edges, a cell has its four looked at side by side.
const manyLeaves = 8

// total returns the sums of a whole cell. They are added cell by cell, always in the
// same order; the rounding of such a sum grows with the number of levels only.
func (n *node) total(ctx context.Context, st *stock) (Sums, error) {
	if known := n.whole.Load(); known != nil {
		return *known, nil
	}
	c, err := n.open(ctx, st)
	if err != nil {
		return Sums{}, err
	}
	if c.leaf != nil {
		sums := c.leaf.Sums
		if c.leaf.kind == void {
			sums, err = outside(boxOf(n.box))
		}
		if err == nil {
			n.whole.Store(&sums)
		}
		return sums, err
	}
	var parts [4]Sums
	if n.edges > manyLeaves*st.budget {
		group, ctx := carry.NewGroup(ctx)
		for i, kid := range c.kids {
			group.Go(func() (err error) {
				parts[i], err = kid.total(ctx, st)
				return err
			})
		}
		err = group.Wait()
	} else {
		for i, kid := range c.kids {
			if parts[i], err = kid.total(ctx, st); err != nil {
				break
			}
		}
	}
	if err != nil {
		return Sums{}, err
	}
	sums := parts[0].plus(parts[1]).plus(parts[2].plus(parts[3]))
	n.whole.Store(&sums)
	return sums, nil
}
