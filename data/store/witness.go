package store

import (
	"crypto/ed25519"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Witness is what is known of the histories of a store from elsewhere: a chain
// cannot tell that its end was cut off, or that all of it was written anew.
type Witness struct {
	Keys     []ed25519.PublicKey // one of them signed the last entry of every dataset; any entry will do when nil
	Expected []string            // names of entries, or of snapshots, that were published
	Marks    map[string]Mark     // the last entry that was seen of each dataset
}

// Mark is how far a history has gone.
type Mark struct {
	Number int    `json:"number"`
	Entry  string `json:"entry"`
}

// Distrusted means that histories are not those that a witness knows.
type Distrusted struct{ Reasons []string }

func (d *Distrusted) Error() string { return strings.Join(d.Reasons, "; ") }

// Doubts says in what histories, by dataset, are not what the witness knows.
func (w *Witness) Doubts(chains map[string][]Entry) []string {
	var out []string
	for _, name := range w.Expected {
		if !slices.ContainsFunc(slices.Concat(slices.Collect(maps.Values(chains))...), func(e Entry) bool { return e.ID == name || e.Snapshot == name }) {
			out = append(out, fmt.Sprintf("entry %s is not there", name))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(w.Marks)) {
		if m := w.Marks[id]; !reaches(chains[id], m) {
			out = append(out, fmt.Sprintf("%s: its history does not reach entry %d, %s, which was there before: it was cut off or written anew", id, m.Number, m.Entry))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(chains)) {
		if chain := chains[id]; len(w.Keys) > 0 && len(chain) > 0 && !chain[len(chain)-1].SignedBy(w.Keys) {
			out = append(out, fmt.Sprintf("%s: entry %d, its last, is signed by none of the keys", id, len(chain)))
		}
	}
	return out
}

// reaches tells whether a chain has the entry of a mark.
func reaches(chain []Entry, m Mark) bool {
	return slices.ContainsFunc(chain, func(e Entry) bool { return e.Number == m.Number && e.ID == m.Entry })
}

// Raise returns the marks after histories were seen. One that a history does not
// reach stays where it was.
func Raise(marks map[string]Mark, chains map[string][]Entry) map[string]Mark {
	out := maps.Clone(marks)
	if out == nil {
		out = map[string]Mark{}
	}
	for id, chain := range chains {
		if m, known := marks[id]; len(chain) > 0 && (!known || reaches(chain, m)) {
			last := chain[len(chain)-1]
			out[id] = Mark{last.Number, last.ID}
		}
	}
	return out
}
