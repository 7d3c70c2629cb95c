package pack

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"io"
)

// magic begins every file.
const magic = "demarc packed 1\n"

// ErrDamaged means that a file is not as it was written.
var ErrDamaged = errors.New("the packed file is damaged")

// ErrForeign means that a file is whole, and of something else than was asked for.
var ErrForeign = errors.New("the packed file is of something else")

// Writer writes a file of blocks. It keeps the first error, which End returns.
type Writer struct {
	out  *bufio.Writer
	hash hash.Hash
	err  error
}

// NewWriter begins a file with the name of what it is made of.
func NewWriter(w io.Writer, name string) *Writer {
	out := &Writer{hash: sha256.New()}
	out.out = bufio.NewWriterSize(io.MultiWriter(w, out.hash), 1<<20)
	out.write([]byte(magic))
	out.Block([]byte(name))
	return out
}

func (w *Writer) write(text []byte) {
	if w.err == nil {
		_, w.err = w.out.Write(text)
	}
}

// Block adds a block.
func (w *Writer) Block(text []byte) {
	w.write(binary.AppendUvarint(nil, uint64(len(text))))
	w.write(text)
}

// End ends the file with its hash, and returns the first error of all.
func (w *Writer) End() error {
	if w.err != nil {
		return w.err
	}
	if err := w.out.Flush(); err != nil {
		return err
	}
	sum := w.hash.Sum(nil)
	w.write(sum)
	if w.err != nil {
		return w.err
	}
	return w.out.Flush()
}

// File is what is left to read of a file of blocks.
type File struct{ rest []byte }

// Open checks that a file is whole and of what is asked for. Errors are ErrDamaged and
// ErrForeign.
func Open(text []byte, name string) (*File, error) {
	body := len(text) - sha256.Size
	if body < 0 {
		return nil, ErrDamaged
	}
	if sum := sha256.Sum256(text[:body]); !bytes.Equal(sum[:], text[body:]) {
		return nil, ErrDamaged
	}
	rest, ok := bytes.CutPrefix(text[:body], []byte(magic))
	if !ok {
		return nil, ErrForeign
	}
	f := &File{rest}
	if of, err := f.Block(); err != nil || string(of) != name {
		return nil, ErrForeign
	}
	return f, nil
}

// Block returns the next block, which is a part of the text that was opened.
func (f *File) Block() ([]byte, error) {
	size, n := binary.Uvarint(f.rest)
	if n <= 0 || size > uint64(len(f.rest)-n) {
		return nil, ErrDamaged
	}
	block := f.rest[n : n+int(size)]
	f.rest = f.rest[n+int(size):]
	return block, nil
}

// Blocks returns so many next blocks.
func (f *File) Blocks(count int) ([][]byte, error) {
	if count > len(f.rest) { // each takes a byte at least
		return nil, ErrDamaged
	}
	out := make([][]byte, count)
	for i := range out {
		var err error
		if out[i], err = f.Block(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// End returns ErrDamaged where anything is left.
func (f *File) End() error {
	if len(f.rest) > 0 {
		return ErrDamaged
	}
	return nil
}
