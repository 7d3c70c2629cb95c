package tiles

import (
	"context"
	"crypto/sha256"
	"runtime"
	"sync"
	"sync/atomic"
	"weak"

	"github.com/maypok86/otter/v2"
)

// Store holds encoded tiles for any number of tilesets, up to a number of
// bytes: those least likely to be asked for again are let go. Equal tiles, of
// one tileset or of many, share one Body for as long as anyone holds it.
// It is safe for concurrent use.
type Store struct {
	tiles  *otter.Cache[storeKey, *Body]
	bodies sync.Map // [sha256.Size]byte → weak.Pointer[Body]
	sets   atomic.Uint64

	compressor *compressor
}

// storeKey is a tile of one of the store's tilesets.
type storeKey struct {
	set  uint64
	tile address
}

// address is a tile: zoom, column from the west, row from the north.
type address struct{ z, x, y uint32 }

// DefaultStoreBytes is how much a Store holds unless told otherwise.
const DefaultStoreBytes = 256 << 20

// NewStore returns an empty store that holds about maxBytes; 0 means DefaultStoreBytes.
func NewStore(maxBytes uint64) *Store {
	if maxBytes == 0 {
		maxBytes = DefaultStoreBytes
	}
	return &Store{compressor: newCompressor(), tiles: otter.Must(&otter.Options[storeKey, *Body]{
		MaximumWeight: maxBytes,
		Weigher: func(_ storeKey, b *Body) uint32 {
			if b == nil {
				return 64
			}
			return b.weight()
		},
	})}
}

// tile returns a tile of a tileset, which makes it when it is not held. However
// many ask at once, it is made once; who asks first may give up, and the others
// still get their tile.
func (s *Store) tile(ctx context.Context, t *Tileset, at address) (*Body, error) {
	key := storeKey{t.set, at}
	if b, ok := s.tiles.GetIfPresent(key); ok {
		return b, nil
	}
	return s.tiles.Get(ctx, key, otter.LoaderFunc[storeKey, *Body](func(ctx context.Context, key storeKey) (*Body, error) {
		return t.render(context.WithoutCancel(ctx), key.tile)
	}))
}

// share returns the body of a tile that is alive already, or a new one.
func (s *Store) share(tile []byte, notes Notes) *Body {
	fresh := newBody(tile, notes, s.compressor)
	for {
		held, loaded := s.bodies.LoadOrStore(fresh.hash, weak.Make(fresh))
		if !loaded {
			runtime.AddCleanup(fresh, s.forget, bodyRef{fresh.hash, weak.Make(fresh)})
			return fresh
		}
		if b := held.(weak.Pointer[Body]).Value(); b != nil {
			return b
		}
		s.bodies.CompareAndDelete(fresh.hash, held)
	}
}

// bodyRef is what is left to forget of a body that is gone.
type bodyRef struct {
	hash [sha256.Size]byte
	body weak.Pointer[Body]
}

func (s *Store) forget(r bodyRef) { s.bodies.CompareAndDelete(r.hash, r.body) }

// Body returns a body of content that is no tile, such as a JSON answer, which
// shares the store's encoders but is not held by it. The caller must not change
// the content any more.
func (s *Store) Body(content []byte) *Body { return newBody(content, Notes{}, s.compressor) }
