package geo

// cover is the state of a walk upward: how often each ring winds round the
// place reached, and so which layers cover it.
type cover struct {
	set     *edgeSet
	winding []int32 // of each ring
	lacks   []int32 // of each polygon: what keeps it from covering the place; see setRing
	layers  [MaxLayers]int32
	mask    uint16 // bit i: layers[i] > 0
}

func newCover(set *edgeSet) cover {
	c := cover{set: set, winding: make([]int32, len(set.rings)), lacks: make([]int32, len(set.polygons))}
	c.reset()
	return c
}

// reset forgets everything: nothing is covered, for want of a shell.
func (c *cover) reset() {
	clear(c.winding)
	for i := range c.lacks {
		c.lacks[i] = 1
	}
	c.layers, c.mask = [MaxLayers]int32{}, 0
}

// pass changes the winding of a ring by step, as going up through one of its
// edges does.
func (c *cover) pass(ring, step int32) {
	before := c.winding[ring]
	after := before + step
	c.winding[ring] = after
	if c.set.rule == EvenOdd {
		before, after = before&1, after&1
	}
	if (before != 0) == (after != 0) {
		return
	}
	r := c.set.rings[ring]
	if r.hole == (after != 0) {
		if c.lacks[r.polygon]++; c.lacks[r.polygon] == 1 {
			c.leave(c.set.polygons[r.polygon].layer)
		}
	} else if c.lacks[r.polygon]--; c.lacks[r.polygon] == 0 {
		c.enter(c.set.polygons[r.polygon].layer)
	}
}

func (c *cover) enter(layer int) {
	c.layers[layer]++
	c.mask |= 1 << layer
}

func (c *cover) leave(layer int) {
	if c.layers[layer]--; c.layers[layer] == 0 {
		c.mask &^= 1 << layer
	}
}
