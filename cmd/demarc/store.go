package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/demarc-map/demarc/data/store"

	"github.com/spf13/cobra"
)

// storeOptions are the flags of the commands that work with a store.
type storeOptions struct {
	store, dataset string
	sign           string // file
	proposal       store.Proposal
	asJSON         bool
}

// flags adds those that every such command has.
func (o *storeOptions) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.store, "store", "demarc-store", "folder of the store, or postgres://…")
	cmd.Flags().StringVar(&o.dataset, "dataset", "", "dataset (default: the only one in the store)")
	cmd.Flags().BoolVar(&o.asJSON, "json", false, "print JSON")
}

// proposing adds those of the commands that publish.
func (o *storeOptions) proposing(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.proposal.Author, "author", "", "who publishes, for everybody to read and for ever (default: nobody is named)")
	cmd.Flags().BoolVar(&o.proposal.Confirm, "confirm", false, "publish although a headline figure changes by more than 5 points or becomes none, the clock is odd or the store damaged")
	cmd.Flags().StringVar(&o.sign, "sign", "", "file with an Ed25519 private key (PEM), which signs the entry")
}

// noting adds the note of a publication.
func (o *storeOptions) noting(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.proposal.Note, "note", "", "why, in one line")
}

// proposed is what is said about a publication of this moment.
func (o *storeOptions) proposed() (store.Proposal, error) {
	p := o.proposal
	p.At = time.Now()
	if o.sign == "" {
		return p, nil
	}
	text, err := os.ReadFile(o.sign)
	if err == nil {
		p.Sign, err = store.PrivateKey(text)
	}
	if err != nil {
		return p, fmt.Errorf("--sign %s: %w", o.sign, err)
	}
	return p, nil
}

// with runs something on the store. Only who publishes may begin one.
func (o *storeOptions) with(ctx context.Context, begin bool, run func(store.Store) error) error {
	s, err := openStore(ctx, o.store, begin)
	if err != nil {
		return refuse(fmt.Errorf("store: %w", err))
	}
	return refuse(errors.Join(run(s), s.Close()))
}

// openStore opens the store in a folder or a database, and may begin it where
// there is none.
func openStore(ctx context.Context, where string, begin bool) (store.Store, error) {
	switch {
	case store.IsPostGIS(where) && begin:
		return store.CreatePostGIS(ctx, where)
	case store.IsPostGIS(where):
		return store.OpenPostGIS(ctx, where)
	case begin:
		return store.CreateDirectory(where)
	}
	return store.OpenDirectory(where)
}

// of returns the dataset that is meant.
func (o *storeOptions) of(ctx context.Context, s store.Store) (string, error) {
	if o.dataset != "" {
		return o.dataset, nil
	}
	heads, err := s.Heads(ctx)
	if err != nil {
		return "", err
	}
	if all := slices.Sorted(maps.Keys(heads)); len(all) != 1 {
		return "", fmt.Errorf("the store holds %d datasets; --dataset names one of: %s", len(all), strings.Join(all, ", "))
	}
	for id := range heads {
		o.dataset = id
	}
	return o.dataset, nil
}

// change proposes a change to the dataset that is meant.
func (o *storeOptions) change(ctx context.Context, run func(s store.Store, dataset string, p store.Proposal) error) error {
	p, err := o.proposed()
	if err != nil {
		return err
	}
	return o.with(ctx, false, func(s store.Store) error {
		id, err := o.of(ctx, s)
		if err != nil {
			return err
		}
		return run(s, id, p)
	})
}

// chain returns the history of the dataset that is meant, which is not empty, and
// what of it is damaged.
func (o *storeOptions) chain(ctx context.Context, s store.Store) ([]store.Entry, []store.Damage, error) {
	id, err := o.of(ctx, s)
	if err != nil {
		return nil, nil, err
	}
	chain, damage, err := s.Whole(ctx, id)
	if err == nil && len(chain) == 0 {
		err = errors.Join(fmt.Errorf("%s: %w", id, store.ErrUnknown), store.NewDamaged(damage))
	}
	return chain, damage, err
}
