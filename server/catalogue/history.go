package catalogue

import (
	"context"
	"fmt"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"
)

// histories returns what was published of each dataset up to the snapshot that
// is to be served, nothing for one that comes from elsewhere than the store.
func histories(ctx context.Context, from store.Store, snapshots []*data.Snapshot) (map[string][]store.Entry, error) {
	out := map[string][]store.Entry{}
	if from == nil {
		return out, nil
	}
	for _, snapshot := range snapshots {
		chain, err := from.History(ctx, snapshot.Dataset.ID)
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
