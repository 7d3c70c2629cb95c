package tiles

import (
	"crypto/sha256"
	"encoding/hex"
)

// Body is an encoded tile or another answer, immutable and safe to share; its bytes must not be
// changed. Compressed forms are made when they are first asked for, once, and
// are nil for a tile below 150 bytes: send Identity then.
type Body struct {
	identity           []byte
	hash               [sha256.Size]byte
	name               string // hash in hexadecimal
	notes              Notes
	compressor         *compressor
	gzip, brotli, zstd form
}

// Notes say what a tile leaves out.
type Notes struct {
	Dropped int // features left out by the size budget, the smallest first
	Merged  int // polygons too small to be drawn on their own, whose area others stand for
}

func newBody(tile []byte, notes Notes, c *compressor) *Body {
	hash := sha256.Sum256(tile)
	return &Body{identity: tile, hash: hash, name: hex.EncodeToString(hash[:]), notes: notes, compressor: c}
}

// Identity returns the tile, uncompressed.
func (b *Body) Identity() []byte { return b.identity }

// Gzip returns the tile compressed by gzip, or nil.
func (b *Body) Gzip() []byte { return b.gzip.of(b.identity, &b.compressor.gzip) }

// Brotli returns the tile compressed by Brotli, or nil.
func (b *Body) Brotli() []byte { return b.brotli.of(b.identity, &b.compressor.brotli) }

// Zstd returns the tile compressed by Zstandard, or nil.
func (b *Body) Zstd() []byte { return b.zstd.of(b.identity, &b.compressor.zstd) }

// Hash returns the SHA-256 of Identity in hexadecimal: the same for the same
// tile wherever it was made. An ETag has to add the encoding to it.
func (b *Body) Hash() string { return b.name }

// Sum returns the SHA-256 of Identity.
func (b *Body) Sum() [sha256.Size]byte { return b.hash }

// Notes returns what the tile leaves out. Of several tiles with equal bytes it
// tells what the first one left out.
func (b *Body) Notes() Notes { return b.notes }

// weight is about what the body costs in memory once every form was asked for.
func (b *Body) weight() uint32 { return uint32(3*len(b.identity) + 512) }
