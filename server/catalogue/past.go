package catalogue

import (
	"context"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"
	"github.com/demarc-map/demarc/internal/carry"
	"github.com/demarc-map/demarc/server/web"
	"github.com/demarc-map/demarc/tiles"

	"github.com/maypok86/otter/v2"
)

// Past holds snapshots that were published once and are asked for now: those
// asked for last, bounded in bytes. It is safe for concurrent use.
type Past struct {
	store    store.Store
	tiles    tiles.Options
	gate     *web.Gate // before reading one
	held     *otter.Cache[string, pastSnapshot]
	reading  carry.Flights[string, *Loaded]
	patience time.Duration // how long reading one may take
}

// pastSnapshot is one of them and how much memory it takes, about.
type pastSnapshot struct {
	*Loaded
	bytes uint32
}

// NewPast reads from a store, of which requests read at once as many as the gate
// lets them, and holds snapshots of so many bytes, about, with tiles by the options.
func NewPast(from store.Store, drawn tiles.Options, gate *web.Gate, maxBytes uint64) (*Past, error) {
	held, err := otter.New(&otter.Options[string, pastSnapshot]{
		MaximumWeight: maxBytes,
		Weigher:       func(_ string, p pastSnapshot) uint32 { return p.bytes },
	})
	if err != nil {
		return nil, err
	}
	drawn.Lazy = true
	return &Past{store: from, tiles: drawn, gate: gate, held: held, reading: carry.Flights[string, *Loaded]{GoOn: true}, patience: time.Minute}, nil
}

// Held is how many bytes are held, of how many.
func (p *Past) Held() (held, limit int64) {
	return int64(p.held.WeightedSize()), int64(p.held.GetMaximum())
}

// Snapshot returns a snapshot by its name. Many who ask at once share one
// reading, which goes on when they go away: they may ask again.
func (p *Past) Snapshot(ctx context.Context, snapshot string) (*Loaded, error) {
	if held, ok := p.held.GetIfPresent(snapshot); ok {
		return held.Loaded, nil
	}
	return p.reading.Do(ctx, snapshot, func(ctx context.Context) (*Loaded, error) {
		ctx, cancel := context.WithTimeout(ctx, p.patience)
		defer cancel()
		return p.read(ctx, snapshot)
	})
}

func (p *Past) read(ctx context.Context, name string) (*Loaded, error) {
	leave, err := p.gate.Enter(ctx)
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
	atlas, err := tiles.NewAtlas(ctx, snapshot, p.tiles)
	if err != nil {
		return nil, err
	}
	made := &Loaded{Snapshot: snapshot, Atlas: atlas}
	p.held.Set(name, pastSnapshot{made, uint32(min(1<<20+16*len(text), 1<<31))}) // the bytes name each coordinate once; an index and tiles are made of them
	return made, nil
}
