package pack

import (
	"encoding/binary"
	"math"
)

// Row is a block being written, value after value.
type Row struct {
	Bytes []byte
	Texts *Texts // that Known numbers
}

// Uint adds a whole number that is not negative.
func (r *Row) Uint(v uint64) { r.Bytes = binary.AppendUvarint(r.Bytes, v) }

// Int adds a whole number.
func (r *Row) Int(v int64) { r.Bytes = binary.AppendVarint(r.Bytes, v) }

// Float adds a number with all its bits.
func (r *Row) Float(v float64) {
	r.Bytes = binary.LittleEndian.AppendUint64(r.Bytes, math.Float64bits(v))
}

// Text adds a text.
func (r *Row) Text(s string) {
	r.Uint(uint64(len(s)))
	r.Bytes = append(r.Bytes, s...)
}

// Known adds a text that occurs often.
func (r *Row) Known(s string) { r.Uint(r.Texts.number(s)) }

// Reader reads the values of a block in the order in which they were written. After
// the first that is not there, all are zero, and Err is ErrDamaged.
type Reader struct {
	rest  []byte
	texts []string
	Err   error
}

// NewReader reads a block whose known texts are these.
func NewReader(block []byte, texts []string) *Reader { return &Reader{rest: block, texts: texts} }

func (r *Reader) fail() { r.rest, r.Err = nil, ErrDamaged }

// Uint reads what Row.Uint wrote.
func (r *Reader) Uint() uint64 {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

// Int reads what Row.Int wrote.
func (r *Reader) Int() int64 {
	v, n := binary.Varint(r.rest)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

// Float reads what Row.Float wrote.
func (r *Reader) Float() float64 {
	if len(r.rest) < 8 {
		r.fail()
		return 0
	}
	v := math.Float64frombits(binary.LittleEndian.Uint64(r.rest))
	r.rest = r.rest[8:]
	return v
}

// Count reads how many there are of something of which each takes so many bytes at least
// of what is left: what is made of them is bounded by the size of the file.
func (r *Reader) Count(bytes int) int {
	v := r.Uint()
	if v > uint64(len(r.rest)/bytes) {
		r.fail()
		return 0
	}
	return int(v)
}

// Text reads what Row.Text wrote.
func (r *Reader) Text() string {
	n := r.Count(1)
	s := string(r.rest[:n])
	r.rest = r.rest[n:]
	return s
}

// Known reads what Row.Known wrote.
func (r *Reader) Known() string {
	n := r.Uint()
	if n >= uint64(len(r.texts)) {
		r.fail()
		return ""
	}
	return r.texts[n]
}

// End returns ErrDamaged where a value was missing or anything is left.
func (r *Reader) End() error {
	if len(r.rest) > 0 {
		r.fail()
	}
	return r.Err
}
