package catalogue

import (
	"context"
	"errors"
	"fmt"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"
)

// histories returns what was published of each dataset up to the snapshot that
// is to be served, nothing for one that comes from elsewhere than the store. That
// of a dataset whose entries contradict each other stays what it was before.
func histories(ctx context.Context, from store.Store, snapshots []*data.Snapshot, before *Catalogue) (map[string][]store.Entry, error) {
	out := map[string][]store.Entry{}
	if from == nil {
		return out, nil
	}
	for _, snapshot := range snapshots {
		chain, _, err := from.Whole(ctx, snapshot.Dataset.ID)
		if errors.Is(err, data.ErrTampered) && before != nil {
			chain, err = before.History(snapshot.Dataset.ID), nil
		}
		if err != nil {
			return nil, fmt.Errorf("history: %w", err)
		}
		for len(chain) > 0 && chain[len(chain)-1].Snapshot != snapshot.Name() {
			chain = chain[:len(chain)-1]
		}
		out[snapshot.Dataset.ID] = chain
	}
	return out, nil
}
