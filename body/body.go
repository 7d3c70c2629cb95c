// Package body holds the bytes of an answer with their hash and their
// compressed forms, each made once, when it is first asked for.
//
// A Body is never changed and may be shared between goroutines; so may a Coder.
package body

import (
	"crypto/sha256"
	"encoding/hex"
)

// Body is an encoded tile, JSON answer or file, immutable; its bytes must not
// be changed. Its compressed forms are nil when it has fewer than 150 bytes:
// send Identity then.
type Body struct {
	identity           []byte
	hash               [sha256.Size]byte
	name               string // hash in hexadecimal
	coder              *Coder
	gzip, brotli, zstd form
}

// Body returns the body of some bytes, which the caller must not change any more.
func (c *Coder) Body(identity []byte) *Body {
	hash := sha256.Sum256(identity)
	return &Body{identity: identity, hash: hash, name: hex.EncodeToString(hash[:]), coder: c}
}

// Identity returns the bytes, uncompressed.
func (b *Body) Identity() []byte { return b.identity }

// Gzip returns the bytes compressed by gzip (RFC 1952), or nil.
func (b *Body) Gzip() []byte { return b.gzip.of(b.identity, &b.coder.gzip) }

// Brotli returns the bytes compressed by Brotli (RFC 7932), or nil.
func (b *Body) Brotli() []byte { return b.brotli.of(b.identity, &b.coder.brotli) }

// Zstd returns the bytes compressed by Zstandard (RFC 8878), or nil.
func (b *Body) Zstd() []byte { return b.zstd.of(b.identity, &b.coder.zstd) }

// Hash returns the SHA-256 of Identity in hexadecimal: the same for the same
// bytes wherever they were made. An ETag has to add the encoding to it.
func (b *Body) Hash() string { return b.name }

// Sum returns the SHA-256 of Identity.
func (b *Body) Sum() [sha256.Size]byte { return b.hash }

// Weight is about what the body costs in memory, in bytes, once every form was asked for.
func (b *Body) Weight() uint32 { return uint32(3*len(b.identity) + 512) }
