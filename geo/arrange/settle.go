package arrange

import "context"

// Node nodes what was added and labels the sides of every edge.
// It returns the first error of AddRing and AddLine, ErrBudget when the input
// crosses itself too often, or the context's error.
func (a *Arrangement) Node(ctx context.Context) error {
	if a.err != nil {
		return a.err
	}
	budget := a.Budget
	if budget <= 0 {
		budget = defaultBudget(len(a.segs))
	}
	a.edges = a.edges[:0]
	pieces, err := a.nodes.node(ctx, a.segs, budget, a.Separate)
	for err == nil && a.Separate && a.nodes.bender.moved {
		a.loose = a.loose[:0]
		for _, p := range pieces {
			a.loose = append(a.loose, segment{a.nodes.hot[p.a].point(), a.nodes.hot[p.b].point(), p.class, p.weight})
		}
		pieces, err = a.nodes.node(ctx, a.loose, budget, true)
	}
	if err != nil {
		return err
	}
	a.merge(pieces)
	return a.label(ctx)
}
