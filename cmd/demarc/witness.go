package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/demarc-map/demarc/data/store"
	"github.com/demarc-map/demarc/internal/atomicfile"

	"github.com/spf13/pflag"
)

// witnessOptions are the flags of the commands that hold a store against what is
// known of it from elsewhere.
type witnessOptions struct {
	expected []string // names of entries or snapshots
	signedBy []string // files of public keys
	state    string   // file of marks
}

func (o *witnessOptions) flags(f *pflag.FlagSet) {
	f.StringArrayVar(&o.expected, "expect", nil, "name of an entry or a snapshot that has to be in the history; may be given several times")
	f.StringArrayVar(&o.signedBy, "signed-by", nil, "file with an Ed25519 public key (PEM), of which one has to have signed the last entry of each dataset; may be given several times")
	f.StringVar(&o.state, "state", "", "file, outside the store, that remembers the last entry of each dataset: a history that was cut off is told from then on")
}

// marksFile is the form of the file of marks.
type marksFile struct {
	Marks map[string]store.Mark `json:"marks"`
}

// read reads what the witness knows; a file of marks that is not there knows nothing.
func (o *witnessOptions) read() (*store.Witness, error) {
	w := &store.Witness{Expected: o.expected}
	for _, name := range o.signedBy {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("--signed-by: %w", err)
		}
		key, err := store.PublicKey(text)
		if err != nil {
			return nil, fmt.Errorf("--signed-by %s: %w", name, err)
		}
		w.Keys = append(w.Keys, key)
	}
	if o.state == "" {
		return w, nil
	}
	text, err := os.ReadFile(o.state)
	if os.IsNotExist(err) {
		return w, nil
	}
	if err == nil {
		w.Marks, err = parseMarks(text)
	}
	if err != nil {
		return nil, fmt.Errorf("--state %s: %w", o.state, err)
	}
	return w, nil
}

func parseMarks(text []byte) (map[string]store.Mark, error) {
	var held marksFile
	if len(text) == 0 {
		return nil, nil
	}
	err := json.Unmarshal(text, &held)
	return held.Marks, err
}

// raise writes down how far the histories go, where that is further than before.
func (o *witnessOptions) raise(ctx context.Context, chains map[string][]store.Entry) error {
	if o.state == "" {
		return nil
	}
	err := atomicfile.Update(ctx, o.state, 0o644, func(old []byte) ([]byte, error) {
		marks, err := parseMarks(old)
		if err != nil {
			return nil, err
		}
		text, err := json.MarshalIndent(marksFile{store.Raise(marks, chains)}, "", " ")
		return append(text, '\n'), err
	})
	if err != nil {
		return fmt.Errorf("--state: %w", err)
	}
	return nil
}

// chainsOf reads the histories of all datasets, as far as they can be read.
func chainsOf(ctx context.Context, s store.Store) (map[string][]store.Entry, error) {
	heads, err := s.Heads(ctx)
	if err != nil {
		return nil, err
	}
	out := map[string][]store.Entry{}
	for id := range heads {
		if out[id], _, err = s.Whole(ctx, id); err != nil {
			return nil, err
		}
	}
	return out, nil
}
