package geo

// cover is the state of a walk upward: how often the rings of each polygon
// wind round the place reached, and so which layers cover it.
type cover struct {
	set     *edgeSet
	winding []int32 // two for each polygon: shellCounter and holeCounter
	layers  [MaxLayers]int32
	mask    uint16 // bit i: layers[i] > 0
}

func shellCounter(polygon int32) int32 { return 2 * polygon }
func holeCounter(polygon int32) int32  { return 2*polygon + 1 }

func newCover(set *edgeSet) cover {
	return cover{set: set, winding: make([]int32, 2*len(set.polygons))}
}

// pass changes one winding by step, as going up through an edge does.
func (c *cover) pass(counter, step int32) {
	pair := c.winding[counter&^1 : counter|1+1]
	before := c.covers(pair)
	pair[counter&1] += step
	after := c.covers(pair)
	if before == after {
		return
	}
	layer := c.set.polygons[counter>>1].layer
	if after {
		c.layers[layer]++
		c.mask |= 1 << layer
	} else if c.layers[layer]--; c.layers[layer] == 0 {
		c.mask &^= 1 << layer
	}
}

// reset forgets everything: nothing is covered.
func (c *cover) reset() {
	clear(c.winding)
	c.layers, c.mask = [MaxLayers]int32{}, 0
}

// covers applies the fill rule to the shell's and the holes' windings. Under
// EvenOdd all rings share the shell's.
func (c *cover) covers(winding []int32) bool {
	if c.set.rule == EvenOdd {
		return winding[0]&1 != 0
	}
	return winding[0] != 0 && winding[1] == 0
}
