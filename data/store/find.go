package store

import (
	"fmt"
	"strings"
	"time"
)

// Find returns the entry of a chain that a person means: by its number, by its
// name, or by the name of a snapshot, of which it returns the last entry.
// Names may leave out "sha256:" and all but the first six or more digits.
func Find(chain []Entry, meant string) (Entry, error) {
	bare := strings.TrimPrefix(meant, "sha256:")
	var found []Entry
	for _, e := range chain {
		named := len(bare) >= 6 && (strings.HasPrefix(e.ID, "sha256:"+bare) || strings.HasPrefix(e.Snapshot, "sha256:"+bare))
		if meant == fmt.Sprint(e.Number) || named {
			found = append(found, e)
		}
	}
	if len(found) == 0 {
		return Entry{}, fmt.Errorf("%w: %q is no number, entry or snapshot of its %d entries", ErrUnknown, meant, len(chain))
	}
	last := found[len(found)-1]
	for _, e := range found {
		if e.Snapshot != last.Snapshot {
			return Entry{}, fmt.Errorf("%w: %q means more than one; give more digits", ErrUnknown, meant)
		}
	}
	return last, nil
}

// KnownAt returns the last entry published at or before a moment, false when
// nothing was published by then.
func KnownAt(chain []Entry, moment time.Time) (Entry, bool) {
	for i := len(chain) - 1; i >= 0; i-- {
		if !chain[i].At.After(moment) {
			return chain[i], true
		}
	}
	return Entry{}, false
}
