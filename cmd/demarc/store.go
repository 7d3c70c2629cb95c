package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os/user"
	"slices"
	"strings"
	"time"

	"github.com/demarc-map/demarc/data/store"

	"github.com/spf13/cobra"
)

// kept are the flags of the commands that work with a store.
type kept struct {
	store, dataset string
	proposal       store.Proposal
	asJSON         bool
}

// flags adds those that every such command has.
func (k *kept) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&k.store, "store", "demarc-store", "folder of the store, or postgres://…")
	cmd.Flags().StringVar(&k.dataset, "dataset", "", "dataset (default: the only one in the store)")
	cmd.Flags().BoolVar(&k.asJSON, "json", false, "print JSON")
}

// proposing adds those of the commands that publish.
func (k *kept) proposing(cmd *cobra.Command) {
	cmd.Flags().StringVar(&k.proposal.Author, "author", "", "who publishes (default: the user's name)")
	cmd.Flags().StringVar(&k.proposal.Note, "note", "", "why, in one line")
	cmd.Flags().BoolVar(&k.proposal.Confirm, "confirm", false, "publish although a headline figure changes by more than 5 points or becomes none")
}

// proposed is what is said about a publication of this moment.
func (k *kept) proposed() (store.Proposal, error) {
	p := k.proposal
	p.At = time.Now()
	if p.Author == "" {
		me, err := user.Current()
		if err != nil {
			return p, fmt.Errorf("who publishes? give --author: %w", err)
		}
		p.Author = me.Username
	}
	return p, nil
}

// with runs something on the store. Only who publishes may begin one.
func (k *kept) with(ctx context.Context, begin bool, run func(store.Store) error) error {
	s, err := openStore(ctx, k.store, begin)
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
func (k *kept) of(ctx context.Context, s store.Store) (string, error) {
	if k.dataset != "" {
		return k.dataset, nil
	}
	heads, err := s.Heads(ctx)
	if err != nil {
		return "", err
	}
	if all := slices.Sorted(maps.Keys(heads)); len(all) != 1 {
		return "", fmt.Errorf("the store holds %d datasets; --dataset names one of: %s", len(all), strings.Join(all, ", "))
	}
	for id := range heads {
		k.dataset = id
	}
	return k.dataset, nil
}

// chain returns the history of the dataset that is meant, which is not empty.
func (k *kept) chain(ctx context.Context, s store.Store) ([]store.Entry, error) {
	id, err := k.of(ctx, s)
	if err != nil {
		return nil, err
	}
	chain, err := s.History(ctx, id)
	if err == nil && len(chain) == 0 {
		err = fmt.Errorf("%s: %w", id, store.ErrUnknown)
	}
	return chain, err
}
