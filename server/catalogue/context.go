package catalogue

import (
	"context"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/mapcontext"
	"github.com/demarc-map/demarc/tiles"
)

// ContextOf reads the map context of a dataset, nil when it has none. The error says
// why it has one that cannot be shown.
type ContextOf func(ctx context.Context, dataset string) (*mapcontext.Map, error)

// Context is the map context of a dataset, ready to be asked.
type Context struct {
	Map   *mapcontext.Map
	Tiles *tiles.Tileset
}

// Context returns the map context of a dataset, nil when there is none.
func (c *Catalogue) Context(id string) *Context {
	if c == nil {
		return nil
	}
	return c.contexts[id]
}

// ContextsRefused lists the datasets whose map context has faults. What was shown of
// it before still is.
func (c *Catalogue) ContextsRefused() []string { return c.refused }

// findContexts reads the contexts of the snapshots. A context with faults is no reason
// to refuse figures: the one before stays, if there was any.
func (c *Catalogue) findContexts(ctx context.Context, snapshots []*data.Snapshot, before *Catalogue, o *Options) error {
	c.contexts = map[string]*Context{}
	if o.Context == nil {
		return nil
	}
	for _, snapshot := range snapshots {
		id := snapshot.Dataset.ID
		old := before.Context(id)
		m, err := o.Context(ctx, id)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		switch {
		case err != nil:
			c.refused = append(c.refused, id)
			if old != nil {
				c.contexts[id] = old
			}
		case m == nil:
		case old != nil && old.Map.Name == m.Name:
			c.contexts[id] = old
		default:
			set, err := tiles.NewContext(ctx, m, snapshot, o.Tiles.Store)
			if err != nil {
				return err
			}
			c.contexts[id] = &Context{m, set}
		}
	}
	return nil
}
