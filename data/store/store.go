package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/demarc-map/demarc/data"
)

// Store keeps snapshots and the entries that published them. All methods are
// safe for concurrent use, also between processes.
type Store interface {
	// Heads returns the last entry of each dataset that can be read.
	Heads(context.Context) (map[string]Entry, error)
	// History returns the entries of a dataset, oldest first, none for one that
	// is not there. A chain that does not hold is data.ErrTampered.
	History(ctx context.Context, dataset string) ([]Entry, error)
	// Whole returns the entries of a dataset that can be read, and what cannot be
	// and is, or may be, of the dataset. It returns data.ErrTampered only for
	// entries that can be read and contradict each other.
	Whole(ctx context.Context, dataset string) ([]Entry, []Damage, error)
	// Canonical returns the bytes of a snapshot, ErrUnknown when it is not kept,
	// *Withdrawn when it is not kept any more, and data.ErrTampered when they do not have its name.
	Canonical(ctx context.Context, snapshot string) ([]byte, error)
	// Now is the time of the store's own clock, zero when it is this machine's.
	Now(context.Context) (time.Time, error)
	// Append publishes a snapshot by an entry that follows the dataset's last.
	// When it returns nil both are durable; when it returns an error either both
	// are there or none. It returns a *Conflict when the entry does not follow
	// the last one or somebody else is publishing. For an entry that withdraws, the
	// snapshot is nil, and the bytes that it withdraws are gone, too.
	Append(context.Context, *data.Snapshot, Entry) error
	// Purge removes bytes that were withdrawn and are still there, since whoever
	// withdrew them was interrupted.
	Purge(context.Context) error
	// Sync returns when all that History tells is durable, also what another
	// process wrote and could not bring to disk.
	Sync(context.Context) error
	// Wait returns when something may have been published, after a second at the
	// latest, or with the reason why that cannot be told.
	Wait(context.Context) error
	// Verify hashes everything again.
	Verify(context.Context) (*Report, error)
	Close() error
}

// ErrUnknown means that the store does not have what was asked for.
var ErrUnknown = errors.New("not in the store")

// Conflict means that somebody else published, or is publishing.
type Conflict struct {
	Dataset string
	Head    Entry  // what was published meanwhile, zero when Holder is set
	Holder  string // who is publishing at the moment
}

func (c *Conflict) Error() string {
	if c.Holder != "" {
		return fmt.Sprintf("%s: somebody else is publishing: %s", c.Dataset, c.Holder)
	}
	if c.Head.ID == "" {
		return fmt.Sprintf("%s: the entry does not follow: nothing has been published yet", c.Dataset)
	}
	return fmt.Sprintf("%s: somebody else has published meanwhile: entry %d by %s at %s, snapshot %s",
		c.Dataset, c.Head.Number, c.Head.By(), c.Head.At.Format("2006-01-02T15:04:05Z07:00"), c.Head.Snapshot)
}

// Open returns a snapshot of a store, checked.
func Open(ctx context.Context, s Store, snapshot string) (*data.Snapshot, error) {
	return OpenWith(ctx, s, snapshot, data.ReadOptions{})
}

// OpenWith is Open with options of reading.
func OpenWith(ctx context.Context, s Store, snapshot string, o data.ReadOptions) (*data.Snapshot, error) {
	text, err := s.Canonical(ctx, snapshot)
	if err != nil {
		return nil, err
	}
	return o.ReadCanonical(ctx, snapshot, text)
}
