package body

import (
	"bytes"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const (
	// leastCompressed is the size below which a body is sent as it is.
	leastCompressed = 150

	gzipLevel   = 8         // 9 is four times slower for 0.04 % less
	brotliLevel = 6         // 11 is 50 times slower for 4 % less
	zstdWindow  = 512 << 10 // about the size budget of a tile
)

// Coder makes bodies and lends them their encoders, whose memory is a megabyte
// each. It is safe for concurrent use; make one with NewCoder.
type Coder struct{ gzip, brotli, zstd sync.Pool }

// encoder is what the three have in common.
type encoder interface {
	io.WriteCloser
	Reset(io.Writer)
}

// NewCoder returns a coder that holds no encoder yet.
func NewCoder() *Coder {
	c := &Coder{}
	// The options are constants and valid: were one not, the form would be nil.
	c.gzip.New = func() any {
		w, _ := gzip.NewWriterLevel(io.Discard, gzipLevel)
		return w
	}
	c.brotli.New = func() any { return brotli.NewWriterLevel(io.Discard, brotliLevel) }
	c.zstd.New = func() any {
		w, _ := zstd.NewWriter(io.Discard, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(zstdWindow))
		return w
	}
	return c
}

// form is a compressed form of a body, made once.
type form struct {
	once  sync.Once
	bytes []byte
}

// of returns the form of a body, made at the first call, or nil when the body
// is too small to gain from it.
func (f *form) of(identity []byte, encoders *sync.Pool) []byte {
	f.once.Do(func() {
		if len(identity) < leastCompressed {
			return
		}
		w := encoders.Get().(encoder)
		var out bytes.Buffer
		w.Reset(&out)
		if _, err := w.Write(identity); err != nil { // memory does not fail
			return
		}
		if err := w.Close(); err != nil {
			return
		}
		encoders.Put(w)
		f.bytes = bytes.Clone(out.Bytes())
	})
	return f.bytes
}
