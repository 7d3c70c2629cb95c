package tiles

import (
	"context"
	"crypto/sha256"
	"runtime"
	"sync"
	"sync/atomic"
	"weak"

	"github.com/demarc-map/demarc/body"

	"github.com/maypok86/otter/v2"
)

// Store holds encoded tiles for any number of tilesets, up to a number of
// bytes, and up to another the tilesets that atlases made of their editions: those least likely to be asked for again are let go. Equal tiles, of
// one tileset or of many, share one Tile for as long as anyone holds it.
// It is safe for concurrent use.
type Store struct {
	tiles    *otter.Cache[storeKey, *Tile]
	bodies   sync.Map // [sha256.Size]byte → weak.Pointer[Tile]
	sets     atomic.Uint64
	atlases  atomic.Uint64
	editions editions

	coder *body.Coder
}

// Tile is an encoded vector tile, immutable and safe to share. Of several tiles
// with equal bytes Notes says what the first one left out.
type Tile struct {
	*body.Body
	Notes Notes
}

// Notes say what a tile leaves out.
type Notes struct {
	Dropped int // features left out by the size budget, the smallest first
	Small   int // polygons too small for the zoom, which the layer of held land shows with others
	Merged  int // polygons too small to be drawn on their own, whose area others stand for
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

// DefaultEditionBytes is how much of prepared editions a Store holds unless told
// otherwise.
const DefaultEditionBytes = 256 << 20

// NewStore returns an empty store that holds about maxBytes; 0 means DefaultStoreBytes.
func NewStore(maxBytes uint64) *Store {
	if maxBytes == 0 {
		maxBytes = DefaultStoreBytes
	}
	return &Store{coder: body.NewCoder(), editions: editions{limit: DefaultEditionBytes}, tiles: otter.Must(&otter.Options[storeKey, *Tile]{
		MaximumWeight: maxBytes,
		Weigher: func(_ storeKey, b *Tile) uint32 {
			if b == nil {
				return 64
			}
			return b.Weight()
		},
	})}
}

// HoldEditions bounds the prepared editions that are held, in bytes, about.
func (s *Store) HoldEditions(maxBytes int64) {
	s.editions.mu.Lock()
	defer s.editions.mu.Unlock()
	s.editions.limit = maxBytes
}

// TilesHeld is how many bytes of encoded tiles are held, of how many.
func (s *Store) TilesHeld() (held, limit int64) {
	return int64(s.tiles.WeightedSize()), int64(s.tiles.GetMaximum())
}

// EditionsHeld is how many bytes of prepared editions are held, of how many.
func (s *Store) EditionsHeld() (held, limit int64) { return s.editions.use() }

// renderer makes tiles: a tileset.
type renderer interface {
	render(ctx context.Context, at address) (*Tile, error)
}

// tile returns a tile of a tileset, which makes it when it is not held. However
// many ask at once, it is made once; who asks first may give up, and the others
// still get their tile.
func (s *Store) tile(ctx context.Context, key storeKey, maker renderer) (*Tile, error) {
	if b, ok := s.tiles.GetIfPresent(key); ok {
		return b, nil
	}
	return s.tiles.Get(ctx, key, otter.LoaderFunc[storeKey, *Tile](func(ctx context.Context, key storeKey) (*Tile, error) {
		return maker.render(context.WithoutCancel(ctx), key.tile)
	}))
}

// share returns the body of a tile that is alive already, or a new one.
func (s *Store) share(tile []byte, notes Notes) *Tile {
	fresh := &Tile{s.coder.Body(tile), notes}
	for {
		held, loaded := s.bodies.LoadOrStore(fresh.Sum(), weak.Make(fresh))
		if !loaded {
			runtime.AddCleanup(fresh, s.forget, bodyRef{fresh.Sum(), weak.Make(fresh)})
			return fresh
		}
		if b := held.(weak.Pointer[Tile]).Value(); b != nil {
			return b
		}
		s.bodies.CompareAndDelete(fresh.Sum(), held)
	}
}

// bodyRef is what is left to forget of a body that is gone.
type bodyRef struct {
	hash [sha256.Size]byte
	body weak.Pointer[Tile]
}

func (s *Store) forget(r bodyRef) { s.bodies.CompareAndDelete(r.hash, r.body) }
