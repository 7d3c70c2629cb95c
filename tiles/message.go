package tiles

import (
	"encoding/binary"
	"errors"
	"fmt"
)

var errTruncated = errors.New("the message ends too early")

// message reads the fields of a protobuf message.
type message struct{ rest []byte }

// field is one field of a message: number holds varints and fixed numbers,
// bytes what is length-delimited.
type field struct {
	id, wire byte
	number   uint64
	bytes    []byte
}

// next returns the next field; ok is false at the end of the message.
func (m *message) next() (f field, ok bool, err error) {
	if len(m.rest) == 0 {
		return f, false, nil
	}
	key, err := m.varint()
	if err != nil {
		return f, false, err
	}
	if key>>3 == 0 || key>>3 > 255 {
		return f, false, fmt.Errorf("field number %d", key>>3)
	}
	f.id, f.wire = byte(key>>3), byte(key&7)
	switch f.wire {
	case wireVarint:
		f.number, err = m.varint()
	case wireFixed64:
		if len(m.rest) < 8 {
			return f, false, errTruncated
		}
		f.number, m.rest = binary.LittleEndian.Uint64(m.rest), m.rest[8:]
	case wireFixed32:
		if len(m.rest) < 4 {
			return f, false, errTruncated
		}
		f.number, m.rest = uint64(binary.LittleEndian.Uint32(m.rest)), m.rest[4:]
	case wireBytes:
		var size uint64
		if size, err = m.varint(); err == nil && size > uint64(len(m.rest)) {
			err = errTruncated
		}
		if err == nil {
			f.bytes, m.rest = m.rest[:size], m.rest[size:]
		}
	default:
		err = fmt.Errorf("wire type %d", f.wire)
	}
	return f, err == nil, err
}

func (m *message) varint() (uint64, error) {
	v, n := binary.Uvarint(m.rest)
	if n <= 0 {
		return 0, errTruncated
	}
	m.rest = m.rest[n:]
	return v, nil
}

// numbers returns a packed list of varints.
func (f *field) numbers() (list []uint64, err error) {
	m := message{f.bytes}
	for len(m.rest) > 0 {
		v, err := m.varint()
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}
