package foreign

// tree keeps the edges under the sweeping line from south to north: a treap
// (Seidel and Aragon 1996), and a list through all of them.
type tree struct{ root *edge }

// node is what an edge is in the tree.
type node struct {
	up, south, north *edge
	previous, next   *edge // in the list
	priority         uint64
	in               bool
}

// seed gives a node its priority, which only has to look random (splitmix64,
// Steele, Lea and Flood 2014).
func (n *node) seed(ring, vertex uint64) {
	z := ring<<32 + vertex + 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	n.priority = z ^ z>>31
}

// insert puts an edge in its place.
func (t *tree) insert(e *edge) {
	e.in = true
	at := t.root
	if at == nil {
		t.root = e
		return
	}
	for {
		if e.under(at) {
			e.next = at
			if at.south == nil {
				at.south = e
				break
			}
			at = at.south
		} else {
			e.previous = at
			if at.north == nil {
				at.north = e
				break
			}
			at = at.north
		}
	}
	e.up = at
	if e.previous != nil {
		e.previous.next = e
	}
	if e.next != nil {
		e.next.previous = e
	}
	for e.up != nil && e.priority > e.up.priority {
		t.lift(e)
	}
}

// lift turns an edge and the one over it round, in their order.
func (t *tree) lift(e *edge) {
	p := e.up
	if p.south == e {
		if p.south = e.north; p.south != nil {
			p.south.up = p
		}
		e.north = p
	} else {
		if p.north = e.south; p.north != nil {
			p.north.up = p
		}
		e.south = p
	}
	t.replace(p, e)
	p.up = e
}

// replace puts one edge, or nothing, under the edge that is over another.
func (t *tree) replace(old, e *edge) {
	if e != nil {
		e.up = old.up
	}
	switch {
	case old.up == nil:
		t.root = e
	case old.up.south == old:
		old.up.south = e
	default:
		old.up.north = e
	}
}

// remove takes an edge out.
func (t *tree) remove(e *edge) {
	if !e.in {
		return
	}
	for e.south != nil && e.north != nil {
		if e.south.priority > e.north.priority {
			t.lift(e.south)
		} else {
			t.lift(e.north)
		}
	}
	below := e.south
	if below == nil {
		below = e.north
	}
	t.replace(e, below)
	if e.previous != nil {
		e.previous.next = e.next
	}
	if e.next != nil {
		e.next.previous = e.previous
	}
	e.node = node{priority: e.priority}
}
