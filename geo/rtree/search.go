package rtree

// Search calls visit with every item whose box meets a box, in no particular
// but always the same order, until visit returns false.
func (t *Tree[N]) Search(b Box[N], visit func(item uint32) bool) {
	if root := len(t.boxes) - 1; root >= 0 && t.boxes[root].Meets(b) {
		t.search(b, len(t.ends)-1, root, visit)
	}
}

// search goes down from a node whose box meets b. It returns what visit said last.
func (t *Tree[N]) search(b Box[N], level, node int, visit func(item uint32) bool) bool {
	if level == 0 {
		return visit(t.items[node])
	}
	begin, end := t.children(level, node)
	for i := begin; i < end; i++ {
		if t.boxes[i].Meets(b) && !t.search(b, level-1, i, visit) {
			return false
		}
	}
	return true
}

// Any reports whether the box of any item meets a box.
func (t *Tree[N]) Any(b Box[N]) bool {
	found := false
	t.Search(b, func(uint32) bool { found = true; return false })
	return found
}
