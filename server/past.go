package server

import (
	"context"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"
	"github.com/demarc-map/demarc/tiles"

	"github.com/maypok86/otter/v2"
	"golang.org/x/sync/singleflight"
)

// past holds snapshots that were published once and are asked for now: those
// asked for last, bounded in bytes. It is safe for concurrent use.
type past struct {
	store    store.Store
	tiles    *tiles.Store
	gate     *gate // before reading one
	held     *otter.Cache[string, pastPlace]
	reading  singleflight.Group
	patience time.Duration // how long reading one may take
}

// pastPlace is a place and how much memory it takes, about.
type pastPlace struct {
	*place
	bytes uint32
}

func newPast(o Options, encoded *tiles.Store) (*past, error) {
	held, err := otter.New(&otter.Options[string, pastPlace]{
		MaximumWeight: uint64(o.PastBytes),
		Weigher:       func(_ string, p pastPlace) uint32 { return p.bytes },
	})
	if err != nil {
		return nil, err
	}
	return &past{store: o.Store, tiles: encoded, gate: newGate(max(1, o.Heavy/2), o.Queue), held: held, patience: time.Minute}, nil
}

// place returns the place of a snapshot. Many who ask at once share one
// reading, which goes on when one of them goes away.
func (p *past) place(ctx context.Context, snapshot string) (*place, error) {
	if held, ok := p.held.GetIfPresent(snapshot); ok {
		return held.place, nil
	}
	read := p.reading.DoChan(snapshot, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.Background(), p.patience)
		defer cancel()
		return p.read(ctx, snapshot)
	})
	select {
	case done := <-read:
		if done.Err != nil {
			return nil, done.Err
		}
		return done.Val.(*place), nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

func (p *past) read(ctx context.Context, name string) (*place, error) {
	leave, err := p.gate.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	text, err := p.store.Canonical(ctx, name)
	if err != nil {
		return nil, err
	}
	snapshot, err := data.ReadCanonical(ctx, name, text)
	if err != nil {
		return nil, err
	}
	atlas, err := tiles.NewAtlas(ctx, snapshot, tiles.Options{Store: p.tiles})
	if err != nil {
		return nil, err
	}
	made := &place{snapshot: snapshot, atlas: atlas}
	p.held.Set(name, pastPlace{made, uint32(min(1<<20+16*len(text), 1<<31))}) // the bytes name each coordinate once; places index and cut them
	return made, nil
}
