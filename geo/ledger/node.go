package ledger

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/paulmach/orb"
)

// node is a cell of a ledger: closed at first, then a leaf or four cells.
type node struct {
	box      orb.Bound
	reachM   float64 // the accuracy of the least exact zone near
	edges    int     // in it, at most
	repeated float64 // how often edges are looked at here and beside, for every one in the root

	opened atomic.Pointer[content]
	whole  atomic.Pointer[Sums]
	mu     sync.Mutex
	near   *surroundings // until it is opened
}

// content is what an open cell is: either of the two.
type content struct {
	kids *[4]*node
	leaf *leaf
}

func newNode(repeated float64, near *surroundings) *node {
	n := &node{box: near.box, reachM: near.reachM, edges: near.edges, repeated: repeated, near: near}
	if len(near.land) == 0 {
		n.near = nil
		n.opened.Store(&content{leaf: &leaf{kind: void}})
	}
	return n
}

// open returns what the cell is, which is found once.
func (n *node) open(ctx context.Context, st *stock) (*content, error) {
	if c := n.opened.Load(); c != nil {
		return c, nil
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if c := n.opened.Load(); c != nil {
		return c, nil
	}
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	st.work <- struct{}{}
	defer func() { <-st.work }()
	c := &content{}
	if n.crowded(st) {
		c.kids = n.split(st)
	} else {
		var err error
		if c.leaf, err = newLeaf(ctx, st, n.near); err != nil {
			return nil, err
		}
		st.bytes.Add(c.leaf.bytes())
	}
	st.bytes.Add(bytesANode - 4*int64(len(n.near.zones)))
	n.near = nil
	n.opened.Store(c)
	return c, nil
}

// bytesANode is what a cell weighs.
const bytesANode = 240

// mostRepeated is how often edges may be looked at for every one of the root: where
// many edges meet in a corner, or run beside each other through a whole cell, its
// four cells have them all again, and splitting does not help.
const mostRepeated = 4

// crowded reports whether a cell is to be split.
func (n *node) crowded(st *stock) bool {
	return n.edges > st.budget && n.near.cell.level < deepest && n.repeated < mostRepeated
}

// split returns the four cells of a cell.
func (n *node) split(st *stock) *[4]*node {
	var parts [4]*surroundings
	edges := 0
	for i := range parts {
		parts[i] = n.near.part(st, n.near.cell.child(i))
		edges += parts[i].edges
	}
	repeated := n.repeated * max(1, float64(edges)/float64(n.edges))
	var kids [4]*node
	for i, part := range parts {
		kids[i] = newNode(repeated, part)
		st.bytes.Add(4 * int64(len(part.zones)))
	}
	return &kids
}
